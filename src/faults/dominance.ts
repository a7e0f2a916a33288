/**
 * Which of several counterexamples undoes least: of nested windows only the smallest is of interest.
 *
 * A partition loses slots, a restart takes a node down for some ticks, a skew stops a clock for some. A scenario is
 * dominated by another one of the same cost or less that undoes a proper part of it. What loses, delays or crashes
 * otherwise is compared as it is: nothing but itself is a part of it.
 */
import type { Bounds, Fault, Scenario } from './fault.js';
import { faultKey, kindOf, totalCost } from './kinds.js';

/** What a fault undoes of the clock without faults, as texts. */
export const undone = (fault: Fault, bounds: Bounds): readonly string[] =>
  kindOf(fault).undoes?.(fault, bounds) ?? [faultKey(fault)];

const allUndone = (scenario: Scenario, bounds: Bounds): Set<string> =>
  new Set(scenario.flatMap((fault) => undone(fault, bounds)));

/** Those that no other one dominates, in the same order. */
export function undominated<T extends { readonly faults: Scenario }>(items: readonly T[], bounds: Bounds): T[] {
  if (!items.some(({ faults }) => faults.some((fault) => kindOf(fault).isWide))) return [...items];
  const sized = items.map((item) => ({
    item,
    cost: totalCost(item.faults, bounds),
    parts: allUndone(item.faults, bounds),
  }));
  return sized
    .filter(({ cost, parts }) =>
      sized.every(
        (other) =>
          other.cost > cost || other.parts.size >= parts.size || ![...other.parts].every((part) => parts.has(part)),
      ),
    )
    .map(({ item }) => item);
}
