/** The closed forms, against the figures of the paper and against enumeration. */
import { expect, test } from 'vitest';
import { asNumber, complement, goesBack, isStrict, missed, stale } from '../../src/staleness/quorum.js';

const within = (n: number, r: number, w: number, versions: number): string =>
  asNumber(complement(stale({ n, r, w }, versions))).toFixed(4);

test('the figures of Bailis et al. (VLDB 2012), §3.1', () => {
  expect([1, 2, 3].map((versions) => within(3, 1, 1, versions))).toEqual(['0.3333', '0.5556', '0.7037']);
  for (const [r, w] of [
    [1, 2],
    [2, 1],
  ] as const)
    expect([1, 2].map((versions) => within(3, r, w, versions))).toEqual(['0.6667', '0.8889']);
  expect(asNumber(missed({ n: 100, r: 30, w: 30 })).toPrecision(5)).toBe('0.0000018843');
  expect(within(2, 1, 1, 1)).toBe('0.5000');
});

test('fractions are exact, in lowest terms, and as numbers right to the last digit', () => {
  expect(stale({ n: 3, r: 1, w: 1 }, 3)).toEqual({ numerator: 8n, denominator: 27n });
  expect(asNumber({ numerator: 1n, denominator: 3n })).toBe(1 / 3);
  expect(asNumber({ numerator: 10n ** 400n, denominator: 3n * 10n ** 400n })).toBe(1 / 3);
  expect(asNumber(stale({ n: 100, r: 30, w: 30 }, 100))).toBe(0);
  const small = asNumber(stale({ n: 100, r: 30, w: 30 }, 20));
  expect(small / asNumber(missed({ n: 100, r: 30, w: 30 })) ** 20).toBeCloseTo(1, 13);
});

test('a read that is never stale does not go back, and the more is written the less it does', () => {
  expect(goesBack({ n: 3, r: 2, w: 2 }, 0)).toBe(0);
  expect(goesBack({ n: 3, r: 1, w: 1 }, 0)).toBeCloseTo(2 / 3, 15);
  expect(goesBack({ n: 3, r: 1, w: 1 }, 1)).toBeCloseTo(4 / 9, 15);
  expect(goesBack({ n: 3, r: 1, w: 1 }, 0.5)).toBeCloseTo((2 / 3) ** 1.5, 15);
});

test('every quorum of up to 6 replicas, counted', () => {
  const bits = (set: number): number => [...set.toString(2)].filter((bit) => bit === '1').length;
  for (let n = 1; n <= 6; n++)
    for (let r = 1; r <= n; r++)
      for (let w = 1; w <= n; w++) {
        const readers = Array.from({ length: 2 ** n }, (_, set) => set).filter((set) => bits(set) === r);
        const written = 2 ** w - 1;
        const misses = readers.filter((set) => (set & written) === 0).length;
        expect(asNumber(missed({ n, r, w }))).toBeCloseTo(misses / readers.length, 14);
        expect(isStrict({ n, r, w })).toBe(misses === 0);
      }
});
