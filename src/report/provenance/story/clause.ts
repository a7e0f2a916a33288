/**
 * Clauses of a story, each with the facts of the run that it speaks of.
 */
import type { FactKey } from '../views.js';

/** That a fact holds at its tick, or that it does not; `ever`: nor at any other. */
export interface Told {
  readonly fact: FactKey;
  readonly holds: boolean;
  readonly ever: boolean;
}

/** A part of the story, and the facts of the run that it speaks of. */
export interface Clause {
  /** Without the tick. */
  readonly words: string;
  /** The ticks at which it is so; undefined: at all of them, or the words say at which. */
  readonly ticks?: readonly number[] | undefined;
  readonly told: readonly Told[];
}

/** What came about against what should have. */
export interface Claim extends Clause {
  /** Facts to be explained: those that are told, and what else they come down to. */
  readonly roots: readonly FactKey[];
}
