import fc from 'fast-check';
import { expect, test } from 'vitest';
import { combinations, scenarioCount } from '../../src/faults/count.js';
import type { Bounds } from '../../src/faults/fault.js';
import { admit, formatScenario } from '../../src/faults/scenario.js';
import { FaultSpace } from '../../src/faults/space.js';
import {
  boundsInWords,
  countInWords,
  faultInWords,
  plural,
  spaceInWords,
  witnessInWords,
} from '../../src/report/words.js';

const bounds = (n: number, eot: number, eff: number, crashes: number): Bounds => ({
  eot,
  eff,
  crashes,
  nodes: Array.from({ length: n }, (_, i) => `n${i}`),
});

test('sentences', () => {
  expect([0, 1, 2].map((n) => plural(n, 'run'))).toEqual(['0 runs', '1 run', '2 runs']);
  expect([1, 2].map((n) => plural(n, 'crash', 'crashes'))).toEqual(['1 crash', '2 crashes']);
  expect(faultInWords({ kind: 'omission', from: 'a', to: 'b', tick: 3 })).toBe('what a sends to b at tick 3 is lost');
  expect(faultInWords({ kind: 'crash', node: 'a', tick: 3 })).toBe('a crashes at tick 3');
  expect(witnessInWords(['a', 1], 5)).toBe('pre("a", 1) holds at tick 5, but post("a", 1) does not');
  expect(boundsInWords(bounds(2, 6, 3, 0))).toBe('eot 6, eff 3, no crashes, nodes n0 n1');
  expect(boundsInWords(bounds(9, 6, 3, 2))).toBe('eot 6, eff 3, at most 2 crashes, 9 nodes');
});

test('counts: exact while they are short, then two digits and the power of ten', () => {
  expect(countInWords(0n)).toBe('0');
  expect(countInWords(9_999_999n)).toBe('9999999');
  expect(countInWords(10_000_000n)).toBe('about 1.0·10^7');
  expect(countInWords(687_177_990_144n)).toBe('about 6.9·10^11');
  expect(countInWords(99_999_999n)).toBe('about 1.0·10^8');
  fc.assert(
    fc.property(fc.integer({ min: 7, max: 30_000 }), fc.integer({ min: 10, max: 99 }), (power, digits) => {
      const count = BigInt(digits) * 10n ** BigInt(power - 1) + 12_345n;
      const shown = /^about (\d)\.(\d)·10\^(\d+)$/.exec(countInWords(count));
      expect([Number(`${shown?.[1]}${shown?.[2]}`), Number(shown?.[3])]).toEqual([digits, power]);
    }),
    { numRuns: 50 },
  );
});

test('the size of the space is that of the list of all scenarios', () => {
  for (const [n, eot, eff, crashes] of [
    [1, 1, 0, 0],
    [1, 3, 2, 1],
    [2, 1, 3, 1],
    [2, 2, 2, 1],
    [2, 3, 2, 2],
    [2, 4, 3, 1],
    [2, 5, 1, 2],
    [3, 3, 2, 0],
    [3, 3, 2, 1],
    [2, 3, 9, 1],
    [2, 2, 2, 9],
  ] as const) {
    const these = bounds(n, eot, eff, crashes);
    const { faults } = new FaultSpace(these);
    const all = new Set<string>();
    for (let mask = 0; mask < 2 ** faults.length; mask++) {
      try {
        all.add(
          formatScenario(
            admit(
              faults.filter((_, i) => mask & (1 << i)),
              these,
            ),
          ),
        );
      } catch {
        // Outside the bounds.
      }
    }
    expect([these, scenarioCount(these)]).toEqual([these, BigInt(all.size)]);
  }
});

test('with as many crashes as the literature assumes, it counts no less', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 9 }), fc.nat(9), (n, eot, eff) => {
      expect(scenarioCount(bounds(n, eot, eff, 0))).toBeLessThanOrEqual(combinations(bounds(n, eot, eff, 0)));
    }),
  );
});

test('a space beyond counting is bounded from below, at once', () => {
  expect(spaceInWords(bounds(1, 5, 5, 0))).toBe('1 scenario');
  expect(spaceInWords(bounds(64, 1000, 1000, 64))).toBe('more than 10^1212539 scenarios');
  const nearly = bounds(64, 1000, 13, 64);
  expect(spaceInWords(nearly)).toMatch(/^about \d\.\d·10\^\d{5} scenarios$/);
});
