/**
 * Scenarios that are picked rather than searched for: random ones, and those with as many faults of a kind as the
 * bounds admit.
 */
import type { Scenario } from './fault.js';
import { kinds, ofKind } from './kinds.js';
import { lawfulPart } from './laws.js';
import type { FaultSpace } from './space.js';

/**
 * A random scenario within the bounds.
 * @param percent about so many of the faults of each kind that has no limit; of others any number up to it
 * @param below a random integer from 0 to below a bound
 */
export function randomScenario(space: FaultSpace, percent: number, below: (n: number) => number): Scenario {
  const { faults, bounds } = space;
  const chosen = kinds().flatMap((kind) => {
    const [possible, most] = [ofKind(faults, kind), kind.most?.(bounds)];
    if (possible.length === 0) return [];
    if (most === undefined) return possible.filter(() => below(100) < percent);
    const some = Array.from({ length: below(most + 1) }, () => possible[below(possible.length)] ?? []);
    return lawfulPart(some.flat(), bounds);
  });
  return space.lawful(lawfulPart(chosen, bounds));
}

/**
 * Per kind of which there are faults, a scenario of that kind alone to which no further fault of it can be added; the
 * earliest faults first.
 */
export const heaviestScenarios = (space: FaultSpace): Scenario[] =>
  kinds()
    .map((kind) => space.lawful(lawfulPart(ofKind(space.faults, kind), space.bounds)))
    .filter((scenario) => scenario.length > 0);
