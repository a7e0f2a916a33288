/**
 * Experiments: runs of a real system, each with a set of faults, and what was seen in them.
 *
 * ```ts
 * const { outcome, fired } = await system.run([{ call: 'shop > stock GET /items', kind: 'status' }]);
 * ```
 * A *call* (or a message) is the unit of fault and of lineage (Alvaro et al., "Automating Failure Testing Research at
 * Internet Scale", SoCC 2016). What the calls are is the system's affair: requests between services, messages between
 * processes.
 */

/** A fault at one call or message. */
export interface LiveFault {
  /** Its id: the same call has the same id in every experiment. */
  readonly call: string;
  readonly kind: string;
}

/** One call or message that occurred in an experiment. */
export interface Occurred {
  readonly id: string;
  /** The call during which it was made; undefined at the edge of the system. */
  readonly parent: string | undefined;
  /** The kinds of faults that could be injected here; empty if it is never to fail. */
  readonly kinds: readonly string[];
}

export type LiveOutcome = { readonly kind: 'good' } | { readonly kind: 'bad'; readonly why: readonly string[] };

export interface Experiment {
  /** The faults that were to be injected, at most one for each call. */
  readonly faults: readonly LiveFault[];
  /** Those that took effect. A fault whose call did not occur does not. */
  readonly fired: readonly LiveFault[];
  /** Each once, in the order in which they began. */
  readonly calls: readonly Occurred[];
  /**
   * Ids of the calls that a good outcome rests on: all calls less those that a fault hit and what hung below them, or
   * the causal past of the good answers. Read of good outcomes only.
   */
  readonly support: readonly string[];
  /**
   * Whether the faults made less to be promised: a request was not acknowledged, a node is gone. Then the outcome may be
   * good because of them, and the support counts only where the same faults fire. Left out: no.
   */
  readonly weakened?: boolean;
  readonly outcome: LiveOutcome;
  /**
   * Why nothing may be concluded from it: calls that belong to no experiment, a call that succeeded in spite of its
   * fault, … Empty if all is well.
   */
  readonly problems: readonly string[];
}

/** Thrown by a system on which no more experiments can be made: the search ends with what was found. */
export class SystemFailure extends Error {}

/** A system that experiments are made on. */
export interface LiveSystem<E extends Experiment = Experiment> {
  /** How many experiments may run at once, at least 1. */
  readonly parallel: number;
  /**
   * Makes one experiment, from a fresh state.
   * @param faults at most one for each call
   * @throws the signal's reason soon after it is aborted; SystemFailure
   */
  run(faults: readonly LiveFault[], signal?: AbortSignal): Promise<E>;
  /** What makes all experiments doubtful, as far as it is known by now; no good verdict is given then. */
  doubts?(): readonly string[];
}
