/**
 * The shortest way from facts down their explanations to each fault of a scenario, along what is otherwise in one of
 * the runs that this one is compared with.
 */
import type { Fault } from '../../../faults/fault.js';
import { formatFault } from '../../../faults/scenario.js';
import type { Case } from '../case.js';
import { type FactKey, factName } from '../views.js';

/** Most facts that are followed. */
const MOST = 400;

/**
 * By fault, in the order of the scenario: the facts from a root to the one that the fault struck. What only says that
 * a fault happens is a way of last resort.
 */
export function waysToFaults(it: Case, roots: readonly FactKey[]): Map<Fault, readonly FactKey[]> {
  let isLeft = false;
  const admits = (fact: FactKey): boolean => {
    const isFault = it.of.isFault(fact);
    isLeft ||= isFault;
    return !isFault;
  };
  const ways = follow(it, roots.filter(admits), admits);
  const others = isLeft && ways.size < it.scenario.length ? follow(it, roots, () => true) : ways;
  return new Map(
    it.scenario.flatMap((fault) => {
      const way = ways.get(formatFault(fault)) ?? others.get(formatFault(fault));
      return way ? [[fault, way] as const] : [];
    }),
  );
}

/** Breadth first, so that the first way found is among the shortest. */
function follow(it: Case, roots: readonly FactKey[], admits: (fact: FactKey) => boolean) {
  const found = new Map<string, readonly FactKey[]>();
  const seen = new Set(roots.map(factName));
  const queue = roots.map((root): readonly FactKey[] => [root]);
  for (let at = 0; at < queue.length && at < MOST && found.size < it.scenario.length; at++) {
    const way = queue[at] as readonly FactKey[];
    const { steps } = it.why(way.at(-1) as FactKey);
    for (const { fault } of steps) {
      const name = fault && formatFault(fault);
      if (name !== undefined && !found.has(name)) found.set(name, way);
    }
    for (const { fact } of steps.flatMap(({ body }) => body)) {
      if (seen.has(factName(fact)) || !admits(fact) || !it.decides(fact)) continue;
      seen.add(factName(fact));
      queue.push([...way, fact]);
    }
  }
  return found;
}
