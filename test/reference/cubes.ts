/**
 * The two worlds of the certificate checker against brute force: what is certain in a cube is so in each of its
 * scenarios, an empty cube has none, and a cube of one scenario is as its run is.
 */
import { prng } from '../../src/core/prng.js';
import { atOnce } from '../../src/core/work.js';
import type { Program } from '../../src/dedalus/program.js';
import { Cube } from '../../src/faults/cubes/cube.js';
import type { Bounds, Scenario } from '../../src/faults/fault.js';
import { formatScenario } from '../../src/faults/scenario.js';
import { Worlds } from '../../src/verify/worlds.js';
import { everyScenario } from './all-kinds.js';
import { naiveRun } from './naive.js';

export interface CubesCompared {
  readonly scenarios: number;
  /** Cubes in which the promise is kept for certain, and those of them with more than one scenario. */
  readonly kept: number;
  readonly wide: number;
  readonly mismatches: readonly string[];
}

/** Undefined if there are more scenarios than `most`. */
export function compareCubes(program: Program, bounds: Bounds, seed: number, most = 400): CubesCompared | undefined {
  const scenarios: Scenario[] = [];
  for (const scenario of everyScenario(bounds, bounds.maxCost ?? 1_000)) {
    if (scenarios.length >= most) return undefined;
    scenarios.push(scenario);
  }
  const worlds = new Worlds(program, bounds);
  const { scope } = worlds;
  const cases = scenarios.map((scenario) => ({
    scenario,
    values: scope.values(scenario) ?? new Map<number, boolean>(),
    isViolated: naiveRun(program, bounds, scenario).outcome.kind === 'violated',
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
    const isKept = atOnce(worlds.keeps(cube));
    const broken = members.filter(({ isViolated }) => isViolated);
    if (isKept && broken.length > 0)
      mismatches.push(`not kept in ${formatScenario(broken[0]?.scenario ?? [])} of ${names}`);
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
