/**
 * The syntax tree of a Dedalus file, as the parser gives it, with a span on everything that a diagnostic may point at.
 * Language: Alvaro et al., "Dedalus: Datalog in Time and Space" (2009); dialect of the LDFI literature.
 */
import type { Value } from '../core/value.js';

/** A range of characters in one file: UTF-16 offsets, end exclusive. */
export interface Span {
  /** Index into the list of source files. */
  readonly file: number;
  readonly start: number;
  readonly end: number;
}

/** One source file as read. `path` is the name shown to people, forward slashes, relative where possible. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

export type ArithmeticOp = '+' | '-' | '*' | '/';
export type ComparisonOp = '==' | '!=' | '<' | '>' | '<=' | '>=';
export type AggregateFn = 'count' | 'min' | 'max' | 'sum' | 'avg';

/** An argument, or a side of a comparison. Aggregates stand only as whole head arguments. */
export type Term =
  | { readonly kind: 'variable'; readonly name: string; readonly span: Span }
  | { readonly kind: 'constant'; readonly value: Value; readonly span: Span }
  | { readonly kind: 'wildcard'; readonly span: Span }
  | {
      readonly kind: 'arithmetic';
      readonly op: ArithmeticOp;
      readonly left: Term;
      readonly right: Term;
      readonly span: Span;
    }
  | {
      readonly kind: 'aggregate';
      readonly fn: AggregateFn;
      /** The aggregated variable; `undefined` for `count<_>` and `count<*>`. */
      readonly variable: string | undefined;
      readonly variableSpan?: Span | undefined;
      readonly span: Span;
    };

/** `relation(args)`. */
export interface Atom {
  readonly relation: string;
  readonly relationSpan: Span;
  readonly args: readonly Term[];
  readonly span: Span;
}

/** A body element. */
export type Literal =
  | {
      readonly kind: 'subgoal';
      readonly negated: boolean;
      readonly atom: Atom;
      /** `@k`: looked up at that fixed tick instead of the current one. */
      readonly tick: number | undefined;
      /** That of `@k`. */
      readonly tickSpan?: Span | undefined;
      readonly span: Span;
    }
  | {
      readonly kind: 'comparison';
      readonly op: ComparisonOp;
      readonly left: Term;
      readonly right: Term;
      readonly span: Span;
    };

/** `relation(constants)@tick;` */
export interface Fact {
  readonly kind: 'fact';
  readonly atom: Atom;
  readonly tick: number;
  /** That of `@tick`. */
  readonly tickSpan?: Span | undefined;
  readonly span: Span;
}

/** When a rule's head holds: this tick, the next tick, or on delivery. */
export type RuleTime = 'deductive' | 'inductive' | 'async';

/** `head :- body;` */
export interface Rule {
  readonly kind: 'rule';
  readonly head: Atom;
  readonly time: RuleTime;
  readonly body: readonly Literal[];
  readonly span: Span;
}

/** `include "path";` */
export interface Include {
  readonly kind: 'include';
  readonly path: string;
  readonly span: Span;
}

export type Clause = Fact | Rule | Include;
