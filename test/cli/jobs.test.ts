import { expect, test } from 'vitest';
import type { CheckResult } from '../../src/report/result.js';
import { isWhole } from '../size.js';
import { manySpecs, reportsIn, WRITING } from './many.js';
import { acknowledged, folder, interrupted, ldfi, oneMessage, read, resultIn, SPECS, STACK } from './support.js';

/** Numbers of jobs, to be compared. */
const JOBS = isWhole ? [1, 2, 4] : [1, 2];

/** Work without end. */
const ENDLESS = ['--strategy', 'random', '--max-executions', '1000000000'];

test('however many jobs there are, the same bytes: reports, stdout, stderr, exit code', () => {
  const cwd = manySpecs();
  const runs = JOBS.map((jobs) => {
    const said = ldfi(cwd, ['test', '.', '--jobs', String(jobs), ...WRITING]);
    return { ...said, reports: reportsIn(cwd) };
  });
  expect(runs[0]?.code).toBe(2);
  expect(runs[0]?.stdout).toContain('13 checks of 10 specs');
  expect(runs[0]?.stderr).toContain('no');
  for (const { reports, ...said } of runs.slice(1)) {
    expect(said).toEqual({ code: runs[0]?.code, stdout: runs[0]?.stdout, stderr: runs[0]?.stderr });
    for (const [i, { name, text }] of reports.entries()) expect(text === runs[0]?.reports[i]?.text, name).toBe(true);
  }
}, 600_000);

test('every event is logged in the same order, and quiet is quiet', () => {
  const cwd = manySpecs();
  for (const flags of [['-v', '--first'], ['-q']]) {
    const [one, ...others] = JOBS.map((jobs) => ldfi(cwd, ['test', '.', ...flags, '--jobs', String(jobs)]));
    expect(one?.stderr.length).toBeGreaterThan(100);
    for (const other of others) expect(other).toEqual(one);
  }
}, 600_000);

test('run has jobs as well, and its process ends', () => {
  const cwd = manySpecs();
  const [one, two] = [1, 3].map((jobs) => {
    const said = ldfi(cwd, ['run', 'c/one.ts', '--report', '--jobs', String(jobs)], {});
    return { ...said, json: read(cwd, 'reports/one.json'), page: read(cwd, 'reports/one.html') };
  });
  expect(one?.code).toBe(1);
  expect(two).toEqual(one);
});

/** How a search in parts may be done; at size 1 by one process as well. */
const IN_PARTS = [['--split', '3', '--jobs', '2'], ...(isWhole ? [['--split', '3']] : [])];

test('in parts: however many jobs there are, the same bytes, and the result of the whole', () => {
  const cwd = manySpecs();
  const told = ({ executions, minimalityRuns, solver, explored, ...rest }: CheckResult) => rest;
  const [whole, first, ...others] = [[], ...IN_PARTS].map((flags) => {
    const said = ldfi(cwd, ['test', '.', ...flags, ...WRITING]);
    return { ...said, reports: reportsIn(cwd), checks: resultIn(cwd, 'out/ldfi.json').checks.map(told) };
  });
  for (const other of others) expect(other).toEqual(first);
  expect(first).toMatchObject({ code: whole?.code, checks: whole?.checks });
  expect(first?.checks.filter(({ verdict }) => verdict === 'violated').length).toBeGreaterThan(4);
}, 600_000);

test('a search that has no parts is not split', () => {
  const cwd = folder({ 'a.ded': SPECS.holds });
  for (const [flags, said] of [
    [['--strategy', 'random'], 'leave out --split'],
    [['--first'], 'leave out --first'],
  ] as const) {
    const { code, stderr } = ldfi(cwd, ['test', '.', '--split', '2', ...flags]);
    expect(code).toBe(2);
    expect(stderr).toContain(said);
  }
});

test('--timeout: what some parts have found is kept', () => {
  const cwd = folder({ 'a.ded': acknowledged(9, 'name=long eot=12 eff=10 crashes=1'), 'b.ded': SPECS.holds });
  const { code } = ldfi(cwd, [
    'test',
    '.',
    '--jobs',
    '2',
    '--split',
    '2',
    '--timeout',
    '4',
    '--lineage',
    'run',
    '--json',
    'o.json',
  ]);
  expect(code).toBe(3);
  const { checks } = resultIn(cwd, 'o.json');
  expect(checks).toMatchObject([
    { verdict: 'inconclusive', stopped: 'aborted', complete: false },
    {
      verdict: expect.stringMatching(/^(?:inconclusive|holds)$/),
    },
  ]);
}, 600_000);

test('Ctrl-C: what every process has found is kept, and none stays', async () => {
  const cwd = folder({ 'a.ded': SPECS.violated, 'b.ded': SPECS.violated, 'c.ded': SPECS.violated });
  const args = ['test', '.', '--jobs', '2', '-v', '--json', 'o.json', ...ENDLESS];
  // It is the first one's turn to be heard; it has found something, and goes on.
  const { code, stdout, stderr } = await interrupted(cwd, args, /"event":"counterexample"/);
  expect(code).toBe(3);
  expect(stderr).not.toMatch(STACK);
  expect(stdout).toContain('3 checks of 3 specs');
  const { checks } = resultIn(cwd, 'o.json');
  expect(checks[0]).toMatchObject({ verdict: 'violated', complete: false, stopped: 'aborted', counterexamples: [{}] });
  expect(checks[2]).toMatchObject({ verdict: 'inconclusive', executions: 0, stopped: 'aborted' });
});

test('--timeout: counterexamples are kept, the rest was not run', () => {
  const cwd = folder({ 'a.ded': SPECS.violated, 'b.ded': SPECS.holds, 'c.ded': SPECS.holds });
  const args = ['test', '.', '--jobs', '2', '--timeout', '4', '--json', 'o.json', ...ENDLESS];
  const { code, stdout } = ldfi(cwd, args);
  expect(code).toBe(1);
  expect(stdout).toContain('3 checks of 3 specs');
  expect(resultIn(cwd, 'o.json').checks.map(({ stopped }) => stopped)).toContain('aborted');
  expect(resultIn(cwd, 'o.json').checks[2]).toMatchObject({ verdict: 'inconclusive', executions: 0 });
});

test.runIf(process.platform === 'linux')('a process that is killed takes no other check with it', () => {
  const dies = `import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
if (readFileSync('/proc/self/cmdline', 'utf8').includes('searcher.js')) spawnSync('kill', ['-9', String(process.pid)]);
${oneMessage("{ name: 'dies', eot: 4, eff: 0 }")}`;
  const cwd = folder({ 'a.ded': SPECS.holds, 'b.ts': dies, 'c.ded': SPECS.holds, 'd.ded': SPECS.holds });
  const { code, stdout, stderr } = ldfi(cwd, ['test', '.', '--jobs', '2', '--json', 'o.json']);
  expect(code).toBe(2);
  expect(stderr).toContain('b.ts dies: the process that searched it ended by SIGKILL');
  expect(stdout).toContain('4 checks of 4 specs: 3 as expected, 1 not');
  expect(resultIn(cwd, 'o.json').checks.map(({ stopped }) => stopped)).toEqual([
    undefined,
    'error',
    undefined,
    undefined,
  ]);
});

test('what handlers print is heard, on stderr', () => {
  const talks = oneMessage("{ name: 'talks', eot: 4, eff: 0 }").replace('void (ctx', "console.log('héard', ctx");
  const { code, stdout, stderr } = ldfi(folder({ 'a.ts': talks }), ['test', '.', '--jobs', '2']);
  expect(stderr).toContain('héard true');
  expect(stdout).not.toContain('héard');
  expect(code).toBe(0);
});

test('an endless handler ends its own search', () => {
  const cwd = folder({
    'a.ts': oneMessage("{ name: 'loops', eot: 4, eff: 0 }").replace('void (ctx.state.has = true)', '{ for (;;); }'),
    'b.ded': SPECS.holds,
  });
  const two = ldfi(cwd, ['test', '.', '--jobs', '2']);
  expect(two.code).toBe(2);
  expect(two.stderr).toContain('runaway-handler');
  if (isWhole) expect(ldfi(cwd, ['test', '.', '--jobs', '1'])).toEqual(two);
}, 600_000);

test('a number of jobs that makes no sense is refused', () => {
  expect(ldfi(folder(), ['test', '.', '--jobs', '0'])).toMatchObject({ code: 2 });
});
