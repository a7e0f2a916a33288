/**
 * The seven mistakes of lineage, made on purpose: the comparison with brute force must notice each of them.
 *
 * Random programs notice six; the last (false facts of a cycle explained one by one) shows up so rarely that it has a
 * program of its own.
 */
import { describe, expect, it } from 'vitest';
import type { Mistake } from '../../src/lineage/ground/mistakes.js';
import { type Answer, answerOf, bruteAnswer, compareSets, engineVerdict, programOf } from '../reference/compare.js';
import { randomSpec } from '../reference/random-program.js';
import { sized } from '../size.js';

type Mode = 'total' | 'run';

/** Seeds that are tried until so many are answered wrongly. */
const SEEDS = 160;
const WANTED = sized(2);

/** Whether the engine with a mistake gives a wrong answer, or stops at one of its own checks. */
async function isWrong(
  text: string,
  expected: Answer,
  seed: number,
  lineage: Mode,
  mistake: Mistake,
): Promise<boolean> {
  const program = programOf(text);
  if (!program) return false;
  try {
    const got = answerOf(await engineVerdict(program, randomSpec(seed).bounds, { lineage, mistake }));
    return got.verdict !== expected.verdict || got.sets !== expected.sets;
  } catch {
    return true;
  }
}

async function seedsNoticing(mistake: Mistake, lineage: Mode): Promise<number[]> {
  const seeds: number[] = [];
  for (let seed = 0; seed < SEEDS && seeds.length < WANTED; seed++) {
    const { text, bounds } = randomSpec(seed);
    const program = programOf(text);
    const expected = program && bruteAnswer(program, bounds, 2_000);
    if (expected && (await isWrong(text, expected, seed, lineage, mistake))) seeds.push(seed);
  }
  return seeds;
}

describe('a mistake in the lineage is noticed by random programs', () => {
  it.each<[Mistake, Mode]>([
    ['ignore-negation', 'run'],
    ['ignore-negation', 'total'],
    ['constant-crash', 'run'],
    ['constant-crash', 'total'],
    ['post-only', 'run'],
    ['post-only', 'total'],
    ['this-run-only', 'run'],
    ['self-support', 'run'],
    ['completion', 'total'],
  ])(
    '%s, %s lineage',
    async (mistake, lineage) => {
      expect(await seedsNoticing(mistake, lineage)).toHaveLength(WANTED);
    },
    600_000,
  );
});

/**
 * `lead` and `follow` support each other; each has a reason of its own to be false, and both reasons are needed for
 * either.
 */
const unfounded = (promised: 'lead' | 'follow') => ({
  bounds: { eot: 2, eff: 2, crashes: 0, nodes: ['a', 'b', 'c'] },
  text: `
peer("b", "a")@1;
peer("c", "a")@1;
ready("a")@2;
beat(M, N)@async :- peer(N, M);
lead(A) :- follow(A);
lead(A) :- ready(A), notin beat(A, "b");
follow(A) :- lead(A);
follow(A) :- ready(A), notin beat(A, "c");
pre(A) :- ready(A);
post(A) :- ready(A), notin ${promised}(A);
`,
});

describe('a mistake that needs programs of its own: false facts of a cycle explained one by one', () => {
  it('is right without the mistake', async () => {
    for (const promised of ['lead', 'follow'] as const) {
      const comparison = await compareSets(unfounded(promised));
      expect(comparison?.brute).toEqual({ verdict: 'violated', sets: '{b→a@1} {c→a@1}' });
      expect(comparison?.run).toEqual(comparison?.brute);
      expect(comparison?.total).toEqual(comparison?.brute);
    }
  });

  it('is wrong with it, whichever fact is explained first', async () => {
    const lead = await compareSets(unfounded('lead'), undefined, 'one-by-one');
    const follow = await compareSets(unfounded('follow'), undefined, 'one-by-one');
    expect([lead?.run.sets, follow?.run.sets]).not.toEqual([lead?.brute.sets, follow?.brute.sets]);
  });
});
