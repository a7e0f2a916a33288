/**
 * Verdicts and counterexamples: what a search ends in.
 */
import type { Broken } from '../core/outcome.js';
import type { VerdictKind } from '../dedalus/program.js';
import type { Fault, Scenario } from '../faults/fault.js';
import type { LineageSize, Warning } from '../lineage/port.js';
import type { Coverage } from './coverage.js';

/** What a run without one fault of a counterexample does: it passes, which is why the fault is needed. */
export interface MinimalityWitness {
  readonly without: Fault;
  readonly outcome: 'holds' | 'vacuous';
}

/** A violated scenario none of whose proper subsets is violated, confirmed by a run. */
export interface Counterexample {
  readonly faults: Scenario;
  /** What is broken: the `pre` rows that are not `post` rows, or what is there at a tick. */
  readonly witnesses: readonly Broken[];
  readonly minimality: readonly MinimalityWitness[];
  /** Number of its behaviour class: equal numbers behave alike but for the ticks of their crashes. */
  readonly class: number;
}

/**
 * The same with their behaviour classes numbered in the order in which they first occur, which is the same for every
 * search that finds them.
 */
export function renumbered<T extends Counterexample>(
  found: readonly T[],
  behaviourOf: (one: T) => string,
): Counterexample[] {
  const numbers = new Map<string, number>();
  return found.map((one) => {
    const behaviour = behaviourOf(one);
    const number = numbers.get(behaviour) ?? numbers.size + 1;
    numbers.set(behaviour, number);
    return { faults: one.faults, witnesses: one.witnesses, minimality: one.minimality, class: number };
  });
}

/**
 * Why a search stopped before it was complete. 'error': what is searched did what it must not; never said by the
 * search, which throws.
 */
export type StopReason = 'first' | 'executions' | 'aborted' | 'max-faults' | 'limit' | 'error';

/** What is known of the scenarios within the bounds: some promise something, none does, or neither is known. */
export type Promises = 'some' | 'none' | 'unknown';

/** How far a search is exact that was stopped: up to each of these, every minimal counterexample is found. */
export interface Exact {
  /** EFF: the bounds are the same but for it. */
  readonly eff?: number;
  /** What the faults cost together, where faults do not all cost 1. */
  readonly cost?: number;
  /** How many faults there are together. */
  readonly faults?: number;
}

/** Sizes of the search, all deterministic. */
export interface SearchStatistics {
  /** Runs of scenarios the search depends on: the failure-free one and one per hypothesis. */
  readonly executions: number;
  /** Further runs made to shrink counterexamples (random strategy), and to show that each of their faults is needed. */
  readonly minimalityRuns: number;
  readonly lineage: LineageSize | undefined;
  readonly variables: number;
  readonly clauses: number;
  readonly solverCalls: number;
  /** Of a search that was stopped. */
  readonly exact?: Exact | undefined;
}

export interface Verdict {
  readonly kind: VerdictKind;
  /** Sorted canonically. */
  readonly counterexamples: readonly Counterexample[];
  /** Of a part of a search: what tells its behaviour classes apart, by their numbers, from 1. */
  readonly behaviours?: readonly string[] | undefined;
  /** Whether every minimal counterexample within the bounds is among them: nothing stopped the search. */
  readonly complete: boolean;
  readonly stopped: StopReason | undefined;
  /** Why it stopped, in words, where `stopped` does not say enough. */
  readonly detail: string | undefined;
  /** If the verdict is 'vacuous': whether some scenario within the bounds promises anything (and then keeps it). */
  readonly promises: Promises | undefined;
  readonly warnings: readonly Warning[];
  /** What the runs have covered; undefined for systems of which nothing is known but their runs. */
  readonly coverage?: Coverage | undefined;
  readonly statistics: SearchStatistics;
}
