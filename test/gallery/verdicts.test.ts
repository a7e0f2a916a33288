/** Classic systems: each check gives the verdict that it expects, and brute force finds the same counterexamples. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { programAt } from '../../scripts/site/specs.js';
import { verdictOf } from '../../src/answer/verdict.js';
import { DedalusSystem } from '../../src/lineage/ground/system.js';
import { resolveChecks } from '../../src/search/check.js';
import { answerOf, bruteAnswer } from '../reference/compare.js';
import { sized } from '../size.js';
import { CLASSICS } from './support.js';

/** Most runs of brute force per check. */
const MOST_RUNS = sized(4_000, 50);

let judged = 0;

test.each(CLASSICS)('%s', { timeout: 600_000 }, async (path) => {
  const program = programAt(path);
  for (const { name, bounds, expect: expected } of resolveChecks(program)) {
    const verdict = await verdictOf(new DedalusSystem(program, bounds), {});
    expect([name, verdict.kind]).toEqual([name, expected]);
    const brute = bruteAnswer(program, bounds, MOST_RUNS);
    if (!brute) continue;
    const { verdict: kind, sets } = answerOf(verdict);
    expect([name, kind, sets]).toEqual([name, brute.verdict, brute.sets]);
    judged++;
  }
});

test('brute force has judged some', () => {
  expect(judged).toBeGreaterThan(10);
});

/** What a spec of a store takes from elsewhere and says itself: its promise comes first. */
function partsOf(path: string): { readonly promise: string | undefined; readonly store: readonly string[] } {
  const [promise, ...rest] = readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => /^(?:include|[a-z])/.test(line));
  const isFact = /@\d+;$/;
  return { promise, store: rest.filter((line) => !isFact.test(line)) };
}

/** Of each level of key-value stores, what it gives and what it lacks. */
const LEVELS = [
  'lww',
  'set',
  'causal',
  'multi-key-causal',
  'read-committed',
  'item-cut',
  'monotonic-reads',
  'linearizable',
];

describe.each(LEVELS.slice(0, -1).map((level, i) => [level, LEVELS[i + 1] ?? ''] as const))(
  '%s is not %s',
  (level, next) => {
    const lacks = `specs/kvs/${level}-is-not-${next}.ded`;
    const verdicts = (path: string) => resolveChecks(programAt(path)).map(({ expect: expected }) => expected);

    test('the store keeps its own promise and breaks the next one', () => {
      expect(new Set(verdicts(`specs/kvs/${level}.ded`))).toEqual(new Set(['holds']));
      expect(verdicts(lacks)[0]).toBe('violated');
    });

    test('it is the same store, and the promise of the next level', () => {
      const { store, promise } = partsOf(lacks);
      expect(store).toEqual(expect.arrayContaining([...partsOf(`specs/kvs/${level}.ded`).store]));
      if (next !== 'linearizable') expect(promise).toBe(partsOf(`specs/kvs/${next}.ded`).promise);
    });
  },
);
