/**
 * What a Bloom program means: its facts, tick by tick, are those of a Dedalus program written by hand, whatever comes in
 * and whatever fails; in the simulator, and in the naive evaluator.
 */
import { describe, expect, test } from 'vitest';
import { prng } from '../../src/core/prng.js';
import type { Program } from '../../src/dedalus/program.js';
import type { Bounds, Scenario } from '../../src/faults/fault.js';
import { randomScenario } from '../../src/faults/sampling.js';
import { DedalusSystem } from '../../src/lineage/ground/system.js';
import { naiveRun } from '../reference/naive.js';
import { isWhole, sized } from '../size.js';
import { MIXES, pairs, programOf, randomFacts, twinProgram } from './twins.js';

const EOT = 6;

/** Of each program. */
const SCHEDULES = sized(isWhole ? 300 : 160);

const all = await pairs();

/** The facts of some relations by tick, as text. */
function factsOf(system: DedalusSystem, scenario: Scenario, relations: readonly string[]): string[] {
  const run = system.simulate(scenario);
  return Array.from({ length: EOT }, (_, i) => i + 1).flatMap((tick) =>
    relations.flatMap((name) => run.rows(name, tick).map((row) => `${name} ${JSON.stringify(row)} @${tick}`)),
  );
}

function naiveFactsOf(program: Program, bounds: Bounds, scenario: Scenario, relations: readonly string[]): string[] {
  const { ticks } = naiveRun(program, bounds, scenario);
  return ticks
    .slice(1)
    .flatMap((rows, i) =>
      relations.flatMap((name) => (rows.get(name) ?? []).map((row) => `${name} ${JSON.stringify(row)} @${i + 1}`)),
    );
}

describe('a program in Bloom and its twin in Dedalus', () => {
  test.each(all)('have the same facts: $name', (pair) => {
    const { bloom } = pair;
    const relations = [...twinProgram(pair, bloom.facts).relations.keys()].sort();
    expect(relations.filter((name) => !programOf(bloom).relations.has(name))).toEqual([]);
    let facts = 0;
    for (let seed = 0; seed < SCHEDULES; seed++) {
      const given = randomFacts(bloom, seed);
      const program = programOf({ ...bloom, facts: given });
      const bounds: Bounds = { eot: EOT, eff: 5, crashes: 1, nodes: bloom.nodes, ...MIXES[seed % MIXES.length] };
      const system = new DedalusSystem(program, bounds);
      const scenario = randomScenario(system.space, 15, prng(seed + 1));
      const found = factsOf(system, scenario, relations);
      const twin = new DedalusSystem(twinProgram(pair, given), bounds);
      expect(found, `seed ${seed}`).toEqual(factsOf(twin, scenario, relations));
      // It takes its time.
      if (isWhole || seed % 5 === 0)
        expect(found, `seed ${seed}, naively`).toEqual(naiveFactsOf(program, bounds, scenario, relations));
      facts += found.length;
    }
    expect(facts).toBeGreaterThan(10 * SCHEDULES);
  });
});
