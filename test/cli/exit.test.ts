import { expect, test } from 'vitest';
import { VERDICTS } from '../../src/dedalus/program.js';
import { EXIT, exitOf, worst } from '../../src/report/meaning.js';
import { acknowledged, batch, expecting, folder, resultIn, SPECS } from './support.js';

const result = (verdict: (typeof VERDICTS)[number], expect?: (typeof VERDICTS)[number]) =>
  ({ verdict, expect }) as Parameters<typeof exitOf>[0];
const runExit = (check: ReturnType<typeof result>) => exitOf(check, 'promise');
const testExit = (check: ReturnType<typeof result>) => exitOf(check, 'expectation');

test('the worst exit code wins', () => {
  expect(worst([])).toBe(0);
  expect(worst([0, 3, 0])).toBe(3);
  expect(worst([3, 4, 0])).toBe(4);
  expect(worst([4, 1, 3])).toBe(1);
  expect(worst([1, 2, 4, 3, 0])).toBe(2);
});

test('run: the verdict decides, and an expected would-be false green is none', () => {
  expect(VERDICTS.map((verdict) => runExit(result(verdict)))).toEqual([0, 1, 4, 4, 4, 3]);
  expect(VERDICTS.map((verdict) => runExit(result(verdict, verdict)))).toEqual([0, 1, 0, 0, 0, 3]);
  for (const other of VERDICTS)
    for (const verdict of VERDICTS)
      if (verdict !== other && verdict !== 'holds') expect(runExit(result(verdict, other))).not.toBe(EXIT.ok);
});

test('test: only the expected verdict is fine', () => {
  for (const verdict of VERDICTS)
    for (const expected of VERDICTS) expect(testExit(result(verdict, expected)) === EXIT.ok).toBe(verdict === expected);
  expect(VERDICTS.map((verdict) => testExit(result(verdict)))).toEqual([0, 1, 4, 4, 4, 3]);
  expect(testExit(result('vacuous', 'violated'))).toBe(1);
});

const RUNS = [
  ['holds', SPECS.holds, [], 0, 0],
  ['violated', SPECS.violated, [], 1, 1],
  ['violated as expected', expecting(SPECS.violated, 'violated'), [], 1, 0],
  ['vacuous', SPECS.vacuous, [], 4, 4],
  ['vacuous as expected', expecting(SPECS.vacuous, 'vacuous'), [], 0, 0],
  ['no post', SPECS.noPost, [], 4, 4],
  ['no post as expected', expecting(SPECS.noPost, 'no-post'), [], 0, 0],
  ['violated without faults', SPECS.broken, [], 4, 4],
  ['the same as expected', expecting(SPECS.broken, 'violated-failure-free'), [], 0, 0],
  ['holds where a violation is expected', expecting(SPECS.holds, 'violated'), [], 0, 1],
  ['a mistake in the spec', SPECS.bad, [], 2, 2],
  [
    'out of executions, run by run',
    acknowledged(3, 'eot=6 eff=4'),
    ['--lineage', 'run', '--max-executions', '2'],
    3,
    3,
  ],
  ['out of executions, random', SPECS.holds, ['--strategy', 'random', '--max-executions', '2'], 3, 3],
  ['inconclusive as expected', expecting(SPECS.holds, 'inconclusive'), ['--strategy', 'random'], 3, 0],
] as const;

test('every verdict gives its exit code', () => {
  const cwd = folder(Object.fromEntries(RUNS.map(([name, spec]) => [`${name}.ded`, spec])));
  const ran = batch(
    cwd,
    RUNS.map(([name, , flags]) => ['run', `${name}.ded`, '-q', ...flags]),
  );
  const tested = batch(
    cwd,
    RUNS.map(([name, , flags]) => ['test', `${name}.ded`, ...flags]),
  );
  expect(RUNS.map(([name], i) => [name, ran[i]?.code, tested[i]?.code])).toEqual(
    RUNS.map(([name, , , run, test]) => [name, run, test]),
  );
});

test('several checks: the worst', () => {
  const several = (...lines: string[]) => `${lines.map((line) => `//! check ${line}\n`).join('')}${SPECS.holds}`;
  const cwd = folder({
    'mixed.ded': several('name=a eot=4 eff=2 nodes=a,b', 'name=b eot=1 eff=0 nodes=a,b'),
    'green.ded': several('name=a eot=4 eff=2 nodes=a,b expect=violated'),
  });
  const codes = batch(cwd, [
    ['run', 'mixed.ded'],
    ['run', 'mixed.ded', '--check', 'b'],
    ['run', 'mixed.ded', '--check', 'calm'],
    ['test', 'green.ded'],
    ['test', '.'],
  ]).map(({ code }) => code);
  expect(codes).toEqual([1, 4, 0, 0, 1]);
  expect(resultIn(cwd, 'reports/mixed.json').checks.map(({ name }) => name)).toEqual(['calm']);
});
