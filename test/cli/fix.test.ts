/**
 * `ldfi fix`: what is printed, what is written, and the code.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folder, interrupted, ldfi, STACK } from './support.js';

/** A hello that is sent once. */
const ONCE = `//! check name=one-loss eot=4 eff=2 nodes=a,b
hello("a", "b")@1;
heard(Y)@async :- hello(X, Y);
heard(Y)@next :- heard(Y);
pre("b") :- start("b");
start("b")@1;
start(X)@next :- start(X);
post("b") :- heard("b");
`;

const LINE = 'hello(X, Y)@next :- hello(X, Y);\n';
const FIXED = ONCE.replace('hello("a", "b")@1;\n', `hello("a", "b")@1;\n${LINE}`);

const textIn = (cwd: string, name: string): string => readFileSync(join(cwd, name), 'utf8');

describe('a spec with a bug', () => {
  test('--dry-run prints what is wrong and the patch, and writes nothing', () => {
    const cwd = folder({ 'once.ded': ONCE });
    const { code, stdout, stderr } = ldfi(cwd, ['fix', 'once.ded', '--dry-run']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('✗ VIOLATED  one-loss');
    expect(stdout).toContain('This needed to fire  once.ded:3');
    expect(stdout).toContain('1. Let `heard` be sent again');
    expect(stdout).toContain('Proved: one-loss holds in 4 scenarios.');
    expect(stdout).toContain(`+${LINE}`);
    expect(textIn(cwd, 'once.ded')).toBe(ONCE);
  });

  test('the best edit is written into the spec, which then holds', () => {
    const cwd = folder({ 'once.ded': ONCE });
    const { code, stdout } = ldfi(cwd, ['fix', 'once.ded']);
    expect(code).toBe(0);
    expect(stdout).toContain('Edited  once.ded (edit 1)');
    expect(textIn(cwd, 'once.ded')).toBe(FIXED);
    expect(ldfi(cwd, ['run', 'once.ded']).code).toBe(0);
    const again = ldfi(cwd, ['fix', 'once.ded']);
    expect(again).toMatchObject({ code: 0, stdout: 'Nothing to fix: the check holds.\n' });
  });

  test('--output gives a patch that git takes from anywhere in the repository, and may be written again', () => {
    const cwd = folder({ 'specs/deep/once.ded': ONCE });
    const git = (at: string, ...args: string[]) => execFileSync('git', args, { cwd: join(cwd, at), stdio: 'pipe' });
    git('.', 'init', '-q', '.');
    const at = join(cwd, 'specs');
    for (let i = 0; i < 2; i++) {
      const { code, stdout } = ldfi(at, ['fix', 'deep/once.ded', '--output', 'fix.patch']);
      expect(code).toBe(0);
      expect(stdout).toContain('Patch  fix.patch');
    }
    expect(textIn(cwd, 'specs/fix.patch')).toContain('--- a/specs/deep/once.ded\n+++ b/specs/deep/once.ded\n');
    git('specs/deep', 'apply', join(at, 'fix.patch'));
    expect(textIn(cwd, 'specs/deep/once.ded')).toBe(FIXED);
  });

  test('a byte order mark and line ends of Windows stay, in the file and in the patch', () => {
    const text = `\u{feff}${ONCE.replaceAll('\n', '\r\n')}`;
    const cwd = folder({ 'once.ded': text, 'patched/once.ded': text });
    const { stdout } = ldfi(cwd, ['fix', 'once.ded', '--output', '-']);
    expect(ldfi(cwd, ['fix', 'once.ded', '-q'])).toMatchObject({ code: 0, stdout: '' });
    expect(textIn(cwd, 'once.ded')).toBe(`\u{feff}${FIXED.replaceAll('\n', '\r\n')}`);
    const at = join(cwd, 'patched');
    execFileSync('git', ['init', '-q', '.'], { cwd: at, stdio: 'pipe' });
    execFileSync('git', ['apply', '-'], { cwd: at, input: stdout, stdio: 'pipe' });
    expect(textIn(at, 'once.ded')).toBe(textIn(cwd, 'once.ded'));
  });

  test('--output - gives the patch alone, --json - the whole', () => {
    const cwd = folder({ 'once.ded': ONCE });
    const patch = ldfi(cwd, ['fix', 'once.ded', '--output', '-']);
    expect(patch.stdout).toMatch(/^# Written by ldfi\. let `heard` be sent again[^\n]*\n--- a\/once\.ded\n/);
    const json = JSON.parse(ldfi(cwd, ['fix', 'once.ded', '--dry-run', '--json', '-']).stdout);
    expect(json).toMatchObject({
      schemaVersion: 1,
      checks: [{ name: 'one-loss', verdict: 'violated', needed: { file: 'once.ded', line: 3 } }],
      fixes: [{ kinds: ['persist'], proved: [{ name: 'one-loss', was: 'violated' }] }],
    });
    expect(patch.stdout).toContain(json.fixes[0].patch);
    expect(textIn(cwd, 'once.ded')).toBe(ONCE);
  });

  test('what makes no sense is a mistake of the user, and the spec stays as it is', () => {
    const cwd = folder({ 'once.ded': ONCE, 'mine.txt': 'mine\n' });
    for (const [args, words] of [
      [['--choose', '9'], '--choose 9: there'],
      [['--check', 'other'], 'no check is named "other"'],
      [['--output', 'mine.txt'], 'mine.txt is there and was not written by ldfi'],
      [['--output', 'once.ded', '--force'], 'once.ded is read by this command'],
      [['--proposals', '0'], 'It must be an integer from 1 to 20.'],
    ] as const) {
      const { code, stderr } = ldfi(cwd, ['fix', 'once.ded', ...args]);
      expect([code, stderr]).toEqual([2, expect.stringContaining(words)]);
      expect(stderr).not.toMatch(STACK);
    }
    expect(textIn(cwd, 'once.ded')).toBe(ONCE);
    expect(textIn(cwd, 'mine.txt')).toBe('mine\n');
  });
});

test('where no edit mends it, it is said what comes nearest', () => {
  const cwd = folder({ 'once.ded': ONCE.replace('eff=2', 'eff=2 crashes=1') });
  const { code, stdout } = ldfi(cwd, ['fix', 'once.ded']);
  expect(code).toBe(1);
  expect(stdout).toContain('! No edit of the kinds that are tried mends it');
  expect(stdout).toContain('what still breaks is one-loss with {crash a@1}');
  expect(textIn(cwd, 'once.ded')).toBe(ONCE.replace('eff=2', 'eff=2 crashes=1'));
});

test('--check mends one check, whatever else is violated', () => {
  const crash = ONCE.replace('name=one-loss eot=4 eff=2', 'name=crash eot=4 crashes=1');
  const cwd = folder({ 'once.ded': `${crash.split('\n')[0]}\n${ONCE}` });
  expect(ldfi(cwd, ['fix', 'once.ded', '--dry-run']).code).toBe(1);
  const { code, stdout } = ldfi(cwd, ['fix', 'once.ded', '--dry-run', '--check', 'one-loss']);
  expect(code).toBe(0);
  expect(stdout).not.toContain('VIOLATED  crash');
  expect(stdout).toContain(`+${LINE}`);
});

test('a promise that is broken without faults, or that nothing makes, is no case for edits', () => {
  const cwd = folder({
    'broken.ded': ONCE.replace('post("b") :- heard("b")', 'post("b") :- heard("b"), start("c")'),
    'vacuous.ded': ONCE.replace('pre("b") :- start("b")', 'pre("b") :- start("b"), start("c")'),
  });
  for (const name of ['broken', 'vacuous']) {
    const { code, stdout } = ldfi(cwd, ['fix', `${name}.ded`]);
    expect(code).toBe(4);
    expect(stdout).toContain('There is no counterexample to go by');
  }
});

test('of a protocol it is said what is wrong, and that edits are for specs', () => {
  const cwd = folder();
  mkdirSync(join(cwd, 'node_modules'), { recursive: true });
  const spec = new URL('../../specs/typescript/broadcast-simple.ts', import.meta.url);
  writeFileSync(join(cwd, 'simple.ts'), readFileSync(spec, 'utf8'));
  const { code, stdout } = ldfi(cwd, ['fix', 'simple.ts']);
  expect(stdout).toContain('This needed to fire  simple.ts:');
  expect(stdout).toContain('Edits are proposed for Dedalus specs alone');
  expect(code).toBe(1);
});

test('Ctrl-C ends it: code 3, and nothing is written', async () => {
  const cwd = folder();
  expect(existsSync(join(cwd, 'reports'))).toBe(false);
  const spec = new URL('../../specs/consensus/', import.meta.url);
  for (const name of ['raft-election-double-vote.ded', 'election.inc'])
    writeFileSync(join(cwd, name), readFileSync(new URL(name, spec), 'utf8'));
  const before = textIn(cwd, 'election.inc');
  const large = ['--eot', '60', '--eff', '10', '--crashes', '2'];
  const { code, stderr } = await interrupted(cwd, ['fix', 'raft-election-double-vote.ded', ...large], /; \d+\.\d s\n/);
  expect(code).toBe(3);
  expect(stderr).toContain('Interrupted: finishing with what was found');
  expect(stderr).not.toMatch(STACK);
  expect(textIn(cwd, 'election.inc')).toBe(before);
});
