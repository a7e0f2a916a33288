/**
 * What a search over experiments ends in, and what that rests on.
 */
import type { Experiment } from './experiment.js';
import type { FaultSet } from './fault-sets.js';

/** A smallest set of faults that breaks the promise: none of its proper subsets does. */
export interface LiveCounterexample<E extends Experiment = Experiment> {
  readonly faults: FaultSet;
  /** The experiment in which it was found. */
  readonly experiment: E;
  /** Whether each proper subset was tried or is explained; false if the search was stopped before that. */
  readonly minimal: boolean;
  /** How often the same faults broke the promise again, and in how many attempts. */
  readonly reproduced: number;
  readonly attempts: number;
}

/**
 * - `broken`: the promise is broken without any fault;
 * - `vacuous`: nothing could be injected, so nothing was tested;
 * - `counterexamples`: some were found;
 * - `unreliable`: something happened that makes a good answer worthless; `reasons` say what;
 * - `exact`: there is none of up to `exact` faults, whatever the system does with them;
 * - `monotone`: no set of up to `monotone` faults cuts every known way of succeeding. That takes for granted that a
 *   fault never hides a call that another one would have hit;
 * - `stopped`: the budget was spent, or the search was interrupted.
 */
export type LiveVerdictKind =
  | 'broken'
  | 'vacuous'
  | 'counterexamples'
  | 'unreliable'
  | 'exact'
  | 'monotone'
  | 'stopped';

/**
 * Why a search stopped before it was complete: its runs were spent, its signal was aborted, or the system can no longer
 * be experimented on.
 */
export type LiveStop = 'runs' | 'aborted' | 'system';

export interface LiveVerdict<E extends Experiment = Experiment> {
  readonly kind: LiveVerdictKind;
  /** By size, then in the order in which they were found. */
  readonly counterexamples: readonly LiveCounterexample<E>[];
  /**
   * All sets of up to so many faults were tried or are explained by an experiment; 0 if that is not so for single faults,
   * or if there are reasons to doubt it.
   */
  readonly exact: number;
  /** No set of up to so many faults cuts every known way of succeeding; undefined if that was not found out. */
  readonly monotone: number | undefined;
  readonly stopped: LiveStop | undefined;
  /** How many experiments the next step of the exact pass would take, if it was left out as too many. */
  readonly needed: number | undefined;
  /** Why a good answer is worthless, or why what was found is not certain. Each once. */
  readonly reasons: readonly string[];
  /** The first experiment without faults; undefined if there was none. */
  readonly baseline: E | undefined;
  /** How many experiments were made, whatever they were for. */
  readonly experiments: number;
  /** Those that something was learned from, in that order. */
  readonly learned: readonly E[];
  /** Sets of faults of which no experiment could tell what they do. */
  readonly unresolved: readonly FaultSet[];
}
