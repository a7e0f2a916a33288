/**
 * `monotonicReads` and `readYourWrites`: what a client may rely on within its own session.
 *
 * Terry et al., 'Session guarantees for weakly consistent replicated data', 1994; Viotti and Vukolić, 'Consistency in
 * non-transactional distributed storage systems', 2016. Both speak of one order of all writes to a key. A history does
 * not show it; so the question is whether there is one that keeps the order in time of writes that do not overlap, and
 * in which each read saw a write of its value.
 */

import { LdfiError } from '../core/invariant.js';
import {
  checkedHistory,
  grouped,
  type History,
  type HistoryAnswer,
  type HistoryLimits,
  isPending,
  type Operation,
  precedes,
  Steps,
} from './history.js';
import { contradiction } from './part.js';
import { plainKey, said } from './text.js';

/** What an operation does to a key. */
export interface Access {
  readonly kind: 'read' | 'write';
  /** Absent where there is only one. */
  readonly key?: unknown;
  /** What is written. */
  readonly value?: unknown;
}

export interface SessionOptions<O> extends HistoryLimits {
  /** What a key holds before anything is written; null unless said otherwise. */
  readonly initial?: unknown;
  /** Reads operations that are none of read, write, get and put. */
  readonly access?: (op: O) => Access;
}

/**
 * Whether no client reads an older value after a newer one of the same key.
 * @throws LdfiError as `linearizable` does
 */
export const monotonicReads = <O, R>(history: History<O, R>, options: SessionOptions<O> = {}): HistoryAnswer<O, R> =>
  session('monotonicReads', 'a client reads what is older than what it has read', 'read', history, options);

/**
 * Whether no client reads a value older than what it has itself written (and been told that it has) to the same key.
 * @throws LdfiError as `linearizable` does
 */
export const readYourWrites = <O, R>(history: History<O, R>, options: SessionOptions<O> = {}): HistoryAnswer<O, R> =>
  session('readYourWrites', 'a client reads what is older than what it has written', 'write', history, options);

function session<O, R>(
  question: string,
  promise: string,
  earlier: Access['kind'],
  history: History<O, R>,
  { initial = null, access = commonAccess, ...limits }: SessionOptions<O>,
): HistoryAnswer<O, R> {
  const all = checkedHistory(question, history, limits.operations);
  const steps = new Steps(question, limits.steps ?? 1_000_000);
  for (const [, operations] of grouped(all, ({ op }) => access(op).key)) {
    const isOrdered = (some: History<O, R>) => new Versions(some, access, initial, earlier, steps).exist();
    if (!isOrdered(operations)) return contradiction(operations, isOrdered, promise);
  }
  return { kind: 'holds' };
}

function commonAccess(op: unknown): Access {
  const { kind, ...rest } = (op ?? {}) as Record<string, unknown>;
  if (kind === 'read' || kind === 'get') return { kind: 'read', key: rest.key };
  if (kind === 'write' || kind === 'put') return { kind: 'write', key: rest.key, value: rest.value };
  throw new LdfiError('bad-history', `${said(op)} is none of read, write, get and put: say with 'access' what it does`);
}

/** Whether there is an order of the writes to one key: writes are 1, 2, 3 …; 0 is what was there before. */
class Versions {
  private readonly values: string[];
  private readonly writes: Operation[] = [];
  private readonly reads: { readonly operation: Operation; readonly earlier: Operation[] }[] = [];
  /** By write, those that must come after it. */
  private readonly after: Set<number>[];

  constructor(
    operations: History,
    access: (op: never) => Access,
    initial: unknown,
    earlier: Access['kind'],
    private readonly steps: Steps,
  ) {
    const of = ({ op }: Operation): Access => access(op as never);
    this.values = [plainKey(initial)];
    operations.forEach((operation, i) => {
      if (of(operation).kind === 'write') {
        this.writes.push(operation);
        this.values.push(plainKey(of(operation).value));
      } else if (!isPending(operation)) {
        const isOfSession = (it: Operation): boolean =>
          of(it).kind === earlier && it.client === operation.client && precedes(it, operation);
        this.reads.push({ operation, earlier: operations.slice(0, i).filter(isOfSession) });
      }
    });
    this.after = this.values.map(() => new Set());
    this.writes.forEach((later, i) => {
      this.after[0]?.add(i + 1);
      this.writes.slice(0, i).forEach((sooner, j) => {
        if (precedes(sooner, later)) this.after[j + 1]?.add(i + 1);
      });
    });
  }

  exist(): boolean {
    return this.choose(0, new Map());
  }

  /** Chooses what each read from the `i`th on saw; `chosen`: what the operations before it are about. */
  private choose(i: number, chosen: Map<Operation, number>): boolean {
    const read = this.reads[i];
    if (!read) return true;
    const { operation, earlier } = read;
    const value = plainKey(operation.result);
    for (let version = 0; version < this.values.length; version++) {
      this.steps.take();
      const write = this.writes[version - 1];
      if (this.values[version] !== value || (write && write.invoked > (operation.completed as number))) continue;
      const added: [number, number][] = [];
      const fits = earlier.every((it) => this.place(chosen.get(it) ?? this.writes.indexOf(it) + 1, version, added));
      if (fits && this.choose(i + 1, new Map(chosen).set(operation, version))) return true;
      for (const [a, b] of added) this.after[a]?.delete(b);
    }
    return false;
  }

  /** Puts one write before another, if it is not behind it. */
  private place(a: number, b: number, added: [number, number][]): boolean {
    if (a === b) return true;
    if (this.leads(b, a)) return false;
    if (!this.after[a]?.has(b)) added.push([a, b]);
    this.after[a]?.add(b);
    return true;
  }

  private leads(from: number, to: number): boolean {
    const reached = new Set([from]);
    for (const at of reached) for (const next of this.after[at] ?? []) reached.add(next);
    return reached.has(to);
  }
}
