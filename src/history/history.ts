/**
 * Histories: what clients asked for and what they were told, with ticks.
 *
 * ```ts
 * const history: History = [
 *   { client: 'a', op: { kind: 'write', value: 1 }, invoked: 1, completed: 3, result: null },
 *   { client: 'b', op: { kind: 'read' }, invoked: 2 }, // pending: it may take effect, or not
 * ];
 * ```
 * The notion is that of Herlihy and Wing, 'Linearizability: a correctness condition for concurrent objects', 1990, with
 * intervals of ticks for pairs of events.
 */

import { LdfiError } from '../core/invariant.js';
import { compareValues, type Value } from '../core/value.js';
import { plainKey, said } from './text.js';

/** One operation of a client. Without `completed` it is pending: nobody knows whether it has taken effect. */
export interface Operation<O = unknown, R = unknown> {
  readonly client: string;
  /** What was asked for, in the words of a model: `{ kind: 'write', value: 1 }`. */
  readonly op: O;
  /** What the client was told; of a pending operation it says nothing. */
  readonly result?: R | undefined;
  /** Tick at which the client asked. */
  readonly invoked: number;
  /** Tick at which it was told, not before `invoked`; absent if it never was. */
  readonly completed?: number | undefined;
  /**
   * Where its invocation, and its completion, stand among all that its client saw, if that is known: 0, 1, 2 … It
   * tells what came first at one tick.
   */
  readonly turns?: readonly number[] | undefined;
}

/** Operations in any order, but those that a client invokes at the same tick in the order in which it does. */
export type History<O = unknown, R = unknown> = readonly Operation<O, R>[];

/** Limits of a question about a history. */
export interface HistoryLimits {
  /** Most operations of a history; 1,000 unless said otherwise. */
  readonly operations?: number;
  /** Most steps that are tried before the question is given up; 1,000,000 unless said otherwise. */
  readonly steps?: number;
}

/** What becomes of a question: an answer is plain data. */
export type HistoryAnswer<O = unknown, R = unknown> =
  | { readonly kind: 'holds' }
  | {
      readonly kind: 'violated';
      /** Operations that contradict each other: without what any one of them says the part would have an order. */
      readonly part: History<O, R>;
      /** Operations that explain the others' results, whenever they took effect and whatever they answered. */
      readonly around: History<O, R>;
      /** The same in a sentence. */
      readonly sentence: string;
    };

/** Counts steps. */
export class Steps {
  private left: number;
  constructor(
    private readonly question: string,
    private readonly most: number,
  ) {
    this.left = most;
  }

  /** @throws LdfiError 'limit-history' when there were too many */
  take(): void {
    if (this.left-- > 0) return;
    throw new LdfiError(
      'limit-history',
      `${this.question}: no answer after ${this.most} steps. Record fewer operations that overlap, give the model a key, or raise the limit 'steps'`,
    );
  }
}

/**
 * A history by tick of invocation.
 * @throws LdfiError 'bad-history' when it is none, 'limit-history' when it is too long
 */
export function checkedHistory<O, R>(question: string, history: History<O, R>, most = 1_000): Operation<O, R>[] {
  if (!Array.isArray(history)) throw wrong(question, 'a history is a list of operations');
  if (history.length > most)
    throw new LdfiError('limit-history', `${question}: ${history.length} operations are more than ${most}`);
  history.forEach((operation: unknown, i) => {
    const mistake = mistakeIn(operation);
    if (mistake !== undefined) throw wrong(question, `operation ${i + 1} of the history: ${mistake}`);
  });
  return [...history].sort((a, b) => a.invoked - b.invoked);
}

const wrong = (question: string, message: string): LdfiError => new LdfiError('bad-history', `${question}: ${message}`);

function mistakeIn(operation: unknown): string | undefined {
  if (typeof operation !== 'object' || operation === null) return 'it is no object';
  const { client, invoked, completed, turns } = operation as Partial<Operation>;
  if (typeof client !== 'string') return "'client' is no string";
  if (!Number.isSafeInteger(invoked)) return "'invoked' is no tick (a whole number)";
  if (turns !== undefined && !(Array.isArray(turns) && turns.every(Number.isSafeInteger)))
    return "'turns' is no list of whole numbers";
  if (completed === undefined) return undefined;
  if (!Number.isSafeInteger(completed)) return "'completed' is no tick (a whole number); leave it out if it is pending";
  return completed < (invoked as number) ? "'completed' is before 'invoked'" : undefined;
}

/** The same operation, of which the client was never told. */
export const forgotten = <O, R>({ client, op, invoked, turns }: Operation<O, R>): Operation<O, R> => ({
  ...{ client, op, invoked },
  ...(turns && { turns: turns.slice(0, 1) }),
});

export const isPending = ({ completed }: Operation): boolean => completed === undefined;

/**
 * Whether `a` ended before `b` began. What different clients do at one tick overlaps, for no message can have gone
 * between them; one client does one thing after the other, unless `turns` tell otherwise. `b` comes after `a` in the
 * checked history.
 */
export const precedes = (a: Operation, b: Operation): boolean => {
  if (a.completed === undefined) return false;
  if (a.client !== b.client || a.completed < b.invoked) return a.completed < b.invoked;
  const [told, asked] = [a.turns?.[1], b.turns?.[0]];
  return told === undefined || asked === undefined ? a.completed === b.invoked : told < asked;
};

/** `a: write(1) at 1–3` */
export function operationInWords({ client, op, result, invoked, completed }: Operation): string {
  const told = completed === undefined || result === undefined || result === null ? '' : ` → ${said(result)}`;
  const when =
    completed === undefined
      ? `from ${invoked}`
      : completed === invoked
        ? `at ${invoked}`
        : `at ${invoked}–${completed}`;
  return `${client}: ${opInWords(op)}${told} ${when}`;
}

/** `write(1)` */
export function opInWords(op: unknown): string {
  if (typeof op !== 'object' || op === null || !('kind' in op) || typeof op.kind !== 'string') return said(op);
  const values = Object.entries(op).filter(([name]) => name !== 'kind');
  return `${op.kind}(${values.map(([, value]) => said(value)).join(', ')})`;
}

/** Groups by a key, in order of the keys. */
export function grouped<T>(items: readonly T[], keyOf: (item: T) => unknown): [string, T[]][] {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = plainKey(keyOf(item));
    const known = groups.get(key);
    if (known) known.push(item);
    else groups.set(key, [item]);
  }
  return [...groups].sort(([a], [b]) => compareValues(a as Value, b as Value));
}
