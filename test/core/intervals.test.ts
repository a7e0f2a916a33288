/** Intervals, against figures that others have published, and against how often they miss. */
import { expect, test } from 'vitest';
import { quantileRanks, shareInterval } from '../../src/core/intervals.js';
import { uniformStream } from '../../src/core/stream.js';

test('Wilson: as Newcombe (Statistics in Medicine 1998, table I, method 3) has it', () => {
  for (const [hits, samples, least, most] of [
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ] as const)
    expect(shareInterval(hits, samples).map((bound) => bound.toFixed(4))).toEqual(
      [least, most].map((it) => it.toFixed(4)),
    );
  expect(shareInterval(20, 20)[1]).toBe(1);
});

test('ranks of a quantile: the least and greatest that binomial tails of 2.5 % allow', () => {
  // The interval of a median: tables of the sign test (as in Conover, Practical Nonparametric Statistics).
  expect(quantileRanks(10, 0.5)).toEqual([2, 9]);
  expect(quantileRanks(20, 0.5)).toEqual([6, 15]);
  expect(quantileRanks(5, 0.5)).toEqual([0, 6]);
  expect(quantileRanks(100, 0.999)[1]).toBe(101);
});

test('ranks of a quantile: tails summed in full', () => {
  for (const [samples, quantile] of [
    [7, 0.3],
    [40, 0.9],
    [120, 0.99],
    [1_000, 0.05],
  ] as const) {
    const chance: number[] = [(1 - quantile) ** samples];
    for (let i = 1; i <= samples; i++)
      chance.push(((chance[i - 1] as number) * (samples - i + 1) * quantile) / (i * (1 - quantile)));
    const below = (rank: number): number => chance.slice(0, rank).reduce((sum, one) => sum + one, 0);
    const [least, most] = quantileRanks(samples, quantile);
    expect(below(least)).toBeLessThanOrEqual(0.025 + 1e-12);
    expect(below(least + 1)).toBeGreaterThan(0.025);
    expect(1 - below(most)).toBeLessThanOrEqual(0.025 + 1e-12);
    expect(1 - below(most - 1)).toBeGreaterThan(0.025);
  }
});

test('both hold the truth in about 95 of 100 samples', () => {
  const uniform = uniformStream(5, 0);
  const [rounds, samples] = [2_000, 200];
  let [shares, quantiles] = [0, 0];
  const [least, most] = quantileRanks(samples, 0.8);
  for (let i = 0; i < rounds; i++) {
    const drawn = Float64Array.from({ length: samples }, uniform).sort();
    const [low, high] = shareInterval(drawn.filter((x) => x < 0.1).length, samples);
    if (low <= 0.1 && 0.1 <= high) shares++;
    if ((drawn[least - 1] as number) <= 0.8 && 0.8 <= (drawn[most - 1] as number)) quantiles++;
  }
  for (const hits of [shares, quantiles]) expect(Math.abs(hits / rounds - 0.955)).toBeLessThan(0.02);
});
