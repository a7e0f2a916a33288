/**
 * Whether a seal is of use to a component: whether some attributes of its gate are determined by the key of the seal,
 * different keys determining different ones. Then the end of a key's records is the end of a partition's.
 *
 * ```ts
 * isCompatible(['id', 'campaign'], ['campaign'], []); // true: a key determines itself
 * isCompatible(['symbol'], ['company'], [{ from: ['company'], to: ['symbol'] }]); // true
 * ```
 * A gate that is not known, the empty list, is compatible with nothing.
 */
import type { Dependency } from './topology.js';

/** Sets of attributes that are followed at most: what is given leads to few. */
const MOST_SETS = 10_000;

export function isCompatible(
  gate: readonly string[],
  key: readonly string[],
  dependencies: readonly Dependency[],
): boolean {
  const open = [[...new Set(key)]];
  const seen = new Set([textOf(key)]);
  for (let set = open.pop(); set && seen.size < MOST_SETS; set = open.pop()) {
    if (set.every((attribute) => gate.includes(attribute))) return true;
    for (const { from, to } of dependencies) {
      const known = set;
      if (!from.every((attribute) => known.includes(attribute))) continue;
      // Part of a key may be replaced by what it determines so: the whole still tells keys apart.
      const next = [...new Set([...known.filter((attribute) => !from.includes(attribute)), ...to])];
      if (seen.has(textOf(next))) continue;
      seen.add(textOf(next));
      open.push(next);
    }
  }
  return false;
}

const textOf = (set: readonly string[]): string => [...set].sort().join();
