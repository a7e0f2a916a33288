/**
 * Asynchronous systems against brute force: 300 random ones at size 1 under all kinds of faults, driven by the virtual world and
 * by a driver written apart.
 */
import { expect, it } from 'vitest';
import { enough, sized } from '../../size.js';
import { compareEnds, compareSystem } from './compare.js';

const RUNS = sized(300, 30);
const FIRST = 70_000;
const PART = Math.ceil(RUNS / 6);

const parts = Array.from({ length: Math.ceil(RUNS / PART) }, (_, i) => FIRST + i * PART);
const seedsFrom = (first: number): number[] => Array.from({ length: PART }, (_, i) => first + i);
let broken = 0;

it.each(parts)('%i and the next ones: minimal counterexamples', async (first) => {
  const wrong = [];
  for (const seed of seedsFrom(first)) {
    const compared = await compareSystem(seed);
    if (compared && compared.wanted !== '') broken++;
    if (compared && compared.wanted !== compared.found) wrong.push(compared);
  }
  expect(wrong).toEqual([]);
});

it('many of them break', () => {
  expect(broken).toBeGreaterThanOrEqual(enough(75));
});

it('what nodes have logged and stored', async () => {
  const wrong = [];
  for (const seed of seedsFrom(FIRST)) wrong.push(await compareEnds(seed));
  expect(wrong.filter((one) => one !== undefined)).toEqual([]);
});
