/**
 * The events of a search, in the order in which they happen; the last one is the verdict.
 */

import type { Formula } from '../core/circuit.js';
import type { Outcome } from '../core/outcome.js';
import type { Scenario } from '../faults/fault.js';
import type { LineageSize, Smaller } from '../lineage/port.js';
import type { Cube } from './cube.js';
import type { Counterexample, Exact, Verdict } from './verdict.js';

export type SearchEvent =
  /** A scenario is about to be injected. */
  | { readonly kind: 'hypothesis'; readonly scenario: Scenario }
  /** It was run. `execution` counts from 1, the failure-free run. */
  | { readonly kind: 'run'; readonly execution: number; readonly scenario: Scenario; readonly outcome: Outcome }
  /** Preparation has come to a tick, with so much work (in units of the system's own). */
  | { readonly kind: 'ground'; readonly tick: number; readonly work: number }
  /** The same question is asked within smaller bounds. */
  | { readonly kind: 'deepen'; readonly within: Smaller }
  /** Preparation is over. */
  | { readonly kind: 'lineage'; readonly size: LineageSize }
  /** Something is promised where this is true of the faults. */
  | { readonly kind: 'promises'; readonly promises: Formula }
  | { readonly kind: 'counterexample'; readonly counterexample: Counterexample }
  /** What the verdict rests on is about to be checked. */
  | { readonly kind: 'audit' }
  /** All minimal counterexamples are found up to here. */
  | { readonly kind: 'exact'; readonly exact: Exact }
  | { readonly kind: 'verdict'; readonly verdict: Verdict };

export interface SearchOptions {
  /** Default 'lineage'. */
  readonly strategy?: 'lineage' | 'random' | 'exhaustive';
  /** Stop at the first counterexample. */
  readonly first?: boolean;
  /** Most executions. No limit by default, except 1,000 for 'random'. */
  readonly maxExecutions?: number;
  /** Most faults in one scenario, for 'random' and 'exhaustive'. */
  readonly maxFaults?: number;
  /** For 'random': seed, an integer. Default 1. */
  readonly seed?: number;
  /** Ends the search with verdict 'inconclusive' (or what was found) soon after it is aborted. */
  readonly signal?: AbortSignal;
  /**
   * Only a part of the search, by the strategy 'lineage'. What it finds may contain what another part finds; see
   * `minimalAmong`.
   */
  readonly cube?: Cube;
}
