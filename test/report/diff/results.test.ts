/**
 * Each kind of difference between two results, and which of them are regressions.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Fault } from '../../../src/faults/fault.js';
import { differenceSchema, differenceToJson } from '../../../src/report/diff/model.js';
import { diffOfResults } from '../../../src/report/diff/results.js';
import { differenceToMarkdown, differenceToText } from '../../../src/report/diff/words.js';
import { type CheckResult, type Result, SCHEMA_VERSION } from '../../../src/report/schema.js';
import { result as anyResult, unprintable } from '../arbitraries.js';

const lost = (tick: number): Fault => ({ kind: 'omission', from: 'a', to: 'b', tick });
const crashed = (node: string, tick: number): Fault => ({ kind: 'crash', node, tick });

const HOLDS: CheckResult = {
  name: 'usual',
  spec: { roots: ['s.ded'], files: ['s.ded'] },
  bounds: { eot: 6, eff: 3, crashes: 1, nodes: ['a', 'b'] },
  expect: 'holds',
  verdict: 'holds',
  complete: true,
  executions: 1,
  minimalityRuns: 0,
  solver: { variables: 1, clauses: 1, calls: 1 },
  counterexamples: [],
};

/** Broken by these sets, each of a class of its own unless `classes` says otherwise. */
const broken = (
  sets: readonly (readonly Fault[])[],
  more: Partial<CheckResult> = {},
  classes?: number[],
): CheckResult => ({
  ...HOLDS,
  verdict: 'violated',
  counterexamples: sets.map((faults, i) => ({
    faults: [...faults],
    witnesses: [['b']],
    minimality: [],
    class: classes?.[i] ?? i + 1,
  })),
  ...more,
});

const resultOf = (checks: CheckResult[], more: Partial<Result> = {}): Result => ({
  schemaVersion: SCHEMA_VERSION,
  tool: { name: 'ldfi', version: '1.0.0' },
  strategy: 'lineage',
  invariant: 'strict',
  checks,
  ...more,
});

/** Kinds of the changes, regressions with an exclamation mark; and their messages. */
function changes(old: CheckResult[], now: CheckResult[]): [kinds: string, messages: string] {
  const { changes } = diffOfResults(resultOf(old), resultOf(now));
  const kinds = changes.map(({ kind, isRegression }) => `${kind}${isRegression ? '!' : ''}`);
  return [kinds.join(' '), changes.map(({ message }) => message).join('; ')];
}

test('nothing has changed', () => {
  const same = diffOfResults(resultOf([HOLDS]), resultOf([HOLDS]));
  expect(same).toMatchObject({ of: 'results', regressions: 0, compared: 1, changes: [] });
  expect(differenceToText(same)).toBe('nothing has changed (1 check compared)\n');
  expect(changes([broken([[lost(1)]])], [broken([[lost(1)]], { executions: 7 })])).toEqual(['', '']);
});

test('a promise that held and does not any more is a regression, expected or not', () => {
  expect(changes([HOLDS], [broken([[lost(1)]])])).toEqual([
    'verdict! counterexamples-gained!',
    'holds → violated, not as expected; 1 counterexample new: {a→b@1}',
  ]);
  expect(changes([HOLDS], [broken([[lost(1)]], { expect: 'violated' })])[0]).toBe('verdict! counterexamples-gained!');
  for (const verdict of ['vacuous', 'no-post', 'violated-failure-free', 'inconclusive'] as const)
    expect(changes([HOLDS], [{ ...HOLDS, verdict }])[0]).toBe('verdict!');
});

test('a promise that holds now is none, unless something else was expected', () => {
  const before = broken([[lost(1)]]);
  expect(changes([before], [HOLDS])).toEqual([
    'verdict counterexamples-lost',
    'violated → holds; 1 counterexample no more: {a→b@1}',
  ]);
  const expected = { ...before, expect: 'violated' as const };
  expect(changes([expected], [{ ...HOLDS, expect: 'violated' }])[0]).toBe('verdict! counterexamples-lost');
  expect(changes([expected], [HOLDS])[0]).toBe('verdict counterexamples-lost');
});

test('the same verdict may be another than the expected one now', () => {
  const before = broken([[lost(1)]], { expect: 'violated' });
  const after = broken([[lost(1)]], { expect: 'holds' });
  expect(changes([before], [after])).toEqual(['expectation!', 'is violated as before, which is not as expected']);
  expect(changes([after], [before])).toEqual(['expectation', 'is violated as before, which is now as expected']);
});

test('counterexamples are told by class, and only what is really new is a regression', () => {
  const old = broken([[lost(1)]]);
  expect(
    changes([old], [broken([[lost(1)], [lost(2)], [crashed('a', 1)], [crashed('a', 2)]], {}, [1, 2, 3, 3])]),
  ).toEqual(['counterexamples-gained!', '3 counterexamples new: {a→b@2}, {crash a@1} (and 1 alike)']);
  // The old one needs another fault now.
  expect(changes([old], [broken([[lost(1), lost(2)]])])).toEqual([
    'counterexamples-gained counterexamples-lost',
    '1 counterexample of more faults than before: {a→b@1, a→b@2}; 1 counterexample no more: {a→b@1}',
  ]);
  // With fewer faults than before it breaks more easily.
  expect(changes([broken([[lost(1), lost(2)]])], [old])[0]).toBe('counterexamples-gained! counterexamples-lost');
  // What the old bounds do not admit was not asked for.
  const wider = broken([[lost(1)], [lost(4)]], { bounds: { ...HOLDS.bounds, eff: 5 } });
  expect(changes([old], [wider])[0]).toBe('bounds counterexamples-gained');
  // An old search that was stopped may have missed it.
  const stopped = broken([[lost(1)]], { complete: false, stopped: 'executions' });
  const both = broken([[lost(1)], [lost(2)]]);
  expect(changes([stopped], [both])[0]).toBe('counterexamples-gained');
  expect(changes([both], [stopped])).toEqual([
    'counterexamples-lost',
    '1 counterexample not found, by a search that is not complete: {a→b@2}',
  ]);
});

test('checks that are gone, and checks that are new', () => {
  const other = { ...HOLDS, name: 'other' };
  expect(changes([HOLDS, other], [HOLDS])).toEqual(['check-lost!', 'is gone; its verdict was holds']);
  expect(changes([HOLDS], [HOLDS, other])).toEqual(['check-gained', 'is new: holds, as expected']);
  const bad = broken([[lost(1)]], { name: 'other' });
  expect(changes([HOLDS], [HOLDS, bad])[0]).toBe('check-gained!');
  // Two checks of one name are two.
  expect(changes([HOLDS, HOLDS], [HOLDS])[0]).toBe('check-lost!');
});

test('bounds and readings', () => {
  expect(changes([HOLDS], [{ ...HOLDS, bounds: { ...HOLDS.bounds, crashes: 0 } }])).toEqual([
    'bounds',
    'has other bounds: eot 6, eff 3, at most 1 crash, nodes a b → eot 6, eff 3, no crashes, nodes a b',
  ]);
  const read = diffOfResults(resultOf([HOLDS]), resultOf([HOLDS], { invariant: 'reference' }));
  expect(read.changes.map(({ kind, isRegression }) => [kind, isRegression])).toEqual([['reading', false]]);
});

test('as text, as Markdown and as JSON', () => {
  const name = 'x|y <b> \u202e';
  const difference = diffOfResults(resultOf([HOLDS, { ...HOLDS, name }]), resultOf([broken([[lost(1)]])]));
  expect(differenceToText(difference)).toBe(`s.ded usual
  ✗ holds → violated, not as expected
  ✗ 1 counterexample new: {a→b@1}

s.ded x|y <b> \\u{202e}
  ✗ is gone; its verdict was holds

3 regressions (1 check compared)
`);
  const markdown = differenceToMarkdown(difference);
  expect(markdown).toContain('<!-- ldfi diff -->\n## ldfi: 3 regressions (1 check compared)\n');
  expect(markdown).toContain('| ❌ | s.ded usual | holds → violated, not as expected |');
  expect(markdown).not.toContain('<b>');
  expect(
    markdown
      .split('\n')
      .filter((line) => line.startsWith('|'))
      .every((line) => line.split('|').length === 5),
  ).toBe(true);
  expect(differenceSchema.parse(JSON.parse(differenceToJson(difference)))).toEqual(difference);
});

test('any two results can be compared, with the same bytes each time; none differs from itself', () => {
  fc.assert(
    fc.property(anyResult, anyResult, (old, now) => {
      const difference = diffOfResults(old, now);
      const outputs = [differenceToText(difference), differenceToMarkdown(difference), differenceToJson(difference)];
      const again = diffOfResults(structuredClone(old), structuredClone(now));
      expect([differenceToText(again), differenceToMarkdown(again), differenceToJson(again)]).toEqual(outputs);
      expect(outputs.flatMap(unprintable)).toEqual([]);
      expect(differenceSchema.parse(JSON.parse(outputs[2] as string)).regressions).toBe(difference.regressions);
      expect(diffOfResults(old, structuredClone(old)).changes).toEqual([]);
    }),
    { numRuns: 50 },
  );
});
