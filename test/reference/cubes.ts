/**
 * The checker of certificates against brute force: what it calls kept in a cube is so in each of its scenarios, an empty
 * cube has none, and of a cube with one scenario it tells what becomes of that.
 */
import { prng } from '../../src/core/prng.js';
import { atOnce } from '../../src/core/work.js';
import { Cube } from '../../src/faults/cubes/cube.js';
import type { Bounds, Scenario } from '../../src/faults/fault.js';
import { formatScenario } from '../../src/faults/scenario.js';
import type { Verifier } from '../../src/verify/tree.js';
import { everyScenario } from './all-kinds.js';

export interface CubesCompared {
  readonly scenarios: number;
  /** Cubes in which the promise is kept for certain, and those of them with more than one scenario. */
  readonly kept: number;
  readonly wide: number;
  readonly mismatches: readonly string[];
}

/** All scenarios within the bounds; undefined if there are more than `most`. */
export function allWithin(bounds: Bounds, most: number): Scenario[] | undefined {
  const scenarios: Scenario[] = [];
  for (const scenario of everyScenario(bounds, bounds.maxCost ?? 1_000)) {
    if (scenarios.length >= most) return undefined;
    scenarios.push(scenario);
  }
  return scenarios;
}

/** @param isViolated whether a scenario breaks the promise, by brute force */
export function compareCubes(
  verifier: Verifier,
  scenarios: readonly Scenario[],
  isViolated: (scenario: Scenario) => boolean,
  seed: number,
): CubesCompared {
  const { scope } = verifier;
  const cases = scenarios.map((scenario) => ({
    scenario,
    values: scope.values(scenario) ?? new Map<number, boolean>(),
    isViolated: isViolated(scenario),
  }));
  const mismatches: string[] = [];
  const random = prng(seed);
  let [kept, wide] = [0, 0];
  const tryCube = (values: ReadonlyMap<number, boolean>, isOne: boolean): void => {
    const cube = new Cube(scope, values);
    const members = cases.filter((it) => [...values].every(([variable, value]) => it.values.get(variable) === value));
    const names = members.map(({ scenario }) => formatScenario(scenario)).join(' ');
    if (cube.isEmpty) {
      if (members.length > 0) mismatches.push(`not empty: ${names}`);
      return;
    }
    const isKept = atOnce(verifier.keeps(cube));
    const broken = members.filter((member) => member.isViolated);
    if (isKept && broken.length > 0) mismatches.push(`${formatScenario(broken[0]?.scenario ?? [])} breaks ${names}`);
    if (isOne && isKept === broken.length > 0) mismatches.push(`${isKept ? 'kept' : 'not kept'}: ${names}`);
    if (!isKept) return;
    kept++;
    if (members.length > 1) wide++;
  };
  tryCube(new Map(), false);
  for (const { values } of cases) {
    tryCube(values, true);
    const share = 1 + random(6);
    tryCube(new Map([...values].filter(() => random(8) < share)), false);
  }
  return { scenarios: scenarios.length, kept, wide, mismatches };
}
