/**
 * The port between a system and the search: all that the search knows of what it searches.
 *
 * A system is deterministic: one scenario gives one run. It owes the search the fault space, runs, and lineage that is
 * true of every run seen that held and sound (it implies 'holds' in every scenario). A Dedalus spec is one such system
 * (`system.ts`).
 */
import type { Formula } from '../core/circuit.js';
import type { LdfiError } from '../core/invariant.js';
import type { Outcome } from '../core/outcome.js';
import type { Place } from '../dedalus/locate.js';
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
   * 'total': equivalent to 'holds' before any fault is injected; 'run': grows with each run that holds; 'learned': from
   * local transitions, which all runs teach.
   */
  readonly mode: 'total' | 'run' | 'learned';
  readonly atoms: number;
  readonly instances: number;
}

/** One step of long work: the tick it has come to, and how much work (in units of its own) lies behind. */
export interface LineageStep {
  readonly tick: number;
  readonly work: number;
}

/** Something to know about a system that no verdict says. */
export interface Warning {
  /** Stable kebab-case code, e.g. `dead-rule`. */
  readonly code: string;
  /** One plain sentence. */
  readonly message: string;
  /** Where to look: the source of a rule, or a handler of a protocol by name. */
  readonly place?: Place | { readonly handler: string } | undefined;
}

/** A part of a system that does something in a run, or does not: a rule, a handler. */
export interface Piece {
  readonly name: string;
  readonly place?: Warning['place'];
  /** That it does nothing in any scenario within the bounds, which is proven. */
  readonly never?: true | undefined;
}

/** What a search can reach of a system, as far as that is known when it is over. */
export interface Reach {
  readonly noun: 'rule' | 'handler';
  readonly pieces: readonly Piece[];
  /**
   * Positions in the fault space of faults that change nothing in any scenario within the bounds, which is proven.
   * Undefined: nothing is known of it.
   */
  readonly idle: ReadonlySet<number> | undefined;
  /** The last tick at which a node may send something to another one in some scenario; undefined if not known. */
  readonly lastSent: number | undefined;
}

export interface Lineage<R extends SystemRun> {
  readonly size: LineageSize;
  /**
   * Whether what is known is all there is to know: 'holds' in no other scenario. May become true as runs are learned.
   */
  readonly exact: boolean;
  /** 'Holds' is known in the scenarios in which this is true; FALSE if nothing is known before the first run. */
  readonly known: Formula;
  /**
   * Something is promised in exactly the scenarios in which this is true (the outcome is not vacuous); undefined as
   * long as that is not known.
   */
  readonly promises?: Formula | undefined;
  /**
   * What a run teaches: implies 'holds' (or vacuous), and true of the run's scenario unless that is violated. Not
   * called once `exact`.
   */
  learn(run: R, signal?: AbortSignal): Promise<Formula>;
  /** Finds out some more without a run, if that can be; implies 'holds', too. Not called once `exact`. */
  extend?(): AsyncGenerator<LineageStep, Formula>;
}

/** Bounds that are smaller: one of them, at least 1. What breaks within them breaks within the larger ones. */
export interface Smaller {
  readonly eff?: number;
  readonly maxCost?: number;
}

/** A system within smaller bounds: enough to look for scenarios, which the system itself runs. */
export type Part<R extends SystemRun> = Pick<System<R>, 'space' | 'lineage'>;

export interface System<R extends SystemRun = SystemRun> {
  readonly space: FaultSpace;
  /** Why no outcome of this system can mean anything, if so. */
  readonly defect: 'no-post' | undefined;
  /**
   * Runs a canonical scenario within the bounds.
   * @param signal when it is aborted, a long run rejects with its reason
   */
  run(scenario: Scenario, signal?: AbortSignal): Promise<R>;
  /**
   * Prepares lineage; yields again and again, so that the search may pause or stop.
   * @param oracle knows what is possible within the bounds; to be used as long as the lineage is
   */
  lineage(oracle?: Oracle): AsyncGenerator<LineageStep, Lineage<R>>;
  /** The same within smaller bounds, for searches that deepen; undefined if that would be no easier. */
  within?(bounds: Smaller): Part<R> | undefined;
  /** The work of a preparation from which on it takes long: then smaller bounds are searched beside it. */
  readonly large?: number;
  /** What lineage goes by. When that changes, lineage of parts is void, and so is what was proved by it. */
  readonly basis?: string;
  /** Runs with equal strings behave alike: the same fate of every message, the same witnesses. */
  behaviour(run: R): string;
  /**
   * Looks for what would make a verdict wrong: the search calls it before it gives one.
   * @param found the scenarios of the counterexamples
   * @throws LdfiError if runs depend on something that they must not depend on
   */
  audit?(found: readonly Scenario[]): AsyncGenerator<LineageStep, void>;
  /**
   * What exchanging two nodes changes in the system itself, as a clause; undefined if nothing. Runs may still differ.
   */
  asymmetry?(one: string, other: string): string | undefined;
  /** Finds out what is known of all scenarios without a run. @throws LdfiError 'limit-…' where that is too much */
  foresee?(): Generator<unknown, unknown>;
  /** What it consists of; asked when the search is over. */
  reach?(): Reach;
  /** Positions of the pieces that did something in a run. */
  reached?(run: R): Iterable<number>;
  /** What is to be known of the system beside the verdict; asked when the search is over. */
  warnings?(): readonly Warning[];
  /**
   * What to say if runs contradict each other; undefined (or no such method) if that could only be a mistake of the
   * tool.
   */
  suspect?(problem: string): LdfiError | undefined;
}
