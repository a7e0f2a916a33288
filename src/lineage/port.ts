/**
 * The port between a system and the search: all that the search knows of what it searches.
 *
 * A system is deterministic: one scenario gives one run. It owes the search the fault space, runs, and lineage that is true of every run
 * seen that held and sound (it implies 'holds' in every scenario). A Dedalus spec is one such system (`system.ts`).
 */
import type { Formula } from '../core/circuit.js';
import type { LdfiError } from '../core/invariant.js';
import type { Outcome } from '../core/outcome.js';
import type { Scenario } from '../faults/fault.js';
import type { FaultSpace } from '../faults/space.js';
import type { Oracle } from '../solver/oracle.js';

/** What every run has. */
export interface SystemRun {
  readonly scenario: Scenario;
  readonly outcome: Outcome;
}

/** How large the lineage is. */
export interface LineageSize {
  /**
   * 'total': equivalent to 'holds' before any fault is injected; 'run': grows with each run that holds; 'learned': from local transitions,
   * which all runs teach.
   */
  readonly mode: 'total' | 'run' | 'learned';
  readonly atoms: number;
  readonly instances: number;
}

/** One step of preparing lineage: a tick is done, and so much work (atoms made) lies behind. */
export interface LineageStep {
  readonly tick: number;
  readonly work: number;
}

export interface Lineage<R extends SystemRun> {
  readonly size: LineageSize;
  /** Whether what is known is all there is to know: 'holds' in no other scenario. May become true as runs are learned. */
  readonly exact: boolean;
  /** 'Holds' is known in the scenarios in which this is true; FALSE if nothing is known before the first run. */
  readonly known: Formula;
  /** What a run teaches: implies 'holds' (or vacuous), and true of the run's scenario unless that is violated. Not called once `exact`. */
  learn(run: R): Formula;
  /** Finds out some more without a run, if that can be; implies 'holds', too. Not called once `exact`. */
  ponder?(): Generator<LineageStep, Formula>;
}

export interface System<R extends SystemRun = SystemRun> {
  readonly space: FaultSpace;
  /** Why no outcome of this system can mean anything, if so. */
  readonly defect: 'no-post' | undefined;
  /** Runs a canonical scenario within the bounds. */
  run(scenario: Scenario): R;
  /**
   * Prepares lineage; a generator that yields after each tick, so that the search may pause or stop.
   * @param oracle knows what is possible within the bounds; to be used as long as the lineage is
   */
  lineage(oracle?: Oracle): Generator<LineageStep, Lineage<R>>;
  /** Runs with equal strings behave alike: the same fate of every message, the same witnesses. */
  behaviour(run: R): string;
  /** What to say if runs contradict each other; undefined (or no such method) if that could only be a mistake of the tool. */
  suspect?(problem: string): LdfiError | undefined;
}
