/**
 * Frontiers of random programs: each cell says what brute force says of its bounds, and what a search of its own does.
 */
import { expect, test } from 'vitest';
import type { Bounds } from '../../src/faults/fault.js';
import type { Axis } from '../../src/frontier/axes.js';
import { DedalusSystem } from '../../src/lineage/ground/system.js';
import { bruteForce } from '../reference/brute-force.js';
import { PROGRAM_MIXES } from '../reference/compare-kinds.js';
import { randomSpec } from '../reference/random-program.js';
import { load } from '../reference/testing.js';
import { enough, sized } from '../size.js';
import { cellsOf, forced, searched, sliceOf, upTo } from './support.js';

const USUAL: readonly Axis[] = [
  { name: 'eff', values: upTo(4) },
  { name: 'crashes', values: upTo(2) },
];

test('every cell is as by brute force, by total and by run lineage', async () => {
  const wrong: unknown[] = [];
  const seen = new Map<string, number>();
  for (let seed = 0; seed < sized(400, 8); seed++) {
    const { text, bounds } = randomSpec(seed);
    const program = load(text);
    const base: Bounds = { ...bounds, eff: Math.min(4, bounds.eot), crashes: 2 };
    const brute = bruteForce(program, base, { maxRuns: 1_000 });
    if (!brute) continue;
    for (const lineage of ['total', 'run'] as const) {
      const slice = await sliceOf(base, USUAL, (own) => new DedalusSystem(program, own, { lineage }));
      for (const { bounds: own, said, isSmallest } of cellsOf(slice, base)) {
        const wanted = forced(brute.minimal, brute.failureFree.kind, own);
        seen.set(said.verdict, (seen.get(said.verdict) ?? 0) + 1);
        if (JSON.stringify(said) !== JSON.stringify(wanted)) wrong.push({ seed, lineage, own, said, wanted });
        if (said.verdict === 'violated' && isSmallest !== true) wrong.push({ seed, lineage, own, isSmallest });
      }
    }
  }
  expect(wrong).toEqual([]);
  expect(seen.get('violated')).toBeGreaterThan(enough(600));
  expect(seen.get('holds')).toBeGreaterThan(enough(600));
}, 900_000);

test.each(Object.keys(PROGRAM_MIXES))(
  'every cell is as by a search of its own: %s',
  async (mix) => {
    const wrong: unknown[] = [];
    const verdicts = new Set<string>();
    for (let seed = 0; seed < sized(30, 2); seed++) {
      const { text, bounds } = randomSpec(seed);
      const program = load(text);
      const kinds = PROGRAM_MIXES[mix] ?? {};
      const base: Bounds = { ...bounds, eff: Math.min(3, bounds.eot), crashes: 1, ...kinds, maxCost: 2 };
      const strengths = Object.entries(kinds).filter(([name, value]) => typeof value === 'number' && !FIXED.has(name));
      const axes = [
        { name: 'eff', values: upTo(base.eff) },
        ...strengths.slice(0, 2).map(([name, value]) => ({ name, values: upTo(value as number) })),
      ] as Axis[];
      const slice = await sliceOf(base, axes, (own) => new DedalusSystem(program, own));
      for (const { bounds: own, said } of cellsOf(slice, base)) {
        const wanted = await searched(new DedalusSystem(program, own));
        verdicts.add(said.verdict);
        if (JSON.stringify(said) !== JSON.stringify(wanted)) wrong.push({ seed, own, said, wanted });
      }
    }
    expect(wrong).toEqual([]);
    expect(verdicts.size).toBeGreaterThan(1);
  },
  900_000,
);

/** What is no strength of a kind. */
const FIXED = new Set(['perMessage', 'maxCost']);

test('what does not fit is not settled, and what is settled is right', async () => {
  let [open, settled] = [0, 0];
  for (let seed = 0; seed < sized(60, 8); seed++) {
    const { text, bounds } = randomSpec(seed);
    const program = load(text);
    const base: Bounds = { ...bounds, eff: Math.min(4, bounds.eot), crashes: 2 };
    const brute = bruteForce(program, base, { maxRuns: 500 });
    if (!brute || brute.failureFree.kind === 'violated') continue;
    const slice = await sliceOf(base, USUAL, (own) => new DedalusSystem(program, own, { mostInstances: 60 }));
    for (const { bounds: own, said } of cellsOf(slice, base)) {
      if (said.verdict === 'inconclusive') open++;
      else {
        settled++;
        expect([seed, own, said.verdict]).toEqual([
          seed,
          own,
          forced(brute.minimal, brute.failureFree.kind, own).verdict,
        ]);
      }
    }
    const isOpen = slice.cells.some(({ verdict }) => verdict === 'inconclusive');
    expect([seed, slice.stopped]).toEqual([seed, isOpen ? 'limit' : undefined]);
  }
  expect(Math.min(open, settled)).toBeGreaterThan(enough(20));
}, 900_000);

test('without time nothing is guessed', async () => {
  const { text, bounds } = randomSpec(3);
  const program = load(text);
  const slice = await sliceOf(bounds, USUAL, (own) => new DedalusSystem(program, own), AbortSignal.abort());
  expect(new Set(slice.cells.map(({ verdict }) => verdict))).toEqual(new Set(['inconclusive']));
  expect(slice.stopped).toBe('aborted');
});
