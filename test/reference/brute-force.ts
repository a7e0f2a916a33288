/**
 * The brute-force search: which subset-minimal scenarios within the bounds are violated, by running them.
 *
 * Without pruning it runs every canonical scenario and compares all violated ones. With pruning (the default) it grows
 * scenarios fault by fault, size by size, and skips what cannot be minimal. Why that loses nothing:
 *
 * 1. Removing a fault from a canonical scenario leaves it canonical, so 'minimal' speaks of admissible scenarios only.
 * 2. Write a minimal violated scenario S as its crashes, then its omissions o1, o2, … in order of tick. An omission of
 *    tick k changes nothing before tick k + 1, so the run of S and the run of a prefix P = (crashes, o1 … oi) send
 *    the same messages up to and at the tick of o(i+1). If no message were in the slot of o(i+1) in the run of P, there
 *    would be none in the run of S, S without o(i+1) would give the same run, and S would not be minimal.
 *    (That is why crashes come first: `crash` facts may matter at every tick.) So from P it is enough to add omissions
 *    that come after oi and whose slot carries a message in the run of P.
 * 3. If P is violated or a superset of a violated scenario, so is everything grown from it, and none of it is minimal
 *    (but P itself in the first case). Sizes are taken in ascending order, so a violated scenario that is no superset
 *    of a smaller counterexample is minimal.
 */
import type { Program } from '../../src/dedalus/program.js';
import type { Bounds, Fault, Omission, Scenario } from '../../src/faults/fault.js';
import { type NaiveOutcome, type NaiveRun, naiveRun, postRows, referenceOutcome } from './naive.js';
import {
  allScenarios,
  crashSets,
  isRedundant,
  isSubset,
  omissions,
  orderFaults,
  orderScenarios,
  scenarioCount,
} from './scenarios.js';

export interface BruteForceOptions {
  /** Give up (undefined) rather than run more scenarios than this. */
  readonly maxRuns?: number | undefined;
  /** Skip scenarios that cannot be minimal; on by default. */
  readonly prune?: boolean | undefined;
  readonly invariant?: 'strict' | 'reference' | undefined;
}

export interface BruteForceResult {
  /** The subset-minimal violated scenarios, by `orderScenarios`; each is sorted by `orderFaults`. */
  readonly minimal: readonly Scenario[];
  readonly failureFree: NaiveOutcome;
  /** Whether some scenario that was run promises anything. Where none is violated, all that differ were run. */
  readonly promises: boolean;
  /** How many scenarios were run. */
  readonly runs: number;
}

/** The outcome of one scenario. */
export interface ScenarioOutcome {
  readonly scenario: Scenario;
  readonly outcome: NaiveOutcome;
}

/** All subset-minimal violated scenarios within the bounds, or undefined if that takes more than `maxRuns` runs. */
export function bruteForce(
  program: Program,
  bounds: Bounds,
  options: BruteForceOptions = {},
): BruteForceResult | undefined {
  if (options.prune === false) return exhaustive(program, bounds, options);
  return pruned(program, bounds, options);
}

/** The outcome of every canonical scenario, smaller first; undefined if there are more than `maxRuns`. */
export function allOutcomes(
  program: Program,
  bounds: Bounds,
  options: BruteForceOptions = {},
): ScenarioOutcome[] | undefined {
  if (scenarioCount(bounds) > (options.maxRuns ?? Number.POSITIVE_INFINITY)) return undefined;
  const judge = judgeOf(program, bounds, options);
  return allScenarios(bounds).map((scenario) => ({ scenario, outcome: judge(naiveRun(program, bounds, scenario)) }));
}

function judgeOf(program: Program, bounds: Bounds, options: BruteForceOptions): (run: NaiveRun) => NaiveOutcome {
  if (options.invariant !== 'reference') return (run) => run.outcome;
  const expected = postRows(naiveRun(program, bounds, []));
  return (run) => referenceOutcome(run, expected);
}

function exhaustive(program: Program, bounds: Bounds, options: BruteForceOptions): BruteForceResult | undefined {
  const outcomes = allOutcomes(program, bounds, options);
  if (outcomes === undefined) return undefined;
  const violated = outcomes.filter((it) => it.outcome.kind === 'violated').map((it) => it.scenario);
  const minimal = violated.filter(
    (large) => !violated.some((small) => small.length < large.length && isSubset(small, large)),
  );
  const promises = outcomes.some((it) => it.outcome.kind !== 'vacuous');
  return { minimal, failureFree: (outcomes[0] as ScenarioOutcome).outcome, promises, runs: outcomes.length };
}

/** A scenario to run, as crashes and omissions in order; only omissions from `next` on may be added to it. */
interface Candidate {
  readonly crashes: readonly Fault[];
  readonly omitted: readonly Omission[];
  readonly next: number;
}

function pruned(program: Program, bounds: Bounds, options: BruteForceOptions): BruteForceResult | undefined {
  const judge = judgeOf(program, bounds, options);
  const slots = omissions(bounds);
  const minimal: Scenario[] = [];
  let failureFree: NaiveOutcome | undefined;
  let promises = false;
  let runs = 0;
  const levels: Candidate[][] = [];
  const push = (candidate: Candidate): void => {
    const size = candidate.crashes.length + candidate.omitted.length;
    while (levels.length <= size) levels.push([]);
    (levels[size] as Candidate[]).push(candidate);
  };
  for (const crashes of crashSets(bounds)) push({ crashes, omitted: [], next: 0 });
  for (let size = 0; size < levels.length; size++) {
    for (const candidate of levels[size] as Candidate[]) {
      const scenario = [...candidate.crashes, ...candidate.omitted].sort(orderFaults);
      if (minimal.some((it) => isSubset(it, scenario))) continue;
      if (++runs > (options.maxRuns ?? Number.POSITIVE_INFINITY)) return undefined;
      const run = naiveRun(program, bounds, scenario);
      const outcome = judge(run);
      failureFree ??= outcome;
      if (outcome.kind !== 'vacuous') promises = true;
      if (outcome.kind === 'violated') minimal.push(scenario);
      else for (const longer of grown(candidate, run, slots)) push(longer);
    }
  }
  return { minimal: minimal.sort(orderScenarios), failureFree: failureFree as NaiveOutcome, promises, runs };
}

/** The candidate with one more omission whose slot carries a message in its run. */
function grown(candidate: Candidate, run: NaiveRun, slots: readonly Omission[]): Candidate[] {
  const used = new Set(run.messages.map((it) => slotKey(it.from, it.to, it.sent)));
  const longer: Candidate[] = [];
  for (let index = candidate.next; index < slots.length; index++) {
    const slot = slots[index] as Omission;
    if (!used.has(slotKey(slot.from, slot.to, slot.tick)) || isRedundant(slot, candidate.crashes)) continue;
    longer.push({ crashes: candidate.crashes, omitted: [...candidate.omitted, slot], next: index + 1 });
  }
  return longer;
}

function slotKey(from: string, to: string, tick: number): string {
  return JSON.stringify([from, to, tick]);
}
