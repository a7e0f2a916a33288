/**
 * A call over HTTP/1.1: a request, and the response to it.
 */
import type { ClientRequest, IncomingMessage, ServerResponse } from 'node:http';
import { passHead } from './forward.js';
import type { Exchange } from './handling.js';
import { refuse } from './refuse.js';

export class Http1Exchange implements Exchange {
  private asked: ClientRequest | undefined;
  private answer: IncomingMessage | undefined;

  /**
   * @param method of the request
   * @param name of the callee
   * @param begin begins the request to it, body and all
   */
  constructor(
    private readonly method: string,
    private readonly name: string,
    private readonly response: ServerResponse,
    private readonly begin: () => ClientRequest,
  ) {}

  get isGone(): boolean {
    return this.response.destroyed;
  }

  get isAnswered(): boolean {
    return this.response.writableFinished;
  }

  whenClosed(act: () => void): void {
    this.response.on('close', act);
  }

  refuse(status: number, why: string): void {
    refuse(this.response, status, why);
  }

  reset(): void {
    this.response.destroy();
  }

  ask(then: (status: number) => void): void {
    this.asked = this.begin();
    this.asked.on('response', (answer) => {
      this.answer = answer;
      answer.on('error', () => this.response.destroy());
      then(answer.statusCode ?? 0);
    });
    this.asked.on('error', () => refuse(this.response, 502, `${this.name} cannot be reached`));
  }

  give(): void {
    if (!this.answer) return;
    passHead(this.answer, this.response);
    this.answer.pipe(this.response);
  }

  swallow(then: () => void): void {
    this.answer?.resume();
    this.answer?.on('end', then);
  }

  givePart(then: () => void): void {
    const { answer, response } = this;
    if (!answer) return;
    const length = Number(answer.headers['content-length'] ?? Number.NaN);
    if (length === 0 || this.method === 'HEAD' || [204, 304].includes(answer.statusCode ?? 0)) {
      this.swallow(then);
      return;
    }
    passHead(answer, response);
    let left = Number.isNaN(length) ? 1 : Math.floor(length / 2);
    response.flushHeaders();
    answer.on('data', (piece: Buffer) => {
      if (left <= 0) return;
      const given = piece.subarray(0, left);
      left -= given.length;
      // What is given is on its way before the connection breaks.
      response.write(given, left > 0 ? () => undefined : then);
    });
    answer.on('end', () => {
      if (left > 0) then();
    });
  }

  abandon(): void {
    this.asked?.destroy();
  }
}
