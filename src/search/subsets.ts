/**
 * Minimal violated subsets by trying them: used where no formula says which subsets can be violated.
 */
import type { Fault, Scenario } from '../faults/fault.js';
import { canonical } from '../faults/scenario.js';

/** Largest set whose subsets are all tried; larger ones are first made smaller fault by fault. */
const EXACT = 10;

/**
 * The subsets of `items` with exactly `size` members, in lexicographic order of position.
 * @param fits whether an item may join the members chosen before it; subsets without are not even begun
 */
export function* subsetsOfSize<T>(
  items: readonly T[],
  size: number,
  fits: (members: readonly T[], item: T) => boolean = () => true,
): Generator<readonly T[]> {
  const members: T[] = [];
  function* extend(from: number): Generator<readonly T[]> {
    if (members.length === size) {
      yield [...members];
      return;
    }
    for (let i = from; i <= items.length - (size - members.length); i++) {
      const item = items[i] as T;
      if (!fits(members, item)) continue;
      members.push(item);
      yield* extend(i + 1);
      members.pop();
    }
  }
  yield* extend(0);
}

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
