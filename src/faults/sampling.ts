/**
 * Scenarios that are picked rather than searched for: random ones, and those with as many faults of a kind as the bounds admit.
 */
import type { Fault, Scenario } from './fault.js';
import { kinds } from './kinds.js';
import { canonical, jointProblems, ofKind } from './scenario.js';
import type { FaultSpace } from './space.js';

/**
 * A random scenario within the bounds.
 * @param percent about so many of the faults of each kind, where its limits let that be
 * @param below a random integer from 0 to below a bound
 */
export const randomScenario = ({ faults, bounds }: FaultSpace, percent: number, below: (n: number) => number) =>
  canonical(kinds().flatMap((kind) => kind.sample(ofKind(faults, kind), bounds, percent, below)) as Fault[]);

/** Per kind, a scenario of that kind alone to which no further fault of it can be added; the earliest faults first. */
export const heaviestScenarios = ({ faults, bounds }: FaultSpace): Scenario[] =>
  kinds().map((kind) => {
    const most = kind.most?.(bounds);
    const chosen: Fault[] = [];
    for (const fault of ofKind(faults, kind)) {
      if (chosen.length === most) break;
      if (jointProblems([...chosen, fault], bounds).length === 0) chosen.push(fault);
    }
    return canonical(chosen);
  });
