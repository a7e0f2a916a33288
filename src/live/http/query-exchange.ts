/**
 * A query of a service that runs `ldfi/preload`, as a call: the service asks before it makes the query, and again
 * before it gives the answer to who wants it.
 */
import type { Socket } from 'node:net';
import type { Act, Instruction } from '../preload/question.js';
import type { Exchange } from './handling.js';

export class QueryExchange implements Exchange {
  isAnswered = false;
  private closed: () => void = () => undefined;
  private reported: ((status: number) => void) | undefined;

  constructor(private readonly socket: Socket) {
    socket.on('close', () => this.closed());
  }

  get isGone(): boolean {
    return this.socket.destroyed || this.socket.writableEnded;
  }

  whenClosed(act: () => void): void {
    // Once, and before the service hears of it: the next query of the same kind is not made at the same time.
    this.closed = () => {
      this.closed = () => undefined;
      act();
    };
  }

  refuse(): void {
    this.isAnswered = true;
    this.dismiss('refuse');
  }

  reset(): void {
    this.dismiss('reset');
  }

  ask(then: (status: number) => void): void {
    this.reported = then;
    this.say('go');
  }

  /** The service says how it went. @param status like that of HTTP */
  report(status: number): void {
    const { reported } = this;
    this.reported = undefined;
    reported?.(status);
  }

  give(): void {
    this.isAnswered = true;
    this.dismiss('give');
  }

  swallow(then: () => void): void {
    then();
  }

  givePart(then: () => void): void {
    then();
  }

  /** A query that was begun is not taken back. */
  abandon(): void {}

  private dismiss(act: Act): void {
    this.closed();
    this.say(act);
    this.socket.end();
  }

  private say(act: Act): void {
    const instruction: Instruction = { act };
    if (!this.isGone) this.socket.write(`${JSON.stringify(instruction)}\n`);
  }
}
