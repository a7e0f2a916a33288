import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { batch, folder, ldfi, PACKAGE, read, resultIn, SPECS } from './support.js';

test('several files are one program', () => {
  const cwd = folder({
    'protocol.ded': SPECS.oneMessage,
    'promise.ded': `//! check eot=4 eff=2 expect=violated\n${SPECS.promise}`,
  });
  const [half, both] = batch(cwd, [
    ['run', 'protocol.ded'],
    ['run', 'protocol.ded', 'promise.ded'],
  ]);
  expect([half?.code, both?.code]).toEqual([4, 1]);
  expect(both?.stdout).toContain('a sends to b at tick 1 is lost');
  expect(resultIn(cwd, 'reports/protocol.json').checks[0]?.spec).toEqual({
    roots: ['protocol.ded', 'promise.ded'],
    files: ['protocol.ded', 'promise.ded'],
  });
});

test('without a check there are default bounds, and it says so', () => {
  const cwd = folder({ 's.ded': SPECS.oneMessage + SPECS.promise });
  const [plain, some, all] = batch(cwd, [
    ['run', 's.ded', '--json', 'o.json'],
    ['run', 's.ded', '--eff', '1'],
    ['run', 's.ded', '--eff', '1', '--eot', '4', '--crashes', '0'],
  ]);
  expect(plain?.stdout).toContain('The spec has no `//! check …` line; using eot=6 eff=3 crashes=0.');
  expect(resultIn(cwd, 'o.json').checks[0]?.bounds).toEqual({ eot: 6, eff: 3, crashes: 0, nodes: ['a', 'b'] });
  expect(some?.stdout).toContain('using eot=6 crashes=0.');
  expect(all?.stdout).not.toContain('using');
});

test('bounds on the command line replace those of every check, and what was expected of them is dropped', () => {
  const checks =
    '//! check name=x eot=4 eff=2 nodes=a,b expect=violated\n//! check name=y eot=5 eff=2 nodes=a,b expect=holds\n';
  const cwd = folder({ 's.ded': checks + SPECS.oneMessage + SPECS.promise });
  const [eff] = batch(cwd, [
    ['run', 's.ded', '--eff', '0', '--crashes', '1', '--json', 'eff.json'],
    ['run', 's.ded', '--eot', '7', '--nodes', 'b, a,c', '--json', 'eot.json'],
  ]);
  expect(eff?.code).toBe(1);
  const { checks: merged } = resultIn(cwd, 'eff.json');
  expect(merged.map(({ name, bounds, expect: expected }) => ({ name, ...bounds, expected }))).toEqual([
    { name: 'x', eot: 4, eff: 0, crashes: 1, nodes: ['a', 'b'], expected: undefined },
    { name: 'y', eot: 5, eff: 0, crashes: 1, nodes: ['a', 'b'], expected: undefined },
  ]);
  expect(resultIn(cwd, 'eot.json').checks.map(({ name, bounds }) => ({ name, ...bounds }))).toEqual([
    { name: 'x', eot: 7, eff: 2, crashes: 0, nodes: ['a', 'b', 'c'] },
  ]);
});

test('a list of nodes that looks misspelt is noted', () => {
  const cwd = folder({ 's.ded': SPECS.holds });
  const notes = batch(cwd, [
    ['run', 's.ded', '--nodes', 'a,bb'],
    ['run', 's.ded', '--nodes', 'a,bb', '-q'],
    ['run', 's.ded', '--nodes', 'a,b,c'],
    ['run', 's.ded', '--nodes', 'a'],
  ]).map(({ stderr }) => stderr);
  const note = 'note: s.ded: check calm: no fact is at node bb; there are facts at b, which is no node\n';
  expect(notes).toEqual([note, '', '', '']);
});

test('--check picks one, or lists them all', () => {
  const cwd = folder({ 's.ded': `//! check name="the other" eff=0\n${SPECS.violated}` });
  const bounds = ['--eot', '5', '--eff', '2', '--crashes', '0'];
  const [other, none, ...same] = batch(cwd, [
    ['run', 's.ded', '--check', 'the other'],
    ['run', 's.ded', '--check', 'nope'],
    ['run', 's.ded', ...bounds],
    ['run', 's.ded', '--check', 'loss', ...bounds],
    ['fix', 's.ded', '--check', 'loss', ...bounds, '--dry-run'],
  ]);
  expect(other?.code).toBe(0);
  expect(none).toEqual({
    code: 2,
    stdout: '',
    stderr: 'error: no check is named "nope"; there are: the other, loss\n',
  });
  // With the same bounds they are one check, which has both names.
  const [all, loss, fix] = same;
  expect(all?.stdout).toMatch(/^✗ VIOLATED {2}the other {2}\(eot 5, eff 2/);
  expect(loss?.stdout).toMatch(/^✗ VIOLATED {2}loss {2}\(eot 5, eff 2/);
  expect(fix?.stderr).toBe('');
  expect(fix?.stdout).toContain('VIOLATED');
});

test('--first stops at the first counterexample', () => {
  const command = ['run', join(PACKAGE, 'specs/commit/2pc.ded'), '--check', 'loss-and-crash'];
  const cwd = folder();
  const [first, all] = batch(cwd, [
    [...command, '--first', '--json', 'first.json'],
    [...command, '--json', 'all.json'],
  ]);
  expect(first?.code).toBe(1);
  const [check] = resultIn(cwd, 'first.json').checks;
  expect(check).toMatchObject({ verdict: 'violated', complete: false, stopped: 'first' });
  expect(check?.counterexamples).toHaveLength(1);
  expect(all?.stdout).toContain('these are all the minimal counterexamples within the bounds');
  expect(resultIn(cwd, 'all.json').checks[0]?.counterexamples).toHaveLength(8);
});

test('lineage total and run agree', () => {
  const cwd = folder({
    's.ded': read(PACKAGE, 'specs/broadcast/relay-once.ded'),
    'agreement.inc': read(PACKAGE, 'specs/broadcast/agreement.inc'),
  });
  const modes = ['total', 'run'];
  batch(
    cwd,
    modes.map((mode) => ['run', 's.ded', '--lineage', mode, '--json', `${mode}.json`]),
  );
  const found = modes.map((mode) => {
    const { checks } = resultIn(cwd, `${mode}.json`);
    expect(checks.map(({ lineage }) => lineage?.mode)).toEqual([mode, mode, mode]);
    return checks.map(({ counterexamples }) => counterexamples.map(({ faults }) => faults));
  });
  expect(found[0]).toEqual(found[1]);
});

test('the random strategy: the seed is printed, and decides everything', () => {
  const cwd = folder();
  const spec = join(PACKAGE, 'specs/broadcast/retry.ded');
  const command = ['run', spec, '--strategy', 'random', '--max-executions', '60', '--check', 'crash', '-v'];
  const runs = batch(cwd, [
    [...command, '--seed', '7', '--json', '0.json'],
    [...command, '--seed', '7', '--json', '1.json'],
    [...command, '--seed', '8', '--json', '2.json'],
    [...command, '--json', '3.json'],
  ]);
  expect(runs.map(({ stdout }) => /\nSeed {2}(\d+)\n/.exec(stdout)?.[1])).toEqual(['7', '7', '8', '1']);
  expect(resultIn(cwd, '2.json')).toMatchObject({ strategy: 'random', seed: 8 });
  expect(read(cwd, '1.json')).toBe(read(cwd, '0.json'));
  expect(runs[1]?.stderr).toBe(runs[0]?.stderr);
  expect(runs[2]?.stderr).not.toBe(runs[0]?.stderr);
});

test('the exhaustive strategy: all scenarios, or those up to a size', () => {
  const cwd = folder({ 's.ded': SPECS.violated });
  const [all, none] = batch(cwd, [
    ['run', 's.ded', '--strategy', 'exhaustive', '--json', 'o.json'],
    ['run', 's.ded', '--strategy', 'exhaustive', '--max-faults', '0'],
  ]);
  expect([all?.code, none?.code]).toEqual([1, 3]);
  expect(resultIn(cwd, 'o.json')).toMatchObject({ strategy: 'exhaustive', checks: [{ complete: true }] });
  expect(none?.stdout).toContain('Stopped at the limit of faults per scenario after 1 execution.');
});

test('the exhaustive strategy runs as many scenarios as the report says there are', () => {
  const cwd = folder();
  const spec = join(PACKAGE, 'specs/broadcast/ack.ded');
  const { stdout } = ldfi(cwd, ['run', spec, '--check', 'small', '--strategy', 'exhaustive']);
  expect(stdout).toContain('(688 scenarios in all): every one was run, 688 executions.');
});

test('--invariant reference, and a note where the readings differ', () => {
  const cwd = folder({ 's.ded': SPECS.disagreeing });
  const [strict, reference, tested] = batch(cwd, [
    ['run', 's.ded', '--json', 's.json'],
    ['run', 's.ded', '--invariant', 'reference', '--json', 'r.json'],
    ['test', 's.ded'],
  ]);
  expect([strict?.code, reference?.code]).toEqual([1, 0]);
  expect(strict?.stdout).toContain('Under --invariant reference the verdict is different: holds.');
  expect(resultIn(cwd, 's.json').checks[0]?.otherReading).toEqual({ invariant: 'reference', verdict: 'holds' });
  expect(reference?.stdout).toContain('Under --invariant strict the verdict is different: violated.');
  expect(resultIn(cwd, 'r.json').invariant).toBe('reference');
  expect(tested?.stdout).toContain('holds under --invariant reference');
});

test('--quiet: nothing on stdout, the result is saved all the same', () => {
  const cwd = folder({ 's.ded': SPECS.violated });
  const quiet = batch(cwd, [
    ['run', 's.ded', '--quiet', '--strategy', 'random'],
    ['run', 's.ded', '-q'],
    ['test', 's.ded', '-q'],
    ['check', 's.ded', '-q'],
  ]);
  expect(quiet.map(({ code, stdout }) => [code, stdout])).toEqual([
    [1, ''],
    [1, ''],
    [1, ''],
    [0, ''],
  ]);
  expect(quiet.map(({ stderr }) => stderr)).toEqual(['', '', expect.stringContaining('s.ded loss'), '']);
  expect(existsSync(join(cwd, 'reports/s.json'))).toBe(true);
});

test('-v: every event as a JSON line on stderr, without time and process', () => {
  const cwd = folder({ 's.ded': SPECS.violated });
  const logs = batch(
    cwd,
    [1, 2].map(() => ['run', 's.ded', '-v']),
  ).map(({ stderr }) => stderr);
  expect(logs[1]).toBe(logs[0]);
  const lines = (logs[0] ?? '')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines.map(({ event }) => event).filter((event) => event !== 'ground')).toEqual([
    'hypothesis',
    'run',
    'lineage',
    'hypothesis',
    'run',
    'counterexample',
    'verdict',
  ]);
  for (const line of lines) {
    expect(line).toMatchObject({ check: 'loss' });
    expect(Object.keys(line)).not.toContain('time');
    expect(Object.keys(line)).not.toContain('pid');
    expect(Object.keys(line)).not.toContain('hostname');
  }
});

test('colours: none in a pipe; FORCE_COLOR asks for them, NO_COLOR has the last word', () => {
  const cwd = folder({ 's.ded': SPECS.violated, 'bad.ded': SPECS.bad });
  const coloured = (env: Record<string, string>) => ldfi(cwd, ['run', 's.ded'], env).stdout.includes('\x1b[');
  expect(coloured({})).toBe(false);
  expect(coloured({ FORCE_COLOR: '1' })).toBe(true);
  expect(coloured({ FORCE_COLOR: '0' })).toBe(false);
  expect(coloured({ FORCE_COLOR: '1', NO_COLOR: '1' })).toBe(false);
  expect(ldfi(cwd, ['run', 'bad.ded'], { FORCE_COLOR: '1' }).stderr).toContain('\x1b[');
});
