/**
 * How many experiments run at once, and what else the machine does, changes no verdict. At worst it is unreliable.
 */
import { spawn } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import type { NodesResult } from '../../../src/live/nodes/report/schema.js';
import { isWhole } from '../../size.js';
import { ask, javascript, python } from './support.js';

const LONG = 300_000;

/** Minimal sets, in an order of their own. */
const setsOf = ({ counterexamples }: NodesResult): string[] =>
  counterexamples.map(({ faults }) => faults.map(({ kind, call }) => `${kind} @ ${call}`).join('; ')).sort();

test.runIf(isWhole)('the same is found with one experiment at a time and with six', { timeout: LONG }, async () => {
  const [one, six] = [
    await ask('broadcast', javascript('broadcast-once'), { faults: 'omission', nodes: 2, parallel: 1 }),
    await ask('broadcast', javascript('broadcast-once'), { faults: 'omission', nodes: 2, parallel: 6 }),
  ];
  expect([one.verdict, six.verdict]).toEqual(['counterexamples', 'counterexamples']);
  expect(setsOf(one)).toEqual([
    expect.stringMatching(/^omission @ n0 > n1 tell /),
    expect.stringMatching(/^omission @ n1 > n0 tell /),
  ]);
  expect(setsOf(six)).toEqual(setsOf(one));
});

describe('beside busy processes', () => {
  /** Runs while two processes do nothing but compute. */
  async function underLoad<T>(work: () => Promise<T>): Promise<T> {
    const script = 'const end = Date.now() + 200_000; while (Date.now() < end);';
    const busy = [1, 2].map(() => spawn(process.execPath, ['-e', script], { stdio: 'ignore' }));
    try {
      return await work();
    } finally {
      for (const child of busy) child.kill('SIGKILL');
    }
  }

  test('a program that is right is never blamed, and one that is not is never cleared', { timeout: LONG }, async () => {
    const [right, wrong] = await underLoad(() =>
      Promise.all([
        ask('broadcast', python('broadcast_retry'), { faults: 'omission,crash', nodes: 2, parallel: 1 }),
        ask('broadcast', javascript('broadcast-once'), { faults: 'omission', nodes: 2, first: true, parallel: 1 }),
      ]),
    );
    expect(['exact', 'unreliable']).toContain(right.verdict);
    expect(right.counterexamples).toEqual([]);
    expect(['counterexamples', 'unreliable']).toContain(wrong.verdict);
    for (const set of setsOf(wrong)) expect(set).toMatch(/^omission @ n\d > n\d tell /);
  });
});
