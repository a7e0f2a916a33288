/**
 * Brute force over protocols: which subset-minimal scenarios within the bounds are violated, by running them on the
 * naive simulator.
 *
 * `everyScenario` runs all admissible scenarios and compares all violated ones. `minimalOnly` grows scenarios fault by
 * fault and skips what cannot be minimal, for the reasons given at the head of ../brute-force.ts, which ask nothing of
 * a run but that an omission of tick k changes nothing before tick k + 1. Both must agree; the first is for small
 * bounds, the second for wider ones.
 */
import type { Bounds, Fault, Omission, Scenario } from '../../../src/faults/fault.js';
import {
  allScenarios,
  crashSets,
  isRedundant,
  isSubset,
  omissions,
  orderFaults,
  orderScenarios,
  scenarioCount,
} from '../scenarios.js';
import type { NaiveRun } from './naive.js';

export interface BruteForce {
  /** Ordered by `orderScenarios`. */
  readonly minimal: readonly Scenario[];
  readonly failureFree: NaiveRun;
  readonly runs: number;
}

type Runner = (scenario: Scenario) => NaiveRun;

/** By running every scenario if there are at most `every`, otherwise by growing them; undefined beyond `most` runs. */
export function bruteForce(run: Runner, bounds: Bounds, every = 130, most = 1_000): BruteForce | undefined {
  return scenarioCount(bounds) <= every ? everyScenario(run, bounds) : minimalOnly(run, bounds, most);
}

export function everyScenario(run: Runner, bounds: Bounds): BruteForce {
  const scenarios = allScenarios(bounds);
  const violated = scenarios.filter((scenario) => run(scenario).outcome === 'violated');
  const minimal: Scenario[] = [];
  for (const scenario of violated) if (!minimal.some((small) => isSubset(small, scenario))) minimal.push(scenario);
  return { minimal, failureFree: run([]), runs: scenarios.length };
}

/** A scenario to run; only omissions from `next` on may be added to it. */
interface Candidate {
  readonly crashes: readonly Fault[];
  readonly omitted: readonly Omission[];
  readonly next: number;
}

export function minimalOnly(run: Runner, bounds: Bounds, most: number): BruteForce | undefined {
  const slots = omissions(bounds);
  const minimal: Scenario[] = [];
  const levels: Candidate[][] = [];
  const push = (candidate: Candidate): void => {
    const size = candidate.crashes.length + candidate.omitted.length;
    while (levels.length <= size) levels.push([]);
    levels[size]?.push(candidate);
  };
  for (const crashes of crashSets(bounds)) push({ crashes, omitted: [], next: 0 });
  let runs = 0;
  for (let size = 0; size < levels.length; size++) {
    for (const candidate of levels[size] ?? []) {
      const scenario = [...candidate.crashes, ...candidate.omitted].sort(orderFaults);
      if (minimal.some((it) => isSubset(it, scenario))) continue;
      if (++runs > most) return undefined;
      const result = run(scenario);
      if (result.outcome === 'violated') minimal.push(scenario);
      else for (const longer of grown(candidate, result, slots)) push(longer);
    }
  }
  return { minimal: minimal.sort(orderScenarios), failureFree: run([]), runs };
}

/** The candidate with one more omission whose slot carries a message in its run. */
function grown({ crashes, omitted, next }: Candidate, run: NaiveRun, slots: readonly Omission[]): Candidate[] {
  const longer: Candidate[] = [];
  for (let index = next; index < slots.length; index++) {
    const slot = slots[index] as Omission;
    const used = run.messages.some((it) => it.from === slot.from && it.to === slot.to && it.sent === slot.tick);
    if (!used || isRedundant(slot, crashes)) continue;
    longer.push({ crashes, omitted: [...omitted, slot], next: index + 1 });
  }
  return longer;
}
