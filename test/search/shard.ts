/**
 * A thousand random programs at size 1, in shards that run side by side.
 */
import { expect, it } from 'vitest';
import { agree, compareScenarios, compareSets } from '../reference/compare.js';
import { randomSpec } from '../reference/random-program.js';
import { sized } from '../size.js';

const SHARDS = 4;
const PROGRAMS = sized(1_000, 100);
/** Every how many programs all scenarios are compared one by one as well. */
const EVERY = 25;

/**
 * Declares the tests of one shard. A mismatch says its seed: `npm run fuzz -- --runs 1 --seed S --every 1` shrinks it.
 */
export function shard(number: number): void {
  it(`random programs, shard ${number} of ${SHARDS}: total lineage, run lineage and brute force agree`, async () => {
    const wrong: unknown[] = [];
    let compared = 0;
    for (let seed = number; seed < PROGRAMS; seed += SHARDS) {
      const comparison = await compareSets(randomSpec(seed));
      if (!comparison) continue;
      compared++;
      if (!agree(comparison)) wrong.push({ seed, ...comparison });
    }
    expect(wrong).toEqual([]);
    expect(compared).toBeGreaterThan((PROGRAMS / SHARDS) * 0.95);
  }, 900_000);

  it(`random programs, shard ${number} of ${SHARDS}: facts, messages, outcomes and lineage agree scenario by scenario`, async () => {
    const wrong: unknown[] = [];
    for (let seed = number; seed < PROGRAMS; seed += SHARDS * EVERY) {
      const difference = await compareScenarios(randomSpec(seed), 150);
      if (difference) wrong.push({ seed, difference });
      const byReference = await compareScenarios(randomSpec(seed), 60, 'reference');
      if (byReference) wrong.push({ seed, invariant: 'reference', difference: byReference });
    }
    expect(wrong).toEqual([]);
  }, 900_000);
}
