/**
 * Labels against brute force: what is not called D is the same in all schedules that are tried.
 */
import { expect, test } from 'vitest';
import { analyse } from '../../src/calm/calm.js';
import { prng } from '../../src/core/prng.js';
import { parseProgram } from '../../src/dedalus/load.js';
import type { Program } from '../../src/dedalus/program.js';
import { enough, sized } from '../size.js';
import { randomFlow } from './random-flow.js';
import { randomSpec } from './random-program.js';
import { divergenceOf } from './schedules.js';

const LIMITS = { end: 11, until: 2, delay: 2, runs: 80 };

/** Compares all relations of a program; those that diverge although they are not called D, and counts. */
function compare(program: Program, nodes: readonly string[], seed: number) {
  const names = [...program.relations.keys()].filter((name) => name !== 'crash');
  const { outputs } = analyse(program, names);
  const found = divergenceOf(program, { ...LIMITS, nodes }, prng(seed));
  const free = outputs.filter(({ verdict }) => verdict !== 'D');
  return {
    wrong: free.filter(({ relation }) => found.relations.has(relation)).map(({ relation }) => relation),
    free: free.filter(({ verdict }) => verdict === 'A').length,
    ordered: outputs.length - free.length,
    diverging: found.relations.size,
    rested: found.rested,
  };
}

const NO_COUNTS = { free: 0, ordered: 0, diverging: 0, rested: 0 };

function compareAll(
  seeds: number,
  programOf: (seed: number) => { text: string; program: Program; nodes: readonly string[] },
) {
  const sums = { ...NO_COUNTS };
  for (let seed = 1; seed <= seeds; seed++) {
    const { text, program, nodes } = programOf(seed);
    const { wrong, ...counts } = compare(program, nodes, seed);
    expect(wrong, `seed ${seed}\n${text}`).toEqual([]);
    for (const name of Object.keys(sums) as (keyof typeof sums)[]) sums[name] += counts[name];
  }
  return sums;
}

test('no relation of a random program of messages is called free that diverges', { timeout: 600_000 }, () => {
  const sums = compareAll(sized(1000), (seed) => randomFlow(prng(seed)));
  expect(sums.free).toBeGreaterThan(enough(800));
  expect(sums.diverging).toBeGreaterThan(enough(400));
});

test('nor one of the programs that all else is tried with', { timeout: 600_000 }, () => {
  compareAll(sized(200), (seed) => {
    const { text, bounds } = randomSpec(seed);
    const { program } = parseProgram(text);
    if (!program) throw new Error('the generator gives programs');
    return { text, program, nodes: bounds.nodes };
  });
});
