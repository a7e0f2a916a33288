/**
 * A checked program: what the front end promises to everything behind it.
 *
 * Invariants: no errors; every relation has one arity, at least 1; facts are constants; every rule is safe, has at
 * least one subgoal, and its first subgoal gives the location; negation and aggregation are stratified by `strata`.
 */
import type { Row } from '../core/value.js';
import type { BoundName } from '../faults/bounds.js';
import type { NamedBounds } from '../faults/names.js';
import type { Fact, Rule, SourceFile, Span } from './ast.js';

/** What a check may expect, and what a search may answer. */
export const VERDICTS = ['holds', 'violated', 'vacuous', 'no-post', 'violated-failure-free', 'inconclusive'] as const;
export type VerdictKind = (typeof VERDICTS)[number];

/** One `//! check …` line of a spec; whatever it leaves out is `undefined`. */
export interface CheckDirective extends Readonly<Record<BoundName, number | undefined>>, NamedBounds {
  readonly name: string | undefined;
  readonly nodes: readonly string[] | undefined;
  /** The kinds of faults: `omission,crash,delay:2`. */
  readonly faults?: string | undefined;
  readonly expect: VerdictKind | undefined;
  /** Codes of warnings that are meant to be given. */
  readonly allow?: readonly string[] | undefined;
  readonly span: Span;
}

/** A relation of the program. `crash` (arity 3) is always there, with `builtin` true. */
export interface RelationInfo {
  readonly name: string;
  readonly arity: number;
  readonly builtin: boolean;
}

/** A fact's row and tick beside its clause. */
export interface GroundFact {
  readonly relation: string;
  readonly row: Row;
  readonly tick: number;
  readonly clause: Fact;
}

export interface Program {
  /**
   * All files read, in the order of reading; spans point into it. The files named on the command line come first in
   * `roots`.
   */
  readonly files: readonly SourceFile[];
  /** All relations, by name in code-unit order. */
  readonly relations: ReadonlyMap<string, RelationInfo>;
  /** Distinct facts, in source order. */
  readonly facts: readonly GroundFact[];
  /** Distinct rules (up to layout), in source order. */
  readonly rules: readonly Rule[];
  /**
   * Relation names in the order of evaluation within a tick: each entry is a strongly connected component of
   * the deductive dependencies (fixed-tick look-ups count as dependencies of the same tick), dependencies first.
   */
  readonly strata: readonly (readonly string[])[];
  /** The relations that survive a restart, if the program says which (`//! durable log, vote`). */
  readonly durable?: readonly string[] | undefined;
  /** The relations that count time, which stands still on a slow node (`//! timer lease`). */
  readonly timers?: readonly string[] | undefined;
  /** The relations that the program is there for, if it says which (`//! output receipt`). */
  readonly outputs?: readonly string[] | undefined;
  /** What all checks have in common of these (`//! reliable client, a>b`, `//! groups west = a b, east = c d`). */
  readonly names?: NamedBounds | undefined;
  /** The checks of the files named on the command line (not of included files), in source order. */
  readonly checks: readonly CheckDirective[];
}
