/**
 * Minimal violated subsets by trying them: used where no formula says which subsets can be violated.
 */
import { subsetsOfSize } from '../core/subsets.js';
import type { Fault, Scenario } from '../faults/fault.js';
import { canonical } from '../faults/scenario.js';

/** Largest set whose subsets are all tried; larger ones are first made smaller fault by fault. */
const EXACT = 10;

/**
 * A violated subset of `scenario` (itself violated) none of whose proper subsets is violated.
 * @param violates runs a canonical scenario
 */
export async function shrink(
  scenario: Scenario,
  violates: (scenario: Scenario) => Promise<boolean>,
): Promise<Scenario> {
  let current: readonly Fault[] = scenario;
  for (let i = 0; current.length > EXACT && i < current.length; ) {
    const rest = canonical(current.filter((_, j) => j !== i));
    if (await violates(rest)) current = rest;
    else i++;
  }
  if (current.length > EXACT) return current;
  for (let size = 0; size < current.length; size++)
    for (const subset of subsetsOfSize(current, size)) if (await violates(canonical(subset))) return canonical(subset);
  return current;
}
