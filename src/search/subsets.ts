/**
 * Minimal violated subsets by trying them: used where no formula says which subsets can be violated.
 */
import type { Fault, Scenario } from '../faults/fault.js';
import { canonical } from '../faults/scenario.js';

/** Largest set whose subsets are all tried; larger ones are first made smaller fault by fault. */
const EXACT = 10;

/** The subsets of `items` with exactly `size` members, in lexicographic order of position. */
export function* subsetsOfSize<T>(items: readonly T[], size: number, from = 0): Generator<T[]> {
  if (size === 0) {
    yield [];
    return;
  }
  for (let i = from; i <= items.length - size; i++)
    for (const rest of subsetsOfSize(items, size - 1, i + 1)) yield [items[i] as T, ...rest];
}

/**
 * A violated subset of `scenario` (itself violated) none of whose proper subsets is violated.
 * @param violates runs a canonical scenario
 */
export function shrink(scenario: Scenario, violates: (scenario: Scenario) => boolean): Scenario {
  let current: readonly Fault[] = scenario;
  for (let i = 0; current.length > EXACT && i < current.length; ) {
    const rest = canonical(current.filter((_, j) => j !== i));
    if (violates(rest)) current = rest;
    else i++;
  }
  if (current.length > EXACT) return current;
  for (let size = 0; size < current.length; size++)
    for (const subset of subsetsOfSize(current, size)) if (violates(canonical(subset))) return canonical(subset);
  return current;
}
