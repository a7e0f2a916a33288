/**
 * All kinds of faults against brute force: 300 random programs at size 1, each under three of four mixes of kinds. Random
 * protocols have files of their own (`protocol/`).
 */
import { describe, expect, it } from 'vitest';
import { scenarioCount } from '../../src/faults/count.js';
import type { Bounds } from '../../src/faults/fault.js';
import { canonical, formatScenario } from '../../src/faults/scenario.js';
import { enough, firstOf, sized } from '../size.js';
import { everyScenario } from './all-kinds.js';
import { compareProgram, compareRelays, type KindsComparison, PROGRAM_MIXES } from './compare-kinds.js';

const PART = sized(50, 2);
const FIRST = 20_000;

const parts = firstOf(
  Array.from({ length: 6 }, (_, i) => FIRST + i * 50),
  3,
);

describe.each(Object.keys(PROGRAM_MIXES))('random programs under %s', (mix) => {
  it.each(parts)('%i and the next ones', async (first) => {
    let broken = 0;
    const wrong: (KindsComparison & { seed: number })[] = [];
    for (let seed = first; seed < first + PART; seed++) {
      // Three in four.
      if ((seed + Object.keys(PROGRAM_MIXES).indexOf(mix)) % 4 === 0) continue;
      const comparison = await compareProgram(seed, mix);
      if (comparison?.wanted) broken++;
      if (comparison && Object.keys(comparison.differ).length > 0) wrong.push({ seed, ...comparison });
    }
    expect(wrong).toEqual([]);
    expect(broken).toBeGreaterThanOrEqual(enough(1));
  });
});

describe('random programs in which messages have fates of their own', () => {
  it.each([0, 1, 2, 3].map((part) => 1 + part * 40))('%i and the next ones', async (first) => {
    let second = 0;
    const wrong: (KindsComparison & { seed: number })[] = [];
    for (let seed = first; seed < first + sized(40, 3); seed++) {
      const comparison = await compareRelays(seed);
      if (comparison?.wanted.includes('#2')) second++;
      if (comparison && Object.keys(comparison.differ).length > 0) wrong.push({ seed, ...comparison });
    }
    expect(wrong).toEqual([]);
    expect(second).toBeGreaterThanOrEqual(enough(6));
  });
});

describe('how many scenarios there are', () => {
  const of = (more: Partial<Bounds>): Bounds => ({ eot: 3, eff: 3, crashes: 0, nodes: ['a', 'b'], ...more });
  const cases: Bounds[] = [
    of({ omissions: 0, partitions: 1, oneWay: 1 }),
    of({ partitions: 1 }),
    of({ partitions: 2, maxCost: 3 }),
    of({ restarts: 1, maxCost: 3 }),
    of({ restarts: 2, crashes: 1, maxCost: 3 }),
    of({ skews: 1, maxCost: 2 }),
    of({ eot: 5, eff: 5, omissions: 0, skews: 3, maxCost: 3 }),
    of({ omissions: 0, orders: 2 }),
    of({ omissions: 0, orders: 2, orderable: ['b'], reliable: ['b'] }),
    of({ delay: 1, dup: 1, maxCost: 3 }),
    of({ delay: 2, halts: 1, crashes: 1, maxCost: 3 }),
    of({ nodes: ['a', 'b', 'c'], eff: 2, partitions: 1, oneWay: 1, restarts: 1, maxCost: 3 }),
    of({ crashes: 2, crashable: ['b'] }),
    of({ perMessage: 2, crashes: 1, maxCost: 3 }),
    of({ perMessage: 3, omissions: 1, delay: 1, dup: 1, maxCost: 3 }),
    of({ crashes: 1, crashable: [], restarts: 1, restartable: ['a'], maxCost: 3 }),
    of({ halts: 1, haltable: ['a'], skews: 2, skewable: ['b'], reliable: ['a>b'], maxCost: 3 }),
    of({ nodes: ['a', 'b', 'c', 'd'], omissions: 1, partitions: 2, oneWay: 1, groups: { x: ['a', 'c'], y: ['b'] } }),
    of({
      nodes: ['a', 'b', 'c', 'd', 'e', 'f', 'g'],
      omissions: 0,
      partitions: 2,
      groups: { x: ['a', 'g'], y: ['b', 'c', 'd'], z: ['f'] },
    }),
  ];
  it.each(cases)('%o', (bounds) => {
    const all = new Set<string>();
    for (const scenario of everyScenario(bounds, bounds.maxCost ?? 6))
      if (canonical(scenario).length === scenario.length) all.add(formatScenario(canonical(scenario)));
    expect(scenarioCount(bounds)).toBe(BigInt(all.size));
  });
});
