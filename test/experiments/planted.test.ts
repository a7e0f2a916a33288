/**
 * Services with planted failure sets: all are found with few experiments.
 */
import { expect, test } from 'vitest';
import { searchLive } from '../../src/experiments/search.js';
import { plant } from './planted.js';

test('all planted sets of 100 services are found, with at most 200 experiments each', async () => {
  const sizes = new Set<number>();
  for (let seed = 1; seed <= 100; seed++) {
    const { sets, system } = plant(seed);
    const verdict = await searchLive(system, { maxFaults: 3, maxRuns: 200 });
    const found = verdict.counterexamples.map(({ faults }) => faults.map(({ call }) => call).sort());
    expect({ seed, found: found.sort() }).toEqual({ seed, found: [...sets].sort() });
    expect(verdict.counterexamples.every(({ reproduced, minimal }) => reproduced === 3 && minimal)).toBe(true);
    expect(verdict.experiments).toBeLessThanOrEqual(200);
    for (const { length } of sets) sizes.add(length);
  }
  expect([...sizes].sort()).toEqual([1, 2, 3]);
});
