/**
 * All kinds of faults against brute force: 300 random protocols at size 1, each under three of four mixes of kinds. In two
 * halves, that two workers may share.
 */
import { describe, expect, it } from 'vitest';
import { enough, firstOf, sized } from '../../size.js';
import { compareProtocol, type KindsComparison, PROTOCOL_MIXES } from '../compare-kinds.js';

const FIRST = 30_000;
const PART = sized(25, 2);

const parts = firstOf(
  Array.from({ length: 12 }, (_, i) => FIRST + i * 25),
  2,
);

/** @param half 0 or 1 */
export function compareHalf(half: number): void {
  describe.each(Object.keys(PROTOCOL_MIXES))('random protocols under %s', (mix) => {
    let broken = 0;
    it.each(parts.filter((_, i) => i % 2 === half))('%i and the next ones', async (first) => {
      const wrong: (KindsComparison & { seed: number })[] = [];
      for (let seed = first; seed < first + PART; seed++) {
        // Three in four.
        if ((seed + Object.keys(PROTOCOL_MIXES).indexOf(mix)) % 4 === 0) continue;
        const comparison = await compareProtocol(seed, mix);
        if (comparison?.wanted) broken++;
        if (comparison && Object.keys(comparison.differ).length > 0) wrong.push({ seed, ...comparison });
      }
      expect(wrong).toEqual([]);
    });
    it('some of them break', () => {
      expect(broken).toBeGreaterThanOrEqual(enough(1));
    });
  });
}
