/**
 * A module with a program in Bloom on the command line: what takes a Dedalus spec takes it, and points at its lines.
 */
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { resultFromJson } from '../../src/report/schema.js';
import { folder, ldfi, PACKAGE } from '../cli/support.js';

const cwd = folder();
cpSync(join(PACKAGE, 'specs/bloom'), join(cwd, 'bloom'), { recursive: true });
const run = (...words: string[]) => ldfi(cwd, words);
const lineOf = (name: string, text: string): number =>
  readFileSync(join(cwd, name), 'utf8')
    .slice(0, readFileSync(join(cwd, name), 'utf8').indexOf(text))
    .split('\n').length;

test('a violated check: the result, its counterexample again, as a test, and no edit', () => {
  const found = run('run', 'bloom/chat.ts', '--check', 'one-loss', '--json', 'r.json', '--report', 'r.html');
  expect(found).toMatchObject({ code: 1, stderr: '' });
  expect(found.stdout).toContain('ann never has screen hello: srv never gets join ann');
  expect(found.stdout).not.toContain('ldfi fix');
  const text = readFileSync(join(cwd, 'r.json'), 'utf8');
  expect(text).not.toContain(cwd);
  expect(resultFromJson(text)).toMatchObject({ result: { checks: [{ spec: { roots: ['bloom/chat.ts'] } }] } });
  expect(readFileSync(join(cwd, 'r.html'), 'utf8')).toContain('member.now(join.map((j)');

  const again = run('replay', 'r.json');
  expect(again).toMatchObject({ code: 1, stdout: expect.stringContaining('still violated') });
  expect(again.stderr).toContain('note: this runs bloom/chat.ts');
  const pinned = run('replay', 'r.json', '--emit', 'node:test');
  expect(pinned.stdout).toContain('loadBloom(protocol)');
  expect(pinned.stdout).toContain('./bloom/chat.ts');

  const fix = run('fix', 'bloom/chat.ts', '--dry-run');
  expect(fix.code).toBe(1);
  expect(fix.stdout).toContain(`bloom/chat.ts:${lineOf('bloom/chat.ts', 'screen.now(')}`);
  expect(fix.stdout).toContain('this one is written in Bloom');
  expect(fix.stdout).not.toContain('@@');
});

test('what only shows a result runs nothing: the program is in it', () => {
  const text = readFileSync(join(cwd, 'bloom/chat.ts'), 'utf8');
  const marked = `import { writeFileSync } from 'node:fs';\nwriteFileSync('LOADED', '');\n${text}`;
  writeFileSync(join(cwd, 'marked.ts'), marked);
  run('run', 'marked.ts', '-q', '--json', 'marked.json');
  expect(existsSync(join(cwd, 'LOADED'))).toBe(true);
  rmSync(join(cwd, 'LOADED'));
  for (const format of ['html', 'svg', 'mermaid', 'dot'])
    expect(run('report', 'marked.json', '--format', format, '--out', '-')).toMatchObject({ code: 0, stderr: '' });
  expect(run('report', 'marked.json', '--out', '-').stdout).toContain('member.now(join.map((j)');
  expect(existsSync(join(cwd, 'LOADED'))).toBe(false);
});

test('a check that holds: its certificate, and how much is tolerated', () => {
  expect(run('run', 'bloom/chat-log.ts', '--certificate', 'c.json', '-q')).toMatchObject({ code: 0, stderr: '' });
  expect(run('verify', 'c.json', 'bloom/chat-log.ts')).toMatchObject({ code: 0, stderr: '' });
  expect(run('verify', 'c.json', 'bloom/word-count.ts').code).not.toBe(0);
  expect(run('frontier', 'bloom/chat-log.ts')).toMatchObject({ code: 0, stdout: expect.stringContaining('eff 5') });
});

test('what a module imports has lines of its own', () => {
  const { stdout } = run('run', 'bloom/gfs-one-replica.ts');
  expect(stdout).toContain('VIOLATED');
  const fix = run('fix', 'bloom/gfs-one-replica.ts', '--dry-run');
  expect(fix.stdout).toMatch(/bloom\/gfs\.ts:\d+/);
});
