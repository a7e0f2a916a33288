/**
 * Models: what an object does when its operations come one after the other.
 *
 * ```ts
 * const maximum: Model<number, { kind: 'raise'; to: number } | { kind: 'read' }> = {
 *   name: 'maximum',
 *   initial: 0,
 *   step: (state, op) =>
 *     op.kind === 'raise' ? { state: Math.max(state, op.to) } : { state, result: state },
 * };
 * ```
 */
import { LdfiError } from '../core/invariant.js';
import { isSame, plainKey, said } from './text.js';

/** What an operation does: the next state, and what the client is told; without `result` any answer is right. */
export interface ModelStep<S> {
  readonly state: S;
  readonly result?: unknown;
}

export interface Model<S = unknown, O = unknown> {
  /** For sentences: 'no order of these operations is that of a <name>'. */
  readonly name: string;
  /** Plain data. */
  readonly initial: S;
  /** Pure: `state` is not changed. */
  step(state: S, op: O): ModelStep<S>;
  /**
   * Part of the object that an operation is about, if operations on different parts never touch: each part is then
   * looked at alone (Horn and Kroening, 'Faster linearizability checking via P-compositionality', 2015).
   */
  key?(op: O): unknown;
}

type Read = { readonly kind: 'read' };
type Write = { readonly kind: 'write'; readonly value: unknown };
type Cas = { readonly kind: 'cas'; readonly from: unknown; readonly to: unknown };
type Count = Read | { readonly kind: 'add'; readonly by: number };
type OfSet = Read | { readonly kind: 'add' | 'remove' | 'has'; readonly value: unknown };
type OfQueue = { readonly kind: 'enqueue'; readonly value: unknown } | { readonly kind: 'dequeue' };
type Keyed =
  | { readonly kind: 'get' | 'delete'; readonly key: unknown }
  | { readonly kind: 'put'; readonly key: unknown; readonly value: unknown }
  | { readonly kind: 'cas'; readonly key: unknown; readonly from: unknown; readonly to: unknown };

function unknown(model: string, op: unknown, kinds: string): never {
  throw new LdfiError('bad-history', `${said(op)} is no operation of a ${model}; its kinds are ${kinds}`);
}

/** One cell: `read` gives the value, `write` and, if it is `from`, `cas` replace it; `cas` says whether it did. */
function cell(state: unknown, op: Read | Write | Cas): ModelStep<unknown> | undefined {
  if (op?.kind === 'read') return { state, result: state };
  if (op?.kind === 'write') return { state: op.value };
  if (op?.kind !== 'cas') return undefined;
  const did = isSame(state, op.from);
  return { state: did ? op.to : state, result: did };
}

const isCas = (op: { readonly kind: string } | undefined): op is Cas => op?.kind === 'cas';

/** `{ kind: 'read' }` gives the value, `{ kind: 'write', value }` replaces it. */
export const register = (initial: unknown = null): Model<unknown, Read | Write> => ({
  name: 'register',
  initial,
  step: (state, op) => (isCas(op) ? undefined : cell(state, op)) ?? unknown('register', op, 'read, write'),
});

/** As a register, and `{ kind: 'cas', from, to }` says whether it has replaced `from` by `to`. */
export const casRegister = (initial: unknown = null): Model<unknown, Read | Write | Cas> => ({
  name: 'compare-and-set register',
  initial,
  step: (state, op) => cell(state, op) ?? unknown('compare-and-set register', op, 'read, write, cas'),
});

/** `{ kind: 'add', by }` and `{ kind: 'read' }`, which gives the sum. */
export const counter = (initial = 0): Model<number, Count> => ({
  name: 'counter',
  initial,
  step(state, op) {
    if (op?.kind === 'read') return { state, result: state };
    return op?.kind === 'add' ? { state: state + op.by } : unknown('counter', op, 'read, add');
  },
});

/** `add` and `remove` a value; `has` says whether it is there; `read` gives all, as a list in any order or a Set. */
export const set = (): Model<readonly string[], OfSet> => ({
  name: 'set',
  initial: [],
  step(state, op) {
    if (op?.kind === 'read') return { state, result: new Members(state) };
    if (op?.kind === 'has') return { state, result: state.includes(plainKey(op.value)) };
    if (op?.kind !== 'add' && op?.kind !== 'remove') return unknown('set', op, 'read, has, add, remove');
    const key = plainKey(op.value);
    const others = state.filter((member) => member !== key);
    return { state: op.kind === 'remove' ? others : [...others, key].sort() };
  },
});

/** A result that stands for any list of these members. */
class Members {
  constructor(private readonly keys: readonly string[]) {}
  is(result: unknown): boolean {
    if (!Array.isArray(result) && !(result instanceof Set)) return false;
    return [...result].map(plainKey).sort().join() === this.keys.join();
  }
}

/** Whether a client may be told `result`. */
export function allows(step: ModelStep<unknown>, result: unknown): boolean {
  if (!('result' in step)) return true;
  return step.result instanceof Members ? step.result.is(result) : isSame(step.result, result);
}

/** `{ kind: 'enqueue', value }`; `{ kind: 'dequeue' }` gives the oldest value, or null if there is none. */
export const queue = (): Model<readonly unknown[], OfQueue> => ({
  name: 'queue',
  initial: [],
  step(state, op) {
    if (op?.kind === 'enqueue') return { state: [...state, op.value] };
    if (op?.kind !== 'dequeue') return unknown('queue', op, 'enqueue, dequeue');
    return { state: state.slice(1), result: state[0] ?? null };
  },
});

/** `get` and `put` by key, `delete`, and `cas`; a key that is not there has the value null. */
export const keyValue = (): Model<unknown, Keyed> => ({
  name: 'key-value store',
  initial: null,
  key: (op) => op?.key,
  step(state, op) {
    if (op?.kind === 'get') return { state, result: state };
    if (op?.kind === 'delete') return { state: null };
    if (op?.kind === 'put') return { state: op.value };
    return (isCas(op) ? cell(state, op) : undefined) ?? unknown('key-value store', op, 'get, put, delete, cas');
  },
});

/** The ready models, by name. */
export const models = { register, casRegister, counter, set, queue, keyValue } as const;
