/**
 * How many scenarios are vacuous, against counting them: every scenario of random programs is run by the naive
 * evaluator.
 */
import { expect, it, test } from 'vitest';
import { FALSE, type Formula, TRUE } from '../../src/core/circuit.js';
import { scenarioCount } from '../../src/faults/count.js';
import type { Bounds } from '../../src/faults/fault.js';
import { canonical, formatScenario } from '../../src/faults/scenario.js';
import { FaultSpace } from '../../src/faults/space.js';
import { DedalusSystem } from '../../src/lineage/ground/system.js';
import { vacuousCount } from '../../src/risk/vacuous.js';
import { search } from '../../src/search/search.js';
import { everyFault, everyScenario } from '../reference/all-kinds.js';
import { PROGRAM_MIXES } from '../reference/compare-kinds.js';
import { naiveRun } from '../reference/naive.js';
import { randomSpec } from '../reference/random-program.js';
import { load } from '../reference/testing.js';

const SEEDS = Array.from({ length: 14 }, (_, i) => 71_000 + i);

/** The bounds of a mix, few faults together where there would be too many scenarios. */
function smallBounds(usual: Bounds, mix: Partial<Bounds>): Bounds {
  const bounds = { ...usual, ...mix };
  const { length } = everyFault(bounds);
  return length <= 8 ? bounds : { ...bounds, maxCost: length <= 18 ? 2 : 1 };
}

async function promisesOf(system: DedalusSystem): Promise<Formula | undefined> {
  for await (const event of search(system)) if (event.kind === 'lineage') return event.promises;
  return undefined;
}

test.each(Object.entries({ usual: {}, ...PROGRAM_MIXES }))('random programs, %s', async (_, mix) => {
  let some = 0;
  for (const seed of SEEDS) {
    const spec = randomSpec(seed);
    const program = load(spec.text);
    const bounds = smallBounds(spec.bounds, mix);
    const system = new DedalusSystem(program, bounds);
    const promises = await promisesOf(system);
    if (promises === undefined) continue;
    const vacuous = new Set<string>();
    const all = new Set<string>();
    for (const scenario of everyScenario(bounds, bounds.maxCost ?? everyFault(bounds).length)) {
      const name = formatScenario(canonical(scenario));
      if (all.has(name) || canonical(scenario).length < scenario.length) continue;
      all.add(name);
      if (naiveRun(program, bounds, scenario).outcome.kind === 'vacuous') vacuous.add(name);
    }
    expect([seed, await vacuousCount(system.space, promises)]).toEqual([seed, BigInt(vacuous.size)]);
    expect([seed, await vacuousCount(system.space, FALSE)]).toEqual([seed, BigInt(all.size)]);
    if (vacuous.size > 0 && vacuous.size < all.size) some++;
  }
  expect(some).toBeGreaterThan(2);
});

it('counts all scenarios where nothing is promised, as many as there are', async () => {
  const bounds: Bounds = { eot: 6, eff: 4, crashes: 1, nodes: ['a', 'b', 'c'] };
  expect(await vacuousCount(new FaultSpace(bounds), FALSE)).toBe(scenarioCount(bounds));
});

it('gives up where that takes long', async () => {
  const bounds: Bounds = { eot: 50, eff: 40, crashes: 1, nodes: ['a', 'b', 'c', 'd'] };
  const space = new FaultSpace(bounds);
  expect(await vacuousCount(space, FALSE)).toBeUndefined();
  expect(await vacuousCount(space, TRUE)).toBe(0n);
});
