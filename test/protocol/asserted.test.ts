/**
 * Assertions in a check: one that fails is a broken promise, whichever library it is of.
 */

import assert from 'node:assert/strict';
import { describe, expect, test } from 'vitest';
import { rowOf } from '../../src/core/outcome.js';
import { failedAssertion } from '../../src/protocol/runtime/assertion.js';
import { found, type Loose } from './cheats.js';

/** What a check that asserts something of b's number comes to: b gets 4 of them, less what is lost. */
async function witnesses(claim: (n: number, world: Loose) => unknown): Promise<unknown> {
  const { verdict, error } = await found({
    check: (world) => {
      claim(world.state('b').n, world);
      return 'holds';
    },
  });
  return error?.message ?? [verdict?.kind, rowOf(verdict?.counterexamples[0]?.witnesses[0] ?? [])[0]];
}

describe('a failed assertion breaks the promise, in its own words', () => {
  const CLAIMS: Record<string, [claim: (n: number, world: Loose) => unknown, words: unknown]> = {
    'node:assert with a message': [(n) => assert.ok(n > 0, 'b has nothing'), 'b has nothing'],
    'node:assert of values': [
      (n) => assert.equal(n > 0, true),
      expect.stringMatching(/strictly equal: false !== true$/),
    ],
    'node:assert of objects, of which it prints more than was read': [
      (n) => assert.deepEqual({ some: n > 0 }, { some: true }),
      'Expected values to be strictly deep-equal',
    ],
    vitest: [(n) => expect(n).toBeGreaterThan(0), 'expected 0 to be greater than 0'],
  };
  for (const [name, [claim, words]] of Object.entries(CLAIMS))
    test(name, async () => {
      // The handlers of b set its number from the first message on; a crash of b at tick 1 keeps it at 0.
      expect(await witnesses(claim)).toEqual(['violated', words]);
    });
});

test('jest: without colours, in one line', () => {
  const dim = (text: string): string => `\u001b[2m${text}\u001b[22m`;
  const message = `${dim('expect(')}received${dim(').')}toBe${dim('(')}expected${dim(')')}\n\nExpected: 2\nReceived: 1`;
  const of = (actual: unknown): Error => Object.assign(new Error(message), { matcherResult: { actual, expected: 2 } });
  expect(failedAssertion(of(1))).toBe('expect(received).toBe(expected) Expected: 2 Received: 1');
  expect(failedAssertion(of({}))).toBe('expect(received).toBe(expected)');
});

test('any other exception is a mistake, whose scenario is named and whose cause is kept', async () => {
  for (const other of [new TypeError('x'), 'text', undefined, null, { name: 'AssertionError' }])
    expect(failedAssertion(other)).toBeUndefined();
  const oops = new TypeError('oops');
  const { error } = await found({
    check: (world) => {
      if (world.state('b').n === 0) throw oops;
      return 'holds';
    },
  });
  expect(error?.message).toMatch(/^check threw TypeError: oops in the scenario \{.*\}\. Answer/);
  expect(error?.cause).toBe(oops);
});
