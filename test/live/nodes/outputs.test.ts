/**
 * What `ldfi nodes` writes beside the terminal, and what is done with it: reports, a test that fails until the program is
 * mended, and a replay.
 */
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { type Finished, folder, ldfi, PACKAGE, read, shell } from '../../cli/support.js';
import { junitProblems, sarifProblems } from '../../report/reporters/validate.js';
import { javascript, program, python } from './support.js';

const quoted = (words: readonly string[]): string => words.map((word) => `'${word}'`).join(' ');
const PROGRAM = ['--', 'sh', 'run.sh'];
const NAMES = ['text', 'json', 'junit', 'sarif', 'github', 'markdown', 'tap'];

test('found, reported, pinned; mended, the pin passes and a replay is green', { timeout: 600_000 }, async () => {
  const cwd = folder({ 'run.sh': `exec ${quoted(javascript('broadcast-once'))}\n`, summary: '' });
  mkdirSync(join(cwd, 'node_modules'));
  symlinkSync(PACKAGE, join(cwd, 'node_modules/ldfi'));
  const nodes = (...flags: string[]): Finished => shell(cwd, `$LDFI nodes ${quoted([...flags, ...PROGRAM])}`);
  const pin = (): Finished => shell(cwd, 'env -u NODE_OPTIONS -u NODE_TEST_CONTEXT node --test pins/loss.test.mjs');

  const search = ['--workload', 'broadcast', '--faults', 'omission', '--first', '--tick-ms', '25'];
  const reporters = NAMES.flatMap((name) => ['--reporter', `${name}=out/${name}`]);
  const found = nodes(...search, ...reporters, '--json', 'o.json', '--emit', 'node:test=pins/loss.test.mjs', '-q');
  expect([found.code, found.stdout]).toEqual([1, '']);
  expect(await junitProblems([read(cwd, 'out/junit')])).toEqual([]);
  expect(sarifProblems(read(cwd, 'out/sarif'))).toEqual([]);
  expect(read(cwd, 'out/junit')).toMatch(/<testsuite name="sh run\.sh" tests="1" failures="1"/);
  expect(read(cwd, 'out/github')).toMatch(/^::error title=ldfi%3A sh run\.sh broadcast::/);
  expect(read(cwd, 'out/tap')).toContain('not ok 1 - sh run.sh broadcast\n');
  expect(read(cwd, 'out/text')).toMatch(/^sh run\.sh\n✗ VIOLATED {2}broadcast/);
  expect(read(cwd, 'out/json')).toBe(read(cwd, 'o.json'));
  const schema = JSON.parse(ldfi(cwd, ['live', 'schema', '--result', 'nodes']).stdout);
  expect(new Ajv2020({ strict: false }).compile(schema)(JSON.parse(read(cwd, 'o.json')))).toBe(true);

  const failing = pin();
  expect([failing.code, failing.stdout]).toEqual([
    1,
    expect.stringMatching(/the promise is broken, \d of 5 times, by omi/),
  ]);
  const still = nodes('--replay', 'o.json', '--times', '1', '--reporter', 'junit=again.xml');
  expect([still.code, still.stdout]).toEqual([1, expect.stringContaining('✗ still broken, 1 of 1')]);
  expect(read(cwd, 'again.xml')).toContain('failures="1"');

  writeFileSync(join(cwd, 'run.sh'), `exec ${quoted(python('broadcast_retry'))}\n`);
  const passing = pin();
  expect([passing.code, passing.stdout]).toEqual([0, expect.stringMatching(/^# pass 1$/m)]);
  const mended = nodes('--replay', 'o.json');
  expect([mended.code, mended.stdout]).toEqual([
    0,
    expect.stringContaining('✓ the promise holds, 5 of 5; run `ldfi nodes`'),
  ]);

  // A program in which there is no such message proves nothing; nor does one that is broken anyway.
  const other = JSON.parse(read(cwd, 'o.json'));
  other.counterexamples[0].faults[0].call = 'n0 > n1 whisper #1';
  writeFileSync(join(cwd, 'other.json'), JSON.stringify(other));
  const missed = nodes('--replay', 'other.json', '--times', '2', '--reporter', 'json=r.json');
  expect([missed.code, missed.stdout]).toEqual([
    3,
    expect.stringContaining('! the faults did not all happen, in 2 of 2'),
  ]);
  expect(JSON.parse(read(cwd, 'r.json'))).toMatchObject({
    ...{ kind: 'replay', of: 'nodes', broken: [], reasons: [] },
    counterexamples: [{ standing: 'missed', missed: 2 }],
  });

  const elsewhere = ldfi(cwd, ['replay', 'o.json']);
  expect([elsewhere.code, elsewhere.stderr]).toEqual([
    2,
    expect.stringContaining('npx ldfi nodes --replay o.json -- PROGRAM'),
  ]);
  expect(ldfi(cwd, ['report', 'o.json', '--out', 'o.html']).code).toBe(0);
  expect(read(cwd, 'o.html')).toContain('<meta name="generator" content="ldfi ');
  expect(ldfi(cwd, ['report', 'o.json', '--format', 'dot'])).toMatchObject({
    ...{ code: 2, stderr: 'error: o.json is a result of experiments: there is a page of it, and no diagram\n' },
  });
});

test('a result does not decide which code is run, nor how much', () => {
  const run = { messages: [], left: 0, nodes: [], operations: [], end: 9, live: [], stderr: {} };
  const faults = [{ call: 'n0 > n1 tell #1', kind: 'omission', words: '' }];
  const result = {
    ...{ schemaVersion: 1, tool: { name: 'ldfi', version: '1' }, kind: 'nodes', workload: 'echo', promise: '' },
    command: ['touch', 'stolen'],
    bounds: { nodes: ['n0'], faults: ['omission'], eff: 9, eot: 59, tickMs: 20, maxFaults: 1, maxRuns: 50 },
    ...{ verdict: 'counterexamples', exact: 0, beyond: 0, reasons: [], grouped: [], injectable: 3, experiments: 8 },
    ...{ counterexamples: [{ faults, why: [], minimal: true, reproduced: 5, attempts: 5, run }], broken: [] },
  };
  const { bounds, counterexamples } = result;
  const cwd = folder({
    'many.json': JSON.stringify({
      ...result,
      bounds: { ...bounds, nodes: Array.from({ length: 999 }, (_, i) => `n${i}`) },
    }),
    'poker.json': JSON.stringify({ ...result, workload: 'poker\u001b[2J' }),
    'none.json': JSON.stringify({ ...result, counterexamples: [] }),
    'empty.json': JSON.stringify({
      ...result,
      counterexamples: counterexamples.map((one) => ({ ...one, faults: [] })),
    }),
    'kind.json': JSON.stringify({
      ...result,
      counterexamples: counterexamples.map((one) => ({ ...one, faults: [{ ...faults[0], kind: 'explode' }] })),
    }),
    'spec.json': '{"schemaVersion": 1}',
  });
  const said: [string, RegExp][] = [
    ['many', /nodes: Too big/],
    ['poker', /workload: Invalid option/],
    ['none', /none\.json has no counterexample/],
    ['empty', /name at least one fault/],
    ['kind', /"explode" is no kind of fault between nodes/],
    ['spec', /it is no result of `ldfi nodes`/],
  ];
  for (const [name, words] of said) {
    const { code, stderr } = ldfi(cwd, ['nodes', '--replay', `${name}.json`, '--', 'touch', 'stolen']);
    expect([name, code, stderr]).toEqual([name, 2, expect.stringMatching(words)]);
  }
});

test('a program that fails is an error in the reports', () => {
  const cwd = folder();
  const flags = ['--reporter', 'junit=j.xml', '--reporter', 'github=g', '--reporter', 'json=r.json'];
  const { code } = ldfi(cwd, [
    'nodes',
    '--workload',
    'echo',
    ...flags,
    '--',
    'node',
    program('javascript/misbehaving.js'),
    'dies',
  ]);
  expect(code).toBe(2);
  expect(read(cwd, 'j.xml')).toContain('errors="1"');
  expect(read(cwd, 'g')).toMatch(/^::error title=ldfi%3A node [^\n]*the program of n0 ended with exit code 3/);
});
