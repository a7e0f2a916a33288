/**
 * Order of signed numbers, compared with the engine's own sorting.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sortSigned } from '../../src/core/signed.js';

test('short and long lists are sorted by size, the positive one first', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -20, max: 20 }), { maxLength: 40 }), (items) => {
      const sorted = items.toSorted((a, b) => Math.abs(a) - Math.abs(b) || b - a);
      expect(sortSigned([...items]).map(String)).toEqual(sorted.map(String));
    }),
    { seed: 1, numRuns: 500 },
  );
});
