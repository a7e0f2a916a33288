/**
 * A call over HTTP/2: a stream from the caller, and one to the callee. Messages pass one by one in both directions, and
 * so do the trailers in which gRPC says how a call went.
 */
import {
  type ClientHttp2Stream,
  constants,
  type IncomingHttpHeaders,
  type OutgoingHttpHeaders,
  type ServerHttp2Stream,
} from 'node:http2';
import type { Exchange } from '../http/handling.js';
import { grpcCodeOf, httpStatusOf } from './status.js';

/** The head of an answer. */
interface Answer {
  readonly head: IncomingHttpHeaders;
  /** Whether that is all of it. */
  readonly isWhole: boolean;
}

export const isGrpc = (headers: IncomingHttpHeaders): boolean =>
  String(headers['content-type'] ?? '').startsWith('application/grpc');

export class Http2Exchange implements Exchange {
  isAnswered = false;
  private asked: ClientHttp2Stream | undefined;
  private answer: Answer | undefined;

  /**
   * @param told the status of an answer that has it in its trailers
   * @param begin begins the request to the callee, body and all
   */
  constructor(
    private readonly stream: ServerHttp2Stream,
    private readonly headers: IncomingHttpHeaders,
    private readonly name: string,
    private readonly told: (status: number) => void,
    private readonly begin: () => ClientHttp2Stream,
  ) {}

  get isGone(): boolean {
    return this.stream.destroyed || this.stream.closed;
  }

  whenClosed(act: () => void): void {
    this.stream.on('close', act);
  }

  refuse(status: number, why: string): void {
    if (this.isGone || this.stream.headersSent) {
      this.reset();
      return;
    }
    this.isAnswered = true;
    const said = isGrpc(this.headers)
      ? {
          'content-type': 'application/grpc',
          'grpc-status': grpcCodeOf(status),
          'grpc-message': encodeURIComponent(why),
        }
      : { ':status': status };
    // What the caller still sends is of no interest.
    this.stream.resume();
    this.stream.respond(said, { endStream: true });
  }

  reset(): void {
    if (!this.isGone) this.stream.close(constants.NGHTTP2_INTERNAL_ERROR);
  }

  ask(then: (status: number) => void): void {
    const asked = this.begin();
    this.asked = asked;
    asked.on('response', (head, flags) => {
      this.answer = { head, isWhole: (flags & constants.NGHTTP2_FLAG_END_STREAM) !== 0 };
      then(statusIn(head));
    });
    asked.on('trailers', (trailers: IncomingHttpHeaders) => {
      if (trailers['grpc-status'] !== undefined) this.told(httpStatusOf(trailers['grpc-status']));
    });
    asked.on('error', () => this.refuse(502, `${this.name} cannot be reached`));
    // The callee has broken it off.
    asked.on('close', () => {
      if (asked.rstCode !== constants.NGHTTP2_NO_ERROR && !this.isGone) this.stream.close(asked.rstCode);
    });
  }

  give(): void {
    const { asked, stream } = this;
    if (!this.passHead() || !asked) return;
    asked.on('end', () => {
      this.isAnswered = true;
    });
    asked.pipe(stream);
  }

  swallow(then: () => void): void {
    this.asked?.resume();
    this.asked?.on('end', then);
  }

  givePart(then: () => void): void {
    const { asked, stream } = this;
    if (this.answer?.isWhole) {
      this.swallow(then);
      return;
    }
    if (!this.passHead() || !asked) return;
    let isGiven = false;
    asked.on('data', (piece: Buffer) => {
      if (isGiven || piece.length === 0) return;
      isGiven = true;
      // What is given is on its way before the stream breaks.
      stream.write(piece.subarray(0, Math.ceil(piece.length / 2)), then);
    });
    asked.on('end', () => {
      if (!isGiven) then();
    });
  }

  abandon(): void {
    if (this.asked && !this.asked.closed) this.asked.close(constants.NGHTTP2_CANCEL);
  }

  /** Passes the head of the answer on, and its trailers when there are some; whether there is more to come. */
  private passHead(): boolean {
    const { answer, asked, stream } = this;
    if (!answer || !asked || this.isGone) return false;
    const head = answer.head as OutgoingHttpHeaders;
    if (answer.isWhole) {
      this.isAnswered = true;
      stream.respond(head, { endStream: true });
      return false;
    }
    let trailers: OutgoingHttpHeaders = {};
    asked.on('trailers', (some: IncomingHttpHeaders) => {
      trailers = some as OutgoingHttpHeaders;
    });
    stream.on('wantTrailers', () => stream.sendTrailers(trailers));
    stream.respond(head, { waitForTrailers: true });
    return true;
  }
}

/** How a call went by the head of its answer: of gRPC the HTTP status says nothing. */
const statusIn = (head: IncomingHttpHeaders): number =>
  head['grpc-status'] === undefined ? Number(head[':status'] ?? 0) : httpStatusOf(head['grpc-status']);
