/**
 * Counterexamples by behaviour class: those that differ only in what a family of faults leaves open, as the ticks of
 * crashes, with every message meeting the same fate, are one finding.
 */
import type { Fault } from '../faults/fault.js';
import { kinds, ofKind } from '../faults/kinds.js';
import type { CounterexampleResult } from './schema.js';

/** In what the members of a class with these faults differ: `ticks of crashes`. */
export const whatVaries = (faults: readonly Fault[]): string =>
  kinds()
    .flatMap((kind) => (kind.varies && ofKind(faults, kind).length > 0 ? kind.varies : []))
    .join(' and ');

/** The classes in the order in which they first occur, none of them empty. */
export function byClass(
  counterexamples: readonly CounterexampleResult[],
): (readonly [CounterexampleResult, ...CounterexampleResult[]])[] {
  const classes = new Map<number, [CounterexampleResult, ...CounterexampleResult[]]>();
  for (const one of counterexamples) {
    const members = classes.get(one.class);
    if (members) members.push(one);
    else classes.set(one.class, [one]);
  }
  return [...classes.values()];
}
