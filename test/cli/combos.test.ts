import { expect, test } from 'vitest';
import { batch, folder, SPECS } from './support.js';

/** n, eot, eff, crashes; the literature's count by hand; the scenarios that differ, by hand too. */
const COUNTS: [number, number, number, number, bigint, bigint][] = [
  // Nothing can fail.
  [3, 6, 0, 0, 1n, 1n],
  // One node has nobody to send to.
  [1, 6, 4, 0, 1n, 1n],
  // s = 2: C(2,0) · 2^(2·2) = 16; one slot each way at tick 1: 2^2.
  [2, 4, 2, 0, 16n, 4n],
  // s = 4: 4^(3·2) = 4096; six slots at tick 1: 2^6.
  [3, 5, 2, 0, 4096n, 64n],
  // s = 4: 3 · 4^(2·2) · (1 + 4 + 16 + 16 + 16 + 16) = 3 · 256 · 69; crashes at 1..4: 4^3 + 3 · 4^2 · (1 + 4 + 4 + 4) =
  // 64 + 624.
  [3, 5, 2, 1, 52992n, 688n],
  // Both crash: C(2,2) · 1 · (1 + 2 + 2 + 2)^2 = 49; no slot can be lost before eff 1: 1 + 2·2 + 2·2.
  [2, 3, 1, 2, 49n, 9n],
  // C(5,1) · 1 · (8 + 1) = 45; 1 + 5 · 7 ticks = 36.
  [5, 8, 0, 1, 45n, 36n],
  // More crashes than nodes: none, and as many as there are nodes.
  [1, 3, 0, 2, 0n, 3n],
];

test('combos: the formula of the literature, and the scenarios that differ', () => {
  const names = ['a', 'b', 'c', 'd', 'e'];
  const results = batch(
    folder(),
    COUNTS.map(([n, eot, eff, crashes]) => [
      ...['combos', '--eot', `${eot}`, '--eff', `${eff}`],
      ...['--crashes', `${crashes}`, '--nodes', names.slice(0, n).join(',')],
    ]),
  );
  expect(results.map(({ stdout, code, stderr }) => [stdout, code, stderr])).toEqual(
    COUNTS.map(([, , , , literature, different]) => [
      `${literature} in the literature's count, ${different} ${different === 1n ? 'scenario' : 'scenarios'} that differ\n`,
      0,
      '',
    ]),
  );
});

test('combos: faults that only some nodes may have, and groups of nodes', () => {
  const bounds = ['combos', '--eot', '3', '--eff', '1', '--crashes', '1', '--nodes', 'a,b,c'];
  const groups = ['--eff', '2', '--crashes', '0', '--omissions', '0', '--partitions', '1', '--groups'];
  const results = batch(folder(), [
    [...bounds, '--crashable', 'b'],
    [...bounds, '--crashable', 'b', '--restarts', '1', '--restartable', 'a,c'],
    [...bounds, ...groups, 'x = a b, y = c'],
    [...bounds, '--crashable', 'z'],
    [...bounds, ...groups, 'x = a b'],
    [...bounds, ...groups, 'x'],
  ]);
  // 1 + 2 ticks; the same, since before eff 1 nothing restarts; 1 + 1 window.
  expect(results.slice(0, 3).map(({ stdout }) => stdout.match(/(\d+) scenarios that/)?.[1])).toEqual(['3', '3', '2']);
  expect(results.map(({ code }) => code)).toEqual([0, 0, 0, 2, 2, 2]);
  expect(results[3]?.stderr).toContain('crashable are some of the nodes a, b, c; not z');
  expect(results[4]?.stderr).toContain('there are 2 to 12 groups, not 1');
  expect(results[5]?.stderr).toContain('groups are written like west = a b, east = c d; not like "x"');
});

test('combos of a spec: one line per check, bounds on the command line win', () => {
  const cwd = folder({ 's.ded': `//! check name=small eot=5 eff=2 crashes=1 nodes=a,b,c\n${SPECS.violated}` });
  const [plain, wide, large] = batch(cwd, [
    ['combos', 's.ded'],
    ['combos', 's.ded', '--eff', '3'],
    ['combos', 's.ded', '--eff', '50', '--eot', '60', '--nodes', 'a,b,c,d'],
  ]);
  expect(plain?.stdout).toBe(
    "small  52992 in the literature's count, 688 scenarios that differ\n" +
      "loss  16 in the literature's count, 4 scenarios that differ\n",
  );
  // 4^(3·2) · 3 · (1 + 4 + 16 + 64 + 64 + 64) = 2617344.
  expect(wide?.stdout).toContain('small  2617344 in');
  // More digits than anyone reads: in short.
  expect(large?.stdout).toMatch(
    /^small {2}about \d\.\d·10\^\d+ in the literature's count, about \d\.\d·10\^\d+ scenarios that differ\n/,
  );
});

test('check: counts, warnings, errors', () => {
  const warned = `${SPECS.violated}\nlonely(X) :- never(X), got(X);\n`;
  const cwd = folder({
    'ok.ded': SPECS.violated,
    'inc.ded': 'include "ok.ded";',
    'warned.ded': warned,
    'bad.ded': SPECS.bad,
  });
  const [ok, included, warning, quiet, bad, both] = batch(cwd, [
    ['check', 'ok.ded'],
    ['check', 'inc.ded'],
    ['check', 'warned.ded'],
    ['check', 'warned.ded', '-q'],
    ['check', 'bad.ded', '-q'],
    ['check', 'ok.ded', 'bad.ded'],
  ]);
  expect(ok).toEqual({ code: 0, stdout: '1 file, 5 rules, 2 facts: no problems\n', stderr: '' });
  expect(included).toEqual({ code: 0, stdout: '2 files, 5 rules, 2 facts: no problems\n', stderr: '' });
  expect(warning).toMatchObject({ code: 0, stdout: '1 file, 6 rules, 2 facts: 2 warnings\n' });
  expect(warning?.stderr).toContain('warning[');
  expect(quiet).toEqual({ code: 0, stdout: '', stderr: '' });
  expect(bad).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('1 error; nothing was run.') });
  expect(both?.code).toBe(2);
});
