/**
 * What is found does not depend on how many experiments run at once, nor on which of them ends first.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { prng } from '../../src/core/prng.js';
import type { LiveSystem } from '../../src/experiments/experiment.js';
import { keyOf } from '../../src/experiments/fault-sets.js';
import { searchLive } from '../../src/experiments/search.js';

const CALLS = ['a', 'b', 'c', 'd', 'e'];

/** Calls that are all needed; the sets of `bad` break the promise. An experiment takes up to three milliseconds. */
function system(parallel: number, bad: readonly (readonly string[])[], seed: number) {
  const below = prng(seed);
  let running = 0;
  const seen = { most: 0 };
  const live: LiveSystem = {
    parallel,
    async run(faults) {
      seen.most = Math.max(seen.most, ++running);
      await sleep(below(4));
      running--;
      const isHit = (call: string): boolean => faults.some((fault) => fault.call === call);
      const isBad = bad.some((set) => set.every(isHit));
      return {
        ...{ faults, fired: faults, support: CALLS.filter((call) => !isHit(call)), problems: [] },
        calls: CALLS.map((id) => ({ id, parent: undefined, kinds: ['loss'] })),
        outcome: isBad ? { kind: 'bad', why: ['no'] } : { kind: 'good' },
      };
    },
  };
  return { live, seen };
}

test.each([[[['a']]], [[['a', 'b']]], [[['a'], ['b', 'c'], ['c', 'd', 'e']]], [[]]])(
  'with bad sets %j',
  async (bad) => {
    const expected = bad.map((set) => keyOf(set.map((call) => ({ call, kind: 'loss' })))).sort();
    for (const parallel of [1, 2, 4, 8])
      for (const seed of [1, 2, 3]) {
        const { live, seen } = system(parallel, bad, seed);
        const verdict = await searchLive(live, { reproductions: 4 });
        expect(verdict.counterexamples.map(({ faults }) => keyOf(faults)).sort()).toEqual(expected);
        expect(verdict).toMatchObject({ kind: bad.length > 0 ? 'counterexamples' : 'exact', reasons: [] });
        for (const { minimal, reproduced, attempts } of verdict.counterexamples)
          expect({ minimal, reproduced, attempts }).toEqual({ minimal: true, reproduced: 4, attempts: 4 });
        expect(seen.most).toBeLessThanOrEqual(parallel);
        if (parallel > 1) expect(seen.most).toBeGreaterThan(1);
      }
  },
);
