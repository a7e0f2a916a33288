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

/** What brute force says of a scenario. */
export interface Told {
  readonly isViolated: boolean;
  /** What holds in it, as decisions name it; undefined where that is not looked at. */
  readonly facts?: ReadonlySet<string>;
}

export function compareCubes(
  verifier: Verifier,
  scenarios: readonly Scenario[],
  tell: (scenario: Scenario) => Told,
  seed: number,
): CubesCompared {
  const { scope } = verifier;
  const cases = scenarios.map((scenario) => ({
    scenario,
    values: scope.values(scenario) ?? new Map<number, boolean>(),
    ...tell(scenario),
  }));
  const known = [...new Set(cases.flatMap(({ facts = [] }) => [...facts]))].sort();
  const mismatches: string[] = [];
  const random = prng(seed);
  let [kept, wide] = [0, 0];
  const tryCube = (
    values: ReadonlyMap<number, boolean>,
    isOne: boolean,
    decided = new Map<string, boolean>(),
  ): void => {
    const cube = new Cube(scope, values);
    const members = cases.filter(
      ({ facts, ...it }) =>
        [...values].every(([variable, value]) => it.values.get(variable) === value) &&
        [...decided].every(([fact, holds]) => facts?.has(fact) === holds),
    );
    const names = members.map(({ scenario }) => formatScenario(scenario)).join(' ');
    if (cube.isEmpty) {
      if (members.length > 0) mismatches.push(`not empty: ${names}`);
      return;
    }
    const isKept = atOnce(verifier.keeps(cube, decided));
    const broken = members.filter((member) => member.isViolated);
    if (isKept && broken.length > 0) mismatches.push(`${formatScenario(broken[0]?.scenario ?? [])} breaks ${names}`);
    if (isOne && isKept === broken.length > 0) mismatches.push(`${isKept ? 'kept' : 'not kept'}: ${names}`);
    if (!isKept) return;
    kept++;
    if (members.length > 1) wide++;
  };
  tryCube(new Map(), false);
  for (const { values, facts } of cases) {
    tryCube(values, true);
    const share = 1 + random(6);
    const some = new Map([...values].filter(() => random(8) < share));
    tryCube(some, false);
    if (!facts || known.length === 0) continue;
    const chosen = Array.from({ length: 1 + random(3) }, () => known[random(known.length)] as string);
    tryCube(some, false, new Map(chosen.map((fact) => [fact, facts.has(fact)])));
    tryCube(some, false, new Map(chosen.map((fact) => [fact, random(2) === 0])));
  }
  return { scenarios: scenarios.length, kept, wide, mismatches };
}
