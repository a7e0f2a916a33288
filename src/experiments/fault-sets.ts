/**
 * Sets of live faults: their one order, their key, and what is a part of what.
 *
 * ```ts
 * keyOf([b, a]) === keyOf([a, b]);
 * ```
 */
import { compareRows } from '../core/value.js';
import type { LiveFault } from './experiment.js';

export type FaultSet = readonly LiveFault[];

/** The same set, each fault once, in the one order. */
export function canonicalSet(faults: FaultSet): FaultSet {
  const sorted = [...faults].sort((a, b) => compareRows([a.call, a.kind], [b.call, b.kind]));
  return sorted.filter((fault, i) => i === 0 || !isSameFault(fault, sorted[i - 1] as LiveFault));
}

/** Equal for equal sets, whatever their order. */
export const keyOf = (faults: FaultSet): string =>
  JSON.stringify(canonicalSet(faults).map(({ call, kind }) => [call, kind]));

const isSameFault = (a: LiveFault, b: LiveFault): boolean => a.call === b.call && a.kind === b.kind;

const includesFault = (faults: FaultSet, fault: LiveFault): boolean =>
  faults.some((other) => isSameFault(other, fault));

/** Whether `part` is a subset of `whole`, or equal to it. */
export const isWithin = (part: FaultSet, whole: FaultSet): boolean =>
  part.every((fault) => includesFault(whole, fault));
