/**
 * Counterexamples by behaviour class: those that differ only in what a family of faults leaves open, as the ticks of
 * crashes, with every message meeting the same fate, are one finding.
 */
import { groupBy } from '../core/memo.js';
import type { Fault } from '../faults/fault.js';
import { kinds, ofKind } from '../faults/kinds.js';
import type { CounterexampleResult } from './schema.js';

/** In what the members of a class with these faults differ: `ticks of crashes`. */
export const whatVaries = (faults: readonly Fault[]): string =>
  kinds()
    .flatMap((kind) => (kind.varies && ofKind(faults, kind).length > 0 ? kind.varies : []))
    .join(' and ');

/** The classes in the order in which they first occur, none of them empty. */
export const byClass = (counterexamples: readonly CounterexampleResult[]) => [
  ...groupBy(counterexamples, (one) => one.class).values(),
];
