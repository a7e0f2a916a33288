/**
 * The answer to one check: all that any output reads. Plain data; whoever has it needs neither the spec nor another
 * run.
 *
 * `src/answer` makes it; the terminal, JSON, the page, reporters and test runners are pure functions of it.
 */
import type { Row } from '../core/value.js';
import type { TimelineRun } from './formats/timeline.js';
import type { CheckResult } from './result.js';

/** Where to look in a source file; lines and columns count from 1, columns in UTF-16 units. */
export interface Place {
  /** As people see it: forward slashes, relative to the working folder. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** A behaviour class of counterexamples, told by its first member. */
export interface Shown {
  /** Number of that counterexample in the result, from 1. */
  readonly number: number;
  /** How many others behave alike. */
  readonly alike: number;
  readonly run: TimelineRun;
  /** The rule or handler to look at first. */
  readonly place: Place;
}

export interface Answer {
  /** Verdict, counterexamples, figures, warnings, and what was learned: as JSON has it. */
  readonly check: CheckResult;
  /** By class, in the order of the counterexamples; the first ones where there are many. */
  readonly shown: readonly Shown[];
  /** `pre` rows of the run without faults at the end of time, if the promise is kept. */
  readonly promised: readonly Row[];
  /** Where to look first. */
  readonly place: Place;
}

/** Most classes of a check that are shown. */
export const MOST_SHOWN = 20;
