/**
 * What becomes of one call of an experiment: passed on, or hit by its fault.
 *
 * Invariant: a call that was begun is ended, whoever gives up first; a fault has fired only if the caller could not have
 * seen the answer that it would have had.
 */
import type { FaultSettings, HttpFaultKind } from './faults.js';
import type { Call, Ledger } from './ledger.js';

/** A call as its protocol has it. */
export interface Exchange {
  /** Whether the caller is gone. */
  readonly isGone: boolean;
  /** Whether the caller has been given a whole answer. */
  readonly isAnswered: boolean;
  /** Called once, when the caller is gone or has its answer. */
  whenClosed(act: () => void): void;
  /** Answers with an error, an HTTP status. */
  refuse(status: number, why: string): void;
  /** Breaks the connection of this one call off. */
  reset(): void;
  /** Asks the callee. @param then when its answer begins; by its HTTP status */
  ask(then: (status: number) => void): void;
  /** Passes the answer on. */
  give(): void;
  /** Waits for the end of the answer, which nobody gets. */
  swallow(then: () => void): void;
  /** Passes a part of the answer on. @param then when that is on its way, and the rest is not */
  givePart(then: () => void): void;
  /** The callee is not waited for any longer. */
  abandon(): void;
}

export class Handling {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly call: Call,
    private readonly ledger: Ledger,
    private readonly exchange: Exchange,
    private readonly settings: FaultSettings,
  ) {
    exchange.whenClosed(() => this.end());
  }

  begin(): void {
    const { exchange } = this;
    const { delayMs, hangMs, status } = this.settings;
    const give = (): void => this.ask(() => exchange.give());
    const acts: Readonly<Record<HttpFaultKind, () => void>> = {
      status: () => {
        this.fire();
        exchange.refuse(status, 'an error injected by ldfi');
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
      // The callee has done all of its work by the time at which its answer ends.
      lost: () => this.ask(() => exchange.swallow(() => this.reset())),
      cut: () => this.ask(() => exchange.givePart(() => this.reset())),
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
      if (!this.exchange.isGone) act();
    };
    this.timer = setTimeout(once, ms);
    // When the experiment is over, nothing is waited for any longer.
    this.ledger.whenOver(once);
  }

  private ask(then: () => void): void {
    if (this.exchange.isGone) return;
    this.exchange.ask((status) => {
      this.call.status = status;
      then();
    });
  }

  private reset(): void {
    this.fire();
    this.exchange.reset();
  }

  private end(): void {
    clearTimeout(this.timer);
    if (!this.exchange.isAnswered) {
      this.exchange.abandon();
      // The caller gave up before the fault came, which comes to the same.
      if (this.call.fault !== undefined) this.fire();
    }
    this.ledger.end(this.call);
  }
}
