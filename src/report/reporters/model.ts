/**
 * What a reporter is given: the result, and for each of its checks what is to be said of it.
 *
 * A reporter is a pure function from this to text: same input, same bytes. Nothing in it is escaped yet; every reporter
 * escapes for its own form (`escape.ts`).
 */
import type { Place } from '../answer.js';
import type { Standing } from '../meaning.js';
import type { Result } from '../schema.js';

/** A behaviour class of counterexamples, told by its first member. */
export interface ClassDetails {
  /** Number of that counterexample in the result, from 1. */
  readonly number: number;
  /** How many others behave alike. */
  readonly alike: number;
  /** What it breaks and by which faults, in one line. */
  readonly sentence: string;
  readonly timeline: readonly string[];
  readonly place: Place;
}

/** One check, beside its entry in the result. */
export interface CheckDetails {
  readonly standing: Standing;
  /** What was found, in one line. */
  readonly sentence: string;
  /** Why that is good or bad, in one line. */
  readonly reason: string;
  /** The whole block of text as the terminal shows it, without colours; safe to print. */
  readonly block: string;
  /** What happens in the first counterexample's run, line by line; empty if there is none. */
  readonly timeline: readonly string[];
  /** The rule or handler to look at first. */
  readonly place: Place;
  /** The first counterexample's run as a diagram. */
  readonly mermaid: string | undefined;
  /** If the check failed: its classes of counterexamples, the first ones where there are many. */
  readonly classes: readonly ClassDetails[];
  /** How many more classes there are. */
  readonly unlistedClasses: number;
}

/** A spec that could not be read: it must not look as if it had not been there. */
export interface UnreadableSpec {
  readonly path: string;
  readonly problems: readonly { readonly message: string; readonly place: Place }[];
}

export interface ReporterInput {
  readonly result: Result;
  /** By check, in the order of the result. */
  readonly details: readonly CheckDetails[];
  readonly unread: readonly UnreadableSpec[];
}

export type Reporter = (input: ReporterInput) => string;

export const REPORTER_NAMES = ['text', 'json', 'junit', 'sarif', 'github', 'markdown', 'tap'] as const;
export type ReporterName = (typeof REPORTER_NAMES)[number];
