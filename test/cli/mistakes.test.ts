import { cpSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { acknowledged, batch, folder, ldfi, SPECS, STACK, shell } from './support.js';

const cwd = folder({
  'ok.ded': SPECS.violated,
  'bad.ded': SPECS.bad,
  'empty.ded': '',
  'comment.ded': '// nothing\n',
  'rules.ded': SPECS.promise,
  'binary.ded': Uint8Array.from({ length: 256 }, (_, i) => i),
  'nul.ded': 'send("a")@1;\0',
  'nodes.ded': `//! check nodes=${Array.from({ length: 65 }, (_, i) => `n${i}`).join(',')}\n${SPECS.oneMessage}${SPECS.promise}`,
  'folder.ded/x': '',
  'other.json': '{}',
  'p.tsx': '',
  'types.d.ts': '',
  'first.js': "throw new Error('one\\ntwo');\n",
  'number.js': 'export default 3;\n',
  'list.js': 'export default [3];\n',
});

/** Command line, and what stderr must say. */
const MISTAKES: [string, string][] = [
  ['', 'Usage: ldfi'],
  ['rum ok.ded', "unknown command 'rum'\n(Did you mean run?)"],
  ['run', "missing required argument 'file'"],
  ['run --nope ok.ded', "unknown option '--nope'"],
  ['run --eott 4 ok.ded', 'Did you mean --eot?'],
  ['test --eot 4', "unknown option '--eot'"],
  ['run nope.ded', 'cannot read "nope.ded": no such file'],
  ['run .', 'cannot read ".": it is a directory'],
  ['run ok.ded/x', 'a part of the path is not a directory'],
  ['run binary.ded', 'it is not UTF-8 text'],
  ['run nul.ded', 'it is a binary file'],
  ['run /dev/zero', 'it is not a regular file'],
  ['run bad.ded', '1 error; nothing was run.'],
  ['run empty.ded', 'error: empty.ded: there is nothing in it; add facts, or name the nodes: --nodes a,b,c'],
  ['run comment.ded', 'there is nothing in it'],
  ['run rules.ded', 'without facts there are no nodes'],
  ['run nodes.ded', 'error: nodes.ded: at most 64 nodes, not 65'],
  ['test nodes.ded ok.ded', 'error: nodes.ded: at most 64 nodes, not 65'],
  ['combos nodes.ded', 'error: nodes.ded: at most 64 nodes, not 65'],
  ['check nope.ded', 'no such file'],
  ['check bad.ded', '1 error'],
  ['run ok.ded --eot x', "argument 'x' is invalid. It must be an integer from 1 to 1000."],
  ['run ok.ded --eot 0', 'It must be an integer from 1 to 1000.'],
  ['run ok.ded --eot 1001', 'It must be an integer from 1 to 1000.'],
  ['run ok.ded --eot 1e2', 'It must be an integer'],
  ['run ok.ded --eot 0x10', 'It must be an integer'],
  ['run ok.ded --eot 9007199254740993', 'It must be an integer'],
  ['run ok.ded --eot', 'argument missing'],
  ['run ok.ded --eff 1001', 'from 0 to 1000'],
  ['run ok.ded --eff=-1', 'from 0 to 1000'],
  ['run ok.ded --crashes 65', 'from 0 to 64'],
  ['run ok.ded --nodes a,,b', 'It must be a list like a,b,c.'],
  ['run ok.ded --nodes a,b,a', 'A node is named twice.'],
  ['run ok.ded --strategy guess', 'Allowed choices are lineage, random, exhaustive.'],
  ['run ok.ded --lineage half', 'Allowed choices are auto, total, run.'],
  ['run ok.ded --invariant lax', 'Allowed choices are strict, reference.'],
  ['run ok.ded --timeout 0', 'from 1 to 1000000'],
  ['run ok.ded --max-executions 0', 'It must be an integer, at least 1.'],
  ['run ok.ded --max-faults -1', 'at least 0'],
  ['run ok.ded --seed 4294967296', 'from 0 to 4294967295'],
  ['test nope', 'error: cannot read nope: no such file\n'],
  ['test', 'error: cannot read specs: no such file; name files or folders\n'],
  ['test folder.ded', 'error: no specs found; name files or folders\n'],
  ['combos', 'combos needs a spec, or all of --eot, --eff, --crashes and --nodes'],
  ['combos --eot 4 --eff 2 --crashes 1', 'combos needs a spec'],
  ['replay', "missing required argument 'result.json'"],
  ['replay nope.json', 'error: cannot replay nope.json: no such file\n'],
  ['replay other.json', 'it is not a result of ldfi; name a file that `ldfi run` or `ldfi test --json` wrote'],
  ['replay other.json --out x.test.ts', 'error: --out is for a test: say which with --emit\n'],
  [
    'run other.json',
    'other.json is no spec: those are modules with protocols (.ts, .js) and Dedalus programs (.ded); a result',
  ],
  ['test p.tsx', 'error: p.tsx is no spec: '],
  ['check types.d.ts', 'error: types.d.ts is no spec: '],
  ['init ok.ded', 'error: cannot write into ok.ded: a part of the path is not a directory; name a folder'],
  ['init ok.ded/x --dry-run', 'error: cannot write into ok.ded/x: '],
  ['run first.js', 'loading it threw Error: one\n --> first.js:1:1\n  |\n1 | throw new Error('],
  ['run number.js', 'no protocol is exported: its default export is a number that defineProtocol has not made\n'],
  ['run list.js', 'no protocol is exported: its default export is a list'],
];

test('every mistake: exit code 2, nothing on stdout, a message that says what is wrong', () => {
  const results = batch(
    cwd,
    MISTAKES.map(([line]) => line.split(' ').filter((word) => word !== '')),
  );
  expect(results).toHaveLength(MISTAKES.length);
  for (const [i, [line, message]] of MISTAKES.entries()) {
    expect([line, results[i]?.stderr]).toEqual([line, expect.stringContaining(message)]);
    expect([line, results[i]?.stderr]).not.toEqual([line, expect.stringMatching(STACK)]);
    const stdout = line.startsWith('test nodes') ? expect.stringContaining('1 spec could not be read') : '';
    expect([line, results[i]?.code, results[i]?.stdout]).toEqual([line, 2, stdout]);
  }
});

test('the process says the same as its parts', () => {
  expect(ldfi(cwd, ['run', 'nope.ded'])).toMatchObject({ code: 2, stdout: '' });
  expect(ldfi(cwd, [])).toMatchObject({ code: 2, stdout: '' });
  expect(ldfi(cwd, ['--version']).code).toBe(0);
  expect(ldfi(cwd, ['help', 'run']).stdout).toContain('--max-executions');
});

test('bounds beyond what can be searched are refused with a message', () => {
  const nodes = Array.from({ length: 64 }, (_, i) => `n${i}`).join(',');
  const large = ['--eot', '1000', '--eff', '1000', '--crashes', '64', '--nodes', nodes];
  const where = folder({
    's.ded': acknowledged(3, 'eot=6'),
    't.ded': `//! check eot=1000 eff=1000 nodes=${nodes}\n${SPECS.oneMessage}`,
  });
  const [run, tested, combos] = batch(where, [
    ['run', 's.ded', ...large],
    ['test', 't.ded', 's.ded'],
    ['combos', ...large],
  ]);
  const message = expect.stringMatching(
    /: 4\d{6} faults are possible, the limit is \d+: lower eff or use fewer nodes\n$/,
  );
  expect(run).toMatchObject({ code: 2, stdout: '', stderr: message });
  expect(tested).toMatchObject({ code: 2, stdout: expect.stringContaining('s.ded check') });
  expect(tested?.stderr).toContain('error: t.ded: 4');
  expect(combos).toMatchObject({ code: 2, stdout: '', stderr: message });
});

test('test: what cannot be looked at is an error, links in a circle end', () => {
  const where = folder({
    'specs/ok.ded': SPECS.holds,
    'specs/node_modules/x.ded': SPECS.bad,
    'specs/.hidden.ded': SPECS.bad,
  });
  symlinkSync('.', join(where, 'specs/loop'));
  symlinkSync('..', join(where, 'specs/up'));
  symlinkSync('ok.ded', join(where, 'specs/same.ded'));
  const [once] = batch(where, [['test', 'specs', './specs/ok.ded', join(where, 'specs')]]);
  expect(once).toMatchObject({ code: 0, stderr: '' });
  expect(once?.stdout).toContain('1 check of 1 spec: 1 as expected, 0 not');
  symlinkSync('nowhere', join(where, 'specs/gone.ded'));
  expect(ldfi(where, ['test'])).toMatchObject({ code: 2, stderr: 'error: cannot read specs/gone.ded: no such file\n' });
});

test('a name that is nearly right is told, and a folder is for test', () => {
  const where = folder({
    'specs/retry.ded': SPECS.holds,
    'specs/other.ded': 'include "parts.inc";',
    'specs/part.inc': '',
    'p.ts': '',
  });
  const told: [command: string, advice: string][] = [
    ['run specs/retri.ded', 'did you mean specs/retry.ded?'],
    ['run retry.ded', 'did you mean specs/retry.ded?'],
    ['run q.ts', 'did you mean p.ts?'],
    ['run specs', 'it is a folder; this runs all specs in it: npx ldfi test specs'],
    ['check .', 'npx ldfi test .'],
    ['run specs/other.ded', 'did you mean part.inc?'],
    ['test spec', 'error: cannot read spec: no such file; did you mean specs?'],
  ];
  const found = batch(
    where,
    told.map(([command]) => command.split(' ')),
  );
  for (const [i, [command, advice]] of told.entries())
    expect([command, found[i]?.code, found[i]?.stderr]).toEqual([command, 2, expect.stringContaining(advice)]);
  expect(ldfi(where, ['run', 'nothing-like-it.ded']).stderr).not.toContain('did you mean');
});

test('test: what is not as expected is told in full, with the next command', () => {
  const where = folder({ 'a.ded': SPECS.holds, 'c d.ded': SPECS.violated, 'ldfi.config.json': '{"specs":["."]}' });
  const { stdout, code } = ldfi(where, ['test']);
  expect(code).toBe(1);
  expect(stdout).toMatch(
    /✗ VIOLATED {2}c d\.ded [\s\S]*The promise that broke[\s\S]*What happens[\s\S]*\n\n2 checks of 2 specs/,
  );
  expect(stdout).toMatch(/\n {2}Next {2}npx ldfi run 'c d\.ded' --check \S+ --report\n/);
  expect(stdout).not.toContain('VIOLATED  a.ded');
  writeFileSync(join(where, 'ldfi.config.json'), '{"specs":[{"files":"c d.ded","eot":9}]}');
  expect(ldfi(where, ['test']).stdout).toContain("  Next  npx ldfi test 'c d.ded' --html 'reports/c d.html'\n");
  const slowest = expect.stringMatching(/Slowest\n +\d+\.\d s {2}c d\.ded .+\n$/);
  for (const rest of [[], ['-q'], ['--json', '-']])
    expect(ldfi(where, ['test', '--durations', ...rest]).stderr).toEqual(slowest);
});

test('test: the columns of the table are as wide as its labels', () => {
  const where = folder({ 'a.ded': SPECS.holds, 'longer.ded': SPECS.holds });
  const lines = ldfi(where, ['test', '.']).stdout.split('\n').slice(0, 2);
  const [first, second] = lines.map((line) => line.indexOf(' holds '));
  expect(first).toBe(second);
  expect(Math.max(...lines.map(({ length }) => length))).toBeLessThan(80);
});

test('test: specs without a check are named; without any check at all it is a mistake', () => {
  const where = folder({ 'a.ded': SPECS.holds, 'b.ded': SPECS.oneMessage });
  const [some, none, one] = batch(where, [
    ['test', '.'],
    ['test', 'b.ded'],
    ['test', 'b.ded', '-q'],
  ]);
  expect(some).toMatchObject({ code: 0, stderr: 'note: b.ded: the spec has no `//! check …` line and was left out\n' });
  expect(none).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('none of the specs has a check') });
  expect(one?.code).toBe(2);
});

test('test: one bad spec does not hide the others', () => {
  const where = folder({ 'a.ded': SPECS.bad, 'b.ded': SPECS.holds, 'c.ded': SPECS.violated });
  const [result] = batch(where, [['test', '.']]);
  expect(result?.code).toBe(2);
  expect(result?.stdout).toContain('✓ b.ded calm');
  expect(result?.stdout).toMatch(/✗ c\.ded loss .* violated .* 1 counterexample, 2 executions {2}expected holds\n/);
  expect(result?.stdout).toContain('2 checks of 2 specs: 1 as expected, 1 not, 1 spec could not be read');
});

test('without a build there is a hint', () => {
  const where = folder();
  cpSync('bin', join(where, 'bin'), { recursive: true });
  expect(shell(where, 'node bin/ldfi.js run x.ded')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('npm run build'),
  });
});
