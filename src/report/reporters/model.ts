/**
 * What a reporter is given: for each check what is to be said of it, whatever it is a check of. Specs, services and
 * programs are turned into this (`details.ts`, `src/live`); a reporter knows nothing of them.
 *
 * A reporter is a pure function from this to text: same input, same bytes. Nothing in it is escaped yet; every reporter
 * escapes for its own form (`escape.ts`).
 */
import type { Place } from '../answer.js';
import type { CoverageRow } from '../coverage.js';
import type { Standing } from '../meaning.js';

/** A class of counterexamples that are alike, told by its first member. */
export interface ClassDetails {
  /** Number of that counterexample in the result, from 1. */
  readonly number: number;
  /** How many others are alike. */
  readonly alike: number;
  /** In what these differ: `ticks of crashes`. */
  readonly varying: string;
  /** Its faults, in a form that stays the same when lines move: what it is known by. */
  readonly faults: readonly string[];
  /** What it breaks and by which faults, in one line. */
  readonly sentence: string;
  readonly timeline: readonly string[];
  /** Undefined: in no file. */
  readonly place: Place | undefined;
}

/** One check. */
export interface CheckDetails {
  /** What it is a check of: files, a configuration, a program. */
  readonly subject: string;
  /** Together with the subject it is unique in a result. */
  readonly name: string;
  readonly verdict: string;
  readonly standing: Standing;
  /** Whether it was given up because of an error. */
  readonly isError: boolean;
  /** What was found, in one line. */
  readonly sentence: string;
  /** Why that is good or bad, in one line. */
  readonly reason: string;
  /** The whole block of text as the terminal shows it, without colours; safe to print. */
  readonly block: string;
  /** The faults of the first counterexample, in words; empty if there is none. */
  readonly faults: readonly string[];
  /** What happens in the first counterexample's run, line by line; empty if there is none. */
  readonly timeline: readonly string[];
  /** Where to look first; undefined: in no file. */
  readonly place: Place | undefined;
  /** The first counterexample's run as a diagram. */
  readonly mermaid: string | undefined;
  /** The counterexamples beside the first, in short, a line for those that are alike. */
  readonly others: readonly string[];
  /** If the check failed: its classes of counterexamples, the first ones where there are many. */
  readonly classes: readonly ClassDetails[];
  /** How many more classes there are. */
  readonly unlistedClasses: number;
  /** How many counterexamples there are, and whether these are all. */
  readonly counterexamples: number;
  readonly isComplete: boolean;
  /** Its bounds in short, and how many runs it took: cells of a table. */
  readonly bounds: string;
  readonly runs: number;
  /** What is to be known beside the verdict, each in a line. */
  readonly warnings: readonly string[];
  /** What the runs have covered. */
  readonly coverage: readonly CoverageRow[];
}

/** A spec that could not be read: it must not look as if it had not been there. */
export interface UnreadableSpec {
  readonly path: string;
  readonly problems: readonly { readonly message: string; readonly place: Place }[];
}

export interface ReporterInput {
  /** Of `ldfi`. */
  readonly version: string;
  readonly checks: readonly CheckDetails[];
  readonly unread: readonly UnreadableSpec[];
  /** What the columns of bounds and of runs are called. */
  readonly headings: { readonly bounds: string; readonly runs: string };
  /** All checks in one line, for the end of a text; undefined if their blocks say it. */
  readonly summary: string | undefined;
  /** The result as `--json` writes it. */
  json(): string;
}

export type Reporter = (input: ReporterInput) => string;

/** Unique in a result. */
export const fullName = ({ subject, name }: Pick<CheckDetails, 'subject' | 'name'>): string => `${subject} ${name}`;

export const REPORTER_NAMES = ['text', 'json', 'junit', 'sarif', 'github', 'markdown', 'tap'] as const;
export type ReporterName = (typeof REPORTER_NAMES)[number];
