/**
 * What the merges of Bloom mean: random programs, run by the simulator from their translation, and by an interpreter
 * that goes through timesteps and knows nothing of rules.
 */
import { expect, test } from 'vitest';
import { translate } from '../../src/bloom/translate/program.js';
import { prng } from '../../src/core/prng.js';
import type { Bounds } from '../../src/faults/fault.js';
import { randomScenario } from '../../src/faults/sampling.js';
import { DedalusSystem } from '../../src/lineage/ground/system.js';
import { runBloom } from '../reference/bloom.js';
import { rowKey } from '../reference/values.js';
import { enough, sized } from '../size.js';
import { randomBloom } from './random-bloom.js';

const EOT = 5;

test('a random program has the same rows by its rules as by its timesteps', () => {
  const merged = new Map<string, number>();
  let facts = 0;
  let run = 0;
  for (let seed = 0; run < sized(1000, 50); seed++) {
    const bloom = randomBloom(seed);
    const { program, diagnostics } = translate(bloom, [{ path: 'random.ts', text: '' }]);
    if (!program) {
      // All that random statements can do wrong.
      const errors = diagnostics.filter(({ severity }) => severity === 'error').map(({ code }) => code);
      expect([...new Set(errors)]).toEqual(['not-stratified']);
      continue;
    }
    run++;
    const bounds: Bounds = { eot: EOT, eff: 4, crashes: 0, delay: seed % 3, dup: seed % 2, nodes: bloom.nodes };
    const system = new DedalusSystem(program, bounds);
    const scenario = randomScenario(system.space, 15, prng(seed + 1));
    const found = system.simulate(scenario);
    const expected = runBloom(bloom, EOT, scenario);
    for (let tick = 1; tick <= EOT; tick++)
      for (const { name } of bloom.collections) {
        const rows = (expected[tick]?.get(name) ?? []).map(rowKey).sort();
        expect(found.rows(name, tick).map(rowKey).sort(), `seed ${seed}, ${name} at tick ${tick}`).toEqual(rows);
        facts += rows.length;
      }
    for (const { merge } of bloom.statements) merged.set(merge, (merged.get(merge) ?? 0) + 1);
  }
  for (const merge of ['now', 'next', 'async', 'delete', 'upsert'])
    expect(merged.get(merge) ?? 0, merge).toBeGreaterThan(enough(300));
  expect(facts).toBeGreaterThan(enough(20_000));
});
