/**
 * The port of a fault kind. One file per kind implements it; `kinds.ts` lists them.
 *
 * Faults are an edited clock: without faults a message sent at t holds at t + 1, always. Each kind may edit that list of
 * arrivals, each with the formula under which it happens: losing narrows a formula, delaying or duplicating
 * would add arrivals at later ticks. Simulator and grounder read the same edited clock.
 */
import type { Formula } from '../core/circuit.js';
import type { Bounds, Fault, Scenario } from './fault.js';
import type { FaultSpace } from './space.js';

/** A channel slot: everything that node number `from` sends to node number `to` at tick `sent`. */
export interface Slot {
  readonly from: number;
  readonly to: number;
  readonly sent: number;
}

/** The slot's messages hold at tick `at` in exactly the scenarios in which `when` is true. */
export interface Arrival {
  readonly at: number;
  readonly when: Formula;
}

export interface FaultKind<F extends Fault> {
  readonly kind: F['kind'];
  /** Every fault of this kind that the bounds admit, in canonical order. */
  possible(bounds: Bounds): F[];
  /** What a set of faults of this kind must satisfy to be within the bounds. */
  constraints(space: FaultSpace): Formula[];
  /** The arrivals of a slot between two different nodes, edited by this kind. */
  deliver(space: FaultSpace, slot: Slot, arrivals: readonly Arrival[]): readonly Arrival[];
  /** Whether `fault` changes nothing given the other faults of `scenario`. */
  redundant(fault: F, scenario: Scenario): boolean;
  /** Why `fault` lies outside the bounds, or undefined if it is within. */
  outside(fault: F, bounds: Bounds): string | undefined;
}
