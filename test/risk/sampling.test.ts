/**
 * The estimate against the exact probability, on seeds that never change: it lies within its own interval about as
 * often as it says.
 */
import { expect, it } from 'vitest';
import type { Bounds } from '../../src/faults/fault.js';
import { DedalusSystem } from '../../src/lineage/ground/system.js';
import { Estimator } from '../../src/risk/estimate.js';
import { defaultRates } from '../../src/risk/rates.js';
import { type Risk, risk } from '../../src/risk/risk.js';
import { randomSpec } from '../reference/random-program.js';
import { load } from '../reference/testing.js';
import { enough, sized } from '../size.js';
import { programFrom } from '../support.js';

type Sampled = Extract<Risk, { readonly method: 'sampling' }>;

const MIXES: Partial<Bounds>[] = [{}, { crashes: 1 }, { delay: 2, dup: 1 }, { restarts: 1, partitions: 1 }];

async function pair(seed: number, lineage: 'total' | 'run'): Promise<{ exact: number; sampled: Sampled }> {
  const spec = randomSpec(seed);
  const bounds: Bounds = { ...spec.bounds, ...MIXES[seed % MIXES.length], maxCost: 4 };
  const program = load(spec.text);
  const rates = defaultRates();
  const exact = await risk(new DedalusSystem(program, bounds, { lineage: 'total' }), { rates });
  const options = { rates, method: 'sampling', samples: 1_500, seed } as const;
  const sampled = await risk(new DedalusSystem(program, bounds, { lineage }), options);
  if (exact.method !== 'exact' || sampled.method !== 'sampling') throw new Error('the methods are those asked for');
  return { exact: exact.probability, sampled };
}

it.each(['total', 'run'] as const)('is within its interval, judged by %s lineage', async (lineage) => {
  const pairs: Awaited<ReturnType<typeof pair>>[] = [];
  for (let seed = 31_000; seed < 31_000 + sized(24, 8); seed++) pairs.push(await pair(seed, lineage));
  const rare = pairs.filter(({ exact }) => exact > 0 && exact < 0.1);
  expect(rare.length).toBeGreaterThanOrEqual(enough(10));
  const isInside = ({ exact, sampled: { interval } }: (typeof pairs)[number]): boolean =>
    interval[0] <= exact * (1 + 1e-9) && exact <= interval[1] * (1 + 1e-9);
  expect(pairs.filter(isInside).length).toBeGreaterThanOrEqual(Math.floor(0.9 * pairs.length));
  for (const { exact, sampled } of pairs) {
    expect(Math.abs(sampled.probability - exact)).toBeLessThanOrEqual(5 * sampled.standardError + 1e-9 * exact);
    if (exact === 0) expect(sampled.violated).toBe(0);
  }
  // What is rare is not missed, and known to a few percent.
  for (const { exact, sampled } of rare) expect(sampled.standardError).toBeLessThan(0.2 * exact);
});

const LOSSES = programFrom(`
  log(N, P) :- told(N, P); log(N, P)@next :- log(N, P);
  told(M, P)@async :- told(N, P), peer(N, M);
  pre("x", P) :- log("a", P); post("x", P) :- log("b", P);
  told("a", "p")@1; peer("a", "b")@1; peer("a", "b")@2;`);
const BOUNDS: Bounds = { eot: 4, eff: 2, crashes: 0, nodes: ['a', 'b'] };

it('is the same for a seed, and another one for another', async () => {
  const of = async (seed: number): Promise<number> => {
    const rates = { omission: 0.3 };
    return (await risk(new DedalusSystem(LOSSES, BOUNDS), { rates, method: 'sampling', samples: 200, seed }))
      .probability;
  };
  expect(await of(5)).toBe(await of(5));
  expect(await of(5)).not.toBe(await of(6));
});

it('is a rate where one loss breaks the promise, and nothing where that cannot happen', async () => {
  const of = (omission: number): Promise<Risk> => risk(new DedalusSystem(LOSSES, BOUNDS), { rates: { omission } });
  expect(await of(0.25)).toMatchObject({ method: 'exact', isPossible: true, probability: 0.25 });
  expect(await of(1e-300)).toMatchObject({ isPossible: true });
  expect((await of(1e-300)).probability / 1e-300).toBeCloseTo(1, 9);
  expect(await of(0)).toMatchObject({ method: 'exact', isPossible: false, probability: 0 });
});

it('samples where the diagram would be too large, and says so', async () => {
  const result = await risk(new DedalusSystem(LOSSES, BOUNDS), {
    rates: { omission: 0.25 },
    mostNodes: 2,
    samples: 2_000,
  });
  expect(result.method).toBe('sampling');
});

it('ends early with what there is', async () => {
  const controller = new AbortController();
  const system = new DedalusSystem(LOSSES, BOUNDS);
  const work = risk(system, { rates: { omission: 0.5 }, method: 'sampling', samples: 1e8, signal: controller.signal });
  setTimeout(() => controller.abort(), 300);
  const result = await work;
  expect(result).toMatchObject({ method: 'sampling', isCut: true });
  expect(result.probability).toBeGreaterThan(0.3);
});

it('does not take silence for a proof', () => {
  const estimator = new Estimator(5);
  for (let i = 0; i < 100; i++) estimator.add(0);
  const { probability, interval } = estimator.estimate;
  expect(probability).toBe(0);
  // 100 samples that show nothing are as improbable as 5 % if 2.95 % of them would.
  expect(interval[1]).toBeCloseTo(5 * (1 - 0.05 ** 0.01), 9);
});
