/**
 * The list of fault kinds. A further kind is one file and one line here.
 */
import { crash } from './crash.js';
import type { Bounds, Fault, Scenario } from './fault.js';
import type { FaultKind } from './kind.js';
import { omission } from './omission.js';

/** In the order in which they edit the clock. */
export const KINDS = [omission, crash] as const;

/** The kind of `fault`. The cast is sound: the kind found is the one with the fault's own tag. */
function kindOf(fault: Fault): FaultKind<Fault> {
  const kind = fault.kind === 'omission' ? omission : crash;
  return kind as unknown as FaultKind<Fault>;
}

/** Whether `fault` changes nothing given the other faults of `scenario`. */
export const isRedundant = (fault: Fault, scenario: Scenario): boolean => kindOf(fault).redundant(fault, scenario);

/** Why `fault` lies outside the bounds, or undefined. */
export const outsideBounds = (fault: Fault, bounds: Bounds): string | undefined => kindOf(fault).outside(fault, bounds);
