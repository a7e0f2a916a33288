import { chmodSync, existsSync, readdirSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { resultFromJson } from '../../src/report/schema.js';
import { batch, folder, ldfi, PACKAGE, read, resultIn, SPECS, STACK, shell } from './support.js';

test('the default is reports/<first file>.json', () => {
  const cwd = folder({ 'a.b.ded': SPECS.violated, noext: SPECS.violated });
  const [first] = batch(cwd, [
    ['run', 'a.b.ded'],
    ['run', 'noext', 'a.b.ded'],
  ]);
  expect(first?.stdout).toContain('JSON  reports/a.b.json\n');
  expect(readdirSync(join(cwd, 'reports')).sort()).toEqual(['a.b.json', 'noext.json']);
});

test('--json: to a file, into a new folder, to stdout', () => {
  const cwd = folder({ 's.ded': SPECS.violated });
  const [toFile, toStdout, tested, both] = batch(cwd, [
    ['run', 's.ded', '--json', 'new/deep/o.json'],
    ['run', 's.ded', '--json', '-'],
    ['test', '.', '--json', '-'],
    ['test', '.', '--json', 't.json'],
  ]);
  expect(toFile?.stdout).toContain('JSON  new/deep/o.json\n');
  expect(readdirSync(join(cwd, 'new/deep'))).toEqual(['o.json']);
  expect(toStdout).toEqual({ stdout: read(cwd, 'new/deep/o.json'), stderr: '', code: 1 });
  expect(resultFromJson(toStdout?.stdout ?? '')).toHaveProperty('result');
  expect(existsSync(join(cwd, 'reports'))).toBe(false);
  expect(resultFromJson(tested?.stdout ?? '')).toMatchObject({ result: { checks: [{ name: 'loss' }] } });
  expect(tested?.stderr).toContain('expected holds');
  expect(both?.code).toBe(1);
  expect(read(cwd, 't.json')).toBe(tested?.stdout);
});

test('a file that cannot be written is an error if it was asked for, else a warning', () => {
  const cwd = folder({ 's.ded': SPECS.violated, file: '', reports: 'not a folder' });
  const [asked, byDefault, toFolder, tested] = batch(cwd, [
    ['run', 's.ded', '--json', 'file/o.json'],
    ['run', 's.ded'],
    ['run', 's.ded', '--json', '.'],
    ['test', 's.ded', '--json', '.'],
  ]);
  expect(asked).toMatchObject({
    code: 2,
    stderr: 'error: cannot write file/o.json: a part of the path is not a directory\n',
    stdout: expect.stringContaining('VIOLATED'),
  });
  expect(byDefault).toMatchObject({ code: 1, stderr: expect.stringContaining('warning: cannot write reports/s.json') });
  expect(byDefault?.stdout).not.toContain('JSON');
  expect(toFolder?.stderr).toBe('error: cannot write .: it is a directory\n');
  expect(tested?.code).toBe(2);
});

/** What an earlier run has written, as far as it matters. */
const RESULT = '{"schemaVersion":1,"tool":{"name":"ldfi"';

test('an existing file survives a failed write, and nothing is left behind', () => {
  const cwd = folder({ 's.ded': SPECS.violated, 'o.json': RESULT });
  // A limit of one block on files: the write fails half-way.
  const limited = shell(cwd, `ulimit -f 1; $LDFI run ${join(PACKAGE, 'specs/commit/2pc.ded')} -q --json o.json`);
  expect(limited).toMatchObject({ code: 2, stderr: 'error: cannot write o.json: it would be too large\n' });
  expect(read(cwd, 'o.json')).toBe(RESULT);
  expect(readdirSync(cwd).sort()).toEqual(['o.json', 's.ded']);
  expect(ldfi(cwd, ['run', 's.ded', '--json', 'o.json']).code).toBe(1);
  expect(resultIn(cwd, 'o.json').checks).toHaveLength(1);
  expect(readdirSync(cwd).sort()).toEqual(['o.json', 's.ded']);
});

test('links are followed, modes kept, devices left what they are', () => {
  const cwd = folder({ 's.ded': SPECS.violated, 'real/o.json': RESULT });
  chmodSync(join(cwd, 'real/o.json'), 0o640);
  symlinkSync('real/o.json', join(cwd, 'link.json'));
  const [, toDevice] = batch(cwd, [
    ['run', 's.ded', '--json', 'link.json'],
    ['run', 's.ded', '--json', '/dev/null'],
  ]);
  expect(resultIn(cwd, 'real/o.json').checks).toHaveLength(1);
  expect(statSync(join(cwd, 'real/o.json')).mode & 0o777).toBe(0o640);
  expect(toDevice?.code).toBe(1);
  expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
});

test('same input, same bytes: wherever it is run', () => {
  const outputs = [1, 2].map(() => {
    const cwd = folder({
      'specs/s.ded': read(PACKAGE, 'specs/broadcast/retry.ded'),
      'specs/agreement.inc': read(PACKAGE, 'specs/broadcast/agreement.inc'),
    });
    const commands = [
      ['run', 'specs/s.ded'],
      ['run', 'specs/s.ded', '--lineage', 'run', '--json', 'r.json'],
      ['run', 'specs/s.ded', '--strategy', 'random', '--max-executions', '40', '-v'],
      ['test', '--json', 't.json'],
      ['replay', 'r.json'],
    ];
    return [...batch(cwd, commands), ...['reports/s.json', 'r.json', 't.json'].map((f) => read(cwd, f))];
  });
  expect(outputs[1]).toEqual(outputs[0]);
  expect(JSON.stringify(outputs[0])).not.toContain('ldfi-cli-');
});

test('a reader of stdout that goes away is no error', () => {
  const cwd = folder({ 's.ded': SPECS.violated });
  for (const args of ['run s.ded', 'run s.ded --json -', '--help', 'test .']) {
    const { stderr, stdout } = shell(cwd, `$LDFI ${args} | true; echo $PIPESTATUS`);
    expect([args, stdout, stderr]).toEqual([args, args === '--help' ? '0\n' : '1\n', '']);
  }
  expect(shell(cwd, '$LDFI run s.ded | head -1').stdout).toContain('VIOLATED');
  expect(shell(cwd, '$LDFI run s.ded -v 2>&1 >/dev/null | true; echo $PIPESTATUS').stdout).toBe('1\n');
  expect(shell(cwd, '$LDFI run s.ded >&- 2>&-').code).toBe(1);
});

test.skipIf(!existsSync('/dev/full'))('a full disk is said in a line, and the file is saved first', () => {
  const cwd = folder({ 's.ded': SPECS.violated });
  const full = shell(cwd, '$LDFI run s.ded > /dev/full');
  expect(full).toMatchObject({ code: 2, stderr: expect.stringContaining('error: cannot write to stdout: ENOSPC') });
  expect(full.stderr).not.toMatch(STACK);
  expect(resultIn(cwd, 'reports/s.json').checks).toHaveLength(1);
  expect(shell(cwd, '$LDFI run s.ded --json - > /dev/full').code).toBe(2);
  expect(shell(cwd, '$LDFI run nope.ded 2> /dev/full').code).toBe(2);
});
