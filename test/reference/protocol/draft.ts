/**
 * Random protocols as data: what a handler does and what a check reads, as small lists. `behave.ts` and `judge.ts` turn
 * them into real handlers and a real check; as data they can be printed, shrunk and kept.
 */
import type { Bounds } from '../../../src/faults/fault.js';

export type Value = number | string | boolean;

/** A value in a handler. `it` is the node at hand in `each`. */
export type Expr =
  | readonly ['const', Value]
  | readonly ['id' | 'from' | 'first' | 'next' | 'it' | 'value' | 'count' | 'word' | 'best']
  | readonly ['size', 'seen' | 'table' | 'list' | 'keys']
  | readonly ['lookup', Expr]
  | readonly ['plus', Expr, number]
  | readonly ['random', number];

export type Condition =
  | readonly ['flag' | 'done']
  | readonly ['is', Expr, '==' | '<' | '>=', Expr]
  | readonly ['seen' | 'tabled' | 'keyed', Expr]
  | readonly ['chance', number]
  | readonly ['not', Condition]
  | readonly ['and', Condition, Condition];

/** `unseen`: peers that are not in `seen`. Anything else is a node's name. */
export type Target = 'from' | 'peers' | 'self' | 'first' | 'next' | 'it' | 'unseen' | { readonly node: string };

/** What travels with a message beside its value: a copy of a part of the state. */
export type Cargo = 'none' | 'seen' | 'table' | 'list' | 'nested';

export type Op =
  | readonly ['inc', number]
  | readonly ['set', 'flag' | 'done', boolean]
  | readonly ['assign', 'count' | 'word', Expr]
  | readonly ['add' | 'remove' | 'push' | 'drop' | 'unkey' | 'best' | 'path' | 'extra', Expr]
  | readonly ['put' | 'key' | 'vote', Expr, Expr]
  | readonly ['shift' | 'noextra' | 'merge' | 'fresh-state' | 'return' | 'throw']
  | readonly ['send', Target, string, Expr, Cargo]
  | readonly ['timer' | 'periodic', string, Expr]
  | readonly ['clear', string]
  | readonly ['log', string, Expr]
  | readonly ['invoke', 'read' | 'write', Expr]
  /** Which of the operations that are open. */
  | readonly ['complete', 'oldest' | 'newest', Expr]
  | readonly ['if', Condition, readonly Op[], readonly Op[]]
  | readonly ['each', 'peers' | 'seen', readonly Op[]];

/** A look at one node at the end. */
export type Look =
  | readonly ['field', 'count' | 'flag' | 'done' | 'word' | 'extra']
  | readonly ['size', 'seen' | 'table' | 'list' | 'keys' | 'votes' | 'log']
  | readonly ['has' | 'get' | 'tabled' | 'includes' | 'index' | 'in' | 'key' | 'own' | 'found' | 'logged', Value]
  | readonly ['at', 'list' | 'log', number]
  | readonly ['vote', Value, Value]
  | readonly ['json', 'best' | 'list' | 'record' | 'log' | 'path']
  | readonly ['joined', 'seen' | 'table' | 'values' | 'entries' | 'spread' | 'rest' | 'each' | 'votes' | 'sorted']
  | readonly ['best'];

export type Scope = 'alive' | 'all';
export type Comparison = '==' | '!=' | '>=' | '<=';

/** A question about the history, as one of a register. */
export type Judgement = 'linearizable' | 'sequential' | 'monotonicReads' | 'readYourWrites';

export type Promised =
  | readonly ['agree', Scope, Look]
  | readonly ['every' | 'some', Scope, Look, Comparison, Value]
  | readonly ['count', Scope, Look, Comparison, Value, number]
  | readonly ['node', string, Look, Comparison, Value]
  | readonly ['alive', string]
  | readonly ['living', number]
  | readonly ['judged', Judgement]
  | readonly ['operations', 'all' | 'pending' | 'slow', Comparison, number]
  /** The sum of all ticks and turns, modulo 3. */
  | readonly ['sum', number]
  | readonly ['and' | 'or', Promised, Promised]
  | readonly ['not', Promised];

export interface Draft {
  readonly bounds: Bounds;
  /** Seed of `ctx.random`. */
  readonly seed: number;
  /** Whether operations are recorded. */
  readonly asks?: boolean;
  /** What is promised of every tick. */
  readonly always?: Pick<Draft, 'provided' | 'promise'>;
  /** Starting values, by node. */
  readonly start: Readonly<Record<string, { readonly count: number; readonly flag: boolean; readonly word: string }>>;
  readonly init: readonly Op[];
  /** Fields of the state that survive a restart; none if left out. */
  readonly durable?: readonly string[];
  /** Undefined: a node that comes back runs `init`. */
  readonly onRestart?: readonly Op[];
  readonly onMessage: Readonly<Record<string, readonly Op[]>>;
  readonly onTimer: Readonly<Record<string, readonly Op[]>>;
  /** Without it there is nothing to promise. */
  readonly provided?: Promised;
  readonly promise: Promised;
}
