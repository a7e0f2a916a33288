/**
 * Each kind of difference between two frontiers, and which of them are regressions.
 */
import { expect, test } from 'vitest';
import type { VerdictKind } from '../../../src/dedalus/program.js';
import type { Fault } from '../../../src/faults/fault.js';
import { diffOfFrontiers } from '../../../src/report/diff/frontiers.js';
import { frontiersFromJson, isFrontiers } from '../../../src/report/frontier/read.js';
import { type FrontierResult, frontiersToJson, toFrontiers } from '../../../src/report/frontier/schema.js';

const LOST: Fault = { kind: 'omission', from: 'a', to: 'b', tick: 1 };

const WORDS: Readonly<Record<string, VerdictKind>> = {
  '✓': 'holds',
  '✗': 'violated',
  '?': 'inconclusive',
  '∅': 'vacuous',
};

/** A frontier with one end of time: a row of marks by EFF for no crashes, then one for one crash. */
function frontier(rows: readonly string[], more: Partial<FrontierResult> = {}): FrontierResult {
  const [first = ''] = rows;
  const cells = [...first].flatMap((_, eff) =>
    rows.map((row, crashes) => {
      const verdict = WORDS[row[eff] ?? ''] ?? 'holds';
      return { at: [eff, crashes], verdict, ...(verdict === 'violated' && { counterexample: 0, isSmallest: true }) };
    }),
  );
  const bounds = { eot: 6, eff: 2, crashes: 0, nodes: ['a', 'b'] };
  return {
    spec: { roots: ['s.ded'], files: ['s.ded'] },
    check: 'usual',
    checks: [{ name: 'usual', bounds, expect: 'holds' }],
    slices: [
      {
        eot: 6,
        axes: [
          { name: 'eff', values: [...first].map((_, eff) => eff) },
          { name: 'crashes', values: rows.map((_, crashes) => crashes) },
        ],
        cells,
        counterexamples: [{ faults: [LOST] }],
        executions: 3,
      },
    ],
    ...more,
  };
}

const diff = (old: FrontierResult[], now: FrontierResult[]) =>
  diffOfFrontiers(toFrontiers('1.0.0', 'strict', old), toFrontiers('1.0.0', 'strict', now));

const kinds = (old: readonly string[], now: readonly string[]): string =>
  diff([frontier(old)], [frontier(now)])
    .changes.map(({ kind, isRegression }) => `${kind}${isRegression ? '!' : ''}`)
    .join(' ');

test('a cell that was tolerated and is broken is a regression', () => {
  const { changes, regressions } = diff([frontier(['✓✓✓✗', '✓✓✗✗'])], [frontier(['✓✓✗✗', '✓✗✗✗'])]);
  expect(regressions).toBe(1);
  expect(changes).toEqual([
    {
      subject: 's.ded usual',
      kind: 'cells-broken',
      isRegression: true,
      message:
        'eot 6: 2 cells no longer tolerated (eff 1, at most 1 crash and more): ' +
        'tolerates up to eff 2 with no crashes and up to eff 1 with 1 crash; breaks beyond → ' +
        'tolerates up to eff 1 with no crashes and eff 0 with 1 crash; breaks beyond',
      counterexamples: [[LOST]],
    },
  ]);
  expect(kinds(['✓✓'], ['∅∅'])).toBe('cells-broken!');
  expect(kinds(['∅∅'], ['∅✗'])).toBe('cells-broken!');
});

test('what is mended, settled or not settled is none', () => {
  expect(kinds(['✓✓✗'], ['✓✓✓'])).toBe('cells-mended');
  expect(kinds(['✓✓✗'], ['✓??'])).toBe('cells-unsettled');
  expect(kinds(['✓?✗'], ['✓✗✗'])).toBe('cells-settled');
  expect(kinds(['✗✗'], ['∅∅'])).toBe('cells-other');
  expect(kinds(['✓✓✗'], ['✓✓✗'])).toBe('');
});

test('what is gone, and what is looked at now', () => {
  expect(kinds(['✓✓✗'], ['✓✓'])).toBe('cells-lost');
  expect(kinds(['✓✓'], ['✓✓✗'])).toBe('cells-gained');
  const one = frontier(['✓✓']);
  const lost = (old: FrontierResult[], now: FrontierResult[]) =>
    diff(old, now).changes.map(({ kind, isRegression, message }) => [kind, isRegression, message]);
  expect(lost([one], [])).toEqual([['check-lost', true, 'has no frontier any more']]);
  expect(lost([], [one])).toEqual([['check-gained', false, 'has a frontier now']]);
  const [usual] = one.checks;
  const two = { ...one, checks: [...one.checks, { ...(usual as NonNullable<typeof usual>), name: 'other' }] };
  expect(lost([two], [one])).toEqual([['check-lost', true, 'the check other is gone']]);
});

test('the order of axes does not matter', () => {
  const one = frontier(['✓✓✗', '✓✗✗']);
  const turned = structuredClone(one);
  for (const slice of turned.slices) {
    slice.axes.reverse();
    for (const cell of slice.cells) cell.at.reverse();
  }
  expect(diff([one], [turned]).changes).toEqual([]);
});

test('frontiers are read back as they were written, and nothing else is', () => {
  const all = toFrontiers('1.0.0', 'strict', [frontier(['✓✗', '✗✗'])]);
  const json = frontiersToJson(all);
  expect(isFrontiers(json)).toBe(true);
  expect(frontiersFromJson(json)).toEqual({ frontiers: all });
  expect(isFrontiers('{"tool":{"name":"ldfi"},"checks":[]}')).toBe(false);
  expect(isFrontiers('nothing')).toBe(false);
  expect(frontiersFromJson(json.replace('"violated"', '"broken"'))).toHaveProperty('problem');
  expect(frontiersFromJson(json.replace('"counterexample": 0', '"counterexample": 7'))).toHaveProperty('problem');
  expect(frontiersFromJson(json.replace('"eot": 6', '"eot": 6, "more": 1'))).toHaveProperty('problem');
});

test('a frontier that another check names by now is the same one', () => {
  const [usual, wide] = ['usual', 'wide'].map((name) => ({
    name,
    bounds: { eot: 6, eff: 2, crashes: 0, nodes: ['a', 'b'] },
    expect: 'holds' as const,
  }));
  if (!usual || !wide) throw new Error('there are two');
  const before = frontier(['✓✓✓✗'], { checks: [usual, wide] });
  const after = frontier(['✓✓✗✗'], { check: 'wide', checks: [wide, usual] });
  const kindsOf = (now: FrontierResult): string[] => diff([before], [now]).changes.map(({ kind }) => kind);
  expect(kindsOf(after)).toEqual(['cells-broken']);
  expect(kindsOf({ ...after, checks: [{ ...wide, name: 'third' }] })).toEqual(['check-lost', 'check-gained']);
});
