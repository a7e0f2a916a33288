/**
 * One life of a node: from its start, or from a restart, to a crash or the end. All that its program has begun belongs
 * to it: timers, requests that wait for an answer, and who is to hear of messages.
 *
 * Invariant: code of a program runs only within `task`, and when that is over no promise of it can go on. So nothing of
 * a life that has ended ever runs again: all that could wake it is here.
 */
import { LdfiError, type LdfiErrorCode } from '../../core/invariant.js';
import { NotPlain, type Snapshot, snapshot } from '../data/plain.js';
import { failureOf, isA } from '../runtime/call.js';
import { type Asked, NOTHING_ASKED, type Recorded } from '../runtime/recorded.js';
import { Chance } from './chance.js';
import { drain } from './drain.js';
import type { Parcel } from './parcel.js';
import { enter } from './running.js';
import { Timers } from './timers.js';
import type { Incoming } from './types.js';

/** Most tasks of one node in one tick, and most effects of one life. */
const MOST = { tasks: 10_000, effects: 100_000 };

/** What survives a restart, beside what the outside has been told. */
export type Stored = Map<string, Snapshot>;

/** A request that waits for its answer. */
export interface Waiting {
  readonly to: string;
  settle(parcel: Parcel): void;
}

export class Life {
  readonly timers = new Timers();
  readonly chance: Chance;
  /** What the program wants done with messages. */
  receive: ((message: Incoming) => unknown) | undefined;
  /** What the program answers to HTTP requests. */
  serve: ((request: Request) => Response | Promise<Response>) | undefined;
  /** `fetch`, as the program has it. */
  fetch: typeof fetch | undefined;
  show: (() => unknown) | undefined;
  readonly waiting = new Map<number, Waiting>();
  /** How many requests it has sent. */
  requests = 0;
  /** What was sent, logged and recorded, until whoever drives the node takes it away. */
  readonly sent: Parcel[] = [];
  readonly logged: Snapshot[] = [];
  readonly recorded: Recorded[] = [];
  /** What the program threw, in a line; from then on the node does nothing. */
  failure: string | undefined;
  /** Whether the program may only look. */
  looks = false;
  /** The task under way, in words. */
  call = '';
  private refused: LdfiError | undefined;
  private tasks = 0;
  private effects = 0;

  /** @param asked which operations are open */
  constructor(
    readonly id: string,
    seed: number,
    readonly disk: Stored,
    public asked: Asked = NOTHING_ASKED,
  ) {
    this.chance = new Chance(seed, id);
  }

  /** A new tick: the node may do something again. */
  beginTick(): void {
    this.tasks = 0;
  }

  /**
   * Runs a part of the program, and all that goes on at once after it.
   * @param call in words
   * @throws LdfiError for what a program must not do
   */
  task(call: string, work: () => unknown): void {
    if (this.failure !== undefined) return;
    this.one(call, work);
    for (let soon = this.timers.takeSoon(); soon.length > 0; soon = this.timers.takeSoon())
      for (const timer of soon) if (timer.due !== undefined) this.one(call, () => timer.fire());
  }

  /** Fires timers up to a time, one after the other; the clock goes along. */
  fire(until: number, tick: number): void {
    for (let timer = this.timers.first(until); timer; timer = this.timers.first(until)) {
      if (this.failure !== undefined) return;
      const due = timer;
      this.timers.now = Math.max(this.timers.now, due.due ?? 0);
      this.task(`a timer of ${this.id} at tick ${tick}`, () => due.fire());
    }
  }

  hasDue(until: number): boolean {
    return this.failure === undefined && this.timers.first(until) !== undefined;
  }

  /** What the program does to the world outside. @throws LdfiError where it may not */
  effect(what: string): void {
    if (enter.current !== this)
      this.refuse(
        'hidden-state',
        `${what} of ${this.id} was used while it is not its turn: a variable of the module hands it on. Nodes share nothing but messages`,
      );
    if (this.looks) this.refuse('bad-protocol', `${what} was used in what node.show was given, which may only look`);
    if (++this.effects > MOST.effects)
      this.refuse(
        'runaway-handler',
        `more than ${MOST.effects} messages, facts and writes of one node: does it loop for ever?`,
      );
  }

  refuse(code: LdfiErrorCode, problem: string): never {
    const life = enter.current instanceof Life ? enter.current : this;
    life.refused ??= new LdfiError(code, `${life.call}: ${problem}`);
    throw life.refused;
  }

  /** @param what it is, in words */
  plain(value: unknown, what: string): Snapshot {
    try {
      return snapshot(value);
    } catch (error) {
      if (!(error instanceof NotPlain)) throw error;
      return this.refuse('not-plain', `${what}${error.path === '' ? '' : `, at ${error.path},`} ${error.problem}`);
    }
  }

  /** What `look` gives, which may only look. */
  looking<T>(call: string, look: () => T): T | undefined {
    let seen: T | undefined;
    this.looks = true;
    this.one(call, () => {
      seen = look();
    });
    this.looks = false;
    return seen;
  }

  /** The program has thrown, or a promise of it has rejected with nobody to catch it. */
  fail(error: unknown): void {
    this.failure ??= failureOf(this.call.replace(/ (?:of|at|from) .*/, ''), error);
    if (isA(error, LdfiError)) this.refused ??= error;
  }

  private one(call: string, work: () => unknown): void {
    this.call = call;
    if (++this.tasks > MOST.tasks)
      throw new LdfiError(
        'runaway-handler',
        `${call}: more than ${MOST.tasks} timers in one tick: does it loop for ever?`,
      );
    enter.call(this, () => {
      try {
        work();
      } catch (error) {
        this.fail(error);
      }
      drain((error) => this.fail(error));
    });
    if (this.refused) throw this.refused;
  }
}
