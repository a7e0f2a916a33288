/**
 * What becomes of one call of an experiment: passed on, or hit by its fault.
 *
 * Invariant: a call that was begun is ended, whoever gives up first; a fault has fired only if the caller could not have
 * seen the answer that it would have had.
 */
import type { ClientRequest, IncomingMessage, ServerResponse } from 'node:http';
import type { FaultSettings, HttpFaultKind } from './faults.js';
import { passHead } from './forward.js';
import type { Call, Ledger } from './ledger.js';
import { refuse } from './refuse.js';

export class Handling {
  private timer: NodeJS.Timeout | undefined;
  private asked: ClientRequest | undefined;

  /** @param ask begins the request to the callee, body and all */
  constructor(
    private readonly call: Call,
    private readonly ledger: Ledger,
    private readonly response: ServerResponse,
    private readonly settings: FaultSettings,
    private readonly ask: () => ClientRequest,
  ) {
    response.on('close', () => this.end());
  }

  begin(): void {
    const { delayMs, hangMs, status } = this.settings;
    const give = (): void => this.pass((answer) => this.give(answer));
    const acts: Readonly<Record<HttpFaultKind, () => void>> = {
      status: () => {
        this.fire();
        refuse(this.response, status, 'an error injected by ldfi');
      },
      reset: () => this.reset(),
      hang: () => {
        this.fire();
        this.later(hangMs, () => this.reset());
      },
      delay: () => {
        this.fire();
        this.later(delayMs, give);
      },
      lost: () => this.pass((answer) => this.lose(answer)),
      cut: () => this.pass((answer) => this.cut(answer)),
    };
    (acts[this.call.fault as HttpFaultKind] ?? give)();
  }

  private fire(): void {
    this.call.fired = true;
  }

  private later(ms: number, act: () => void): void {
    let isDone = false;
    const once = (): void => {
      if (isDone) return;
      isDone = true;
      clearTimeout(this.timer);
      if (!this.response.destroyed) act();
    };
    this.timer = setTimeout(once, ms);
    // When the experiment is over, nothing is waited for any longer.
    this.ledger.whenOver(once);
  }

  private pass(then: (answer: IncomingMessage) => void): void {
    if (this.response.destroyed) return;
    this.asked = this.ask();
    this.asked.on('response', (answer) => {
      this.call.status = answer.statusCode ?? 0;
      answer.on('error', () => this.response.destroy());
      then(answer);
    });
    this.asked.on('error', () => refuse(this.response, 502, `${this.call.service} cannot be reached`));
  }

  private give(answer: IncomingMessage): void {
    passHead(answer, this.response);
    answer.pipe(this.response);
  }

  /** The callee has done all of its work by the time at which its answer ends. */
  private lose(answer: IncomingMessage): void {
    answer.resume();
    answer.on('end', () => this.reset());
  }

  private cut(answer: IncomingMessage): void {
    const length = Number(answer.headers['content-length'] ?? Number.NaN);
    if (length === 0 || this.call.method === 'HEAD' || [204, 304].includes(this.call.status)) {
      this.lose(answer);
      return;
    }
    passHead(answer, this.response);
    let left = Number.isNaN(length) ? 1 : Math.floor(length / 2);
    this.response.flushHeaders();
    answer.on('data', (piece: Buffer) => {
      if (left <= 0) return;
      const given = piece.subarray(0, left);
      left -= given.length;
      // What is given is on its way before the connection breaks.
      this.response.write(given, left > 0 ? () => undefined : () => this.reset());
    });
    answer.on('end', () => {
      if (left > 0) this.reset();
    });
  }

  /** Breaks the connection off. */
  private reset(): void {
    this.fire();
    this.response.destroy();
  }

  private end(): void {
    clearTimeout(this.timer);
    if (!this.response.writableFinished) {
      this.asked?.destroy();
      // The caller gave up before the fault came, which comes to the same.
      if (this.call.fault !== undefined) this.fire();
    }
    this.ledger.end(this.call);
  }
}
