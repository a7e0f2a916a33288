/**
 * The exact pass: every set of faults of some size that no experiment explains.
 *
 * ```ts
 * for (const faults of unexplained(knowledge, 2)) …
 * ```
 * It takes nothing for granted but that the same faults lead to the same calls. A set that can fire as a whole does so
 * one fault after the other; up to its last fault the system does what it does without that fault, so the call is seen
 * in an experiment with one fault less. Hence it is enough to add one fault to what fired before, at a call that
 * occurred then.
 */
import type { LiveFault } from './experiment.js';
import { canonicalSet, type FaultSet, keyOf } from './fault-sets.js';
import type { Knowledge } from './knowledge.js';

/**
 * Sets of exactly `size` faults that no experiment explains and that include none that fails, in the order in which
 * experiments and calls came. Exact if the same is done for all smaller sizes first.
 */
export function unexplained(knowledge: Knowledge, size: number): FaultSet[] {
  const found = new Map<string, FaultSet>();
  for (const { fired, calls } of knowledge.experiments) {
    if (fired.length !== size - 1 || knowledge.includesFailing(fired)) continue;
    const hit = new Set(fired.map(({ call }) => call));
    for (const { id, kinds } of calls)
      if (!hit.has(id))
        for (const kind of kinds) {
          const set = canonicalSet([...fired, { call: id, kind } satisfies LiveFault]);
          const key = keyOf(set);
          if (!found.has(key)) found.set(key, set);
        }
  }
  return [...found.values()].filter((set) => isOpen(knowledge, set));
}

/** Whether it is not known what a set of faults does. */
export const isOpen = (knowledge: Knowledge, faults: FaultSet): boolean =>
  !knowledge.includesFailing(faults) && knowledge.explanation(faults) === undefined;
