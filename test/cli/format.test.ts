import { describe, expect, test } from 'vitest';
import { batch, folder, ldfi, read, shell } from './support.js';

const UGLY = 'p( X )@next:-p(X) ; // why\np("a")@1;\n';
const NEAT = 'p(X)@next :- p(X); // why\np("a")@1;\n';
const BROKEN = 'p("a")@1';

describe('ldfi format', () => {
  test('prints one file, compares many, and writes what changes', () => {
    const cwd = folder({ 'ugly.ded': UGLY, 'neat.ded': NEAT, 'sub/ugly.inc': UGLY });
    const [one, many, check, write, again] = batch(cwd, [
      ['format', 'ugly.ded'],
      ['format', '.'],
      ['format', '.', '--check'],
      ['format', '.', '--write'],
      ['format', '.', '--check'],
    ]);
    expect(one).toEqual({ code: 0, stdout: NEAT, stderr: '' });
    expect(many).toMatchObject({ code: 2, stdout: '' });
    expect(many?.stderr).toContain('there are 3 files: say --write');
    expect(check).toEqual({
      code: 1,
      stdout: 'sub/ugly.inc\nugly.ded\n3 files: 2 files to be laid out anew\n',
      stderr: '',
    });
    expect(write).toEqual({ code: 0, stdout: 'sub/ugly.inc\nugly.ded\n3 files: 2 files changed\n', stderr: '' });
    expect(again).toEqual({ code: 0, stdout: '3 files: nothing to change\n', stderr: '' });
    expect([read(cwd, 'ugly.ded'), read(cwd, 'neat.ded'), read(cwd, 'sub/ugly.inc')]).toEqual([NEAT, NEAT, NEAT]);
  });

  test('leaves what has mistakes as it is, says which, and writes the others', () => {
    const cwd = folder({ 'a.ded': BROKEN, 'b.ded': UGLY });
    const { code, stderr } = ldfi(cwd, ['format', '.', '--write']);
    expect(code).toBe(2);
    expect(stderr).toContain('error[missing-semicolon]');
    expect(stderr).toContain('a.ded:1:9');
    expect([read(cwd, 'a.ded'), read(cwd, 'b.ded')]).toEqual([BROKEN, NEAT]);
  });

  test('is a filter, and refuses what makes no sense', () => {
    const cwd = folder({ 'ugly.ded': UGLY });
    expect(shell(cwd, '$LDFI format - < ugly.ded')).toEqual({ code: 0, stdout: NEAT, stderr: '' });
    const [both, missing, stdin] = batch(cwd, [
      ['format', 'ugly.ded', '--write', '--check'],
      ['format', 'none.ded'],
      ['format', '-', '--write'],
    ]);
    expect([both?.code, missing?.code, stdin?.code]).toEqual([2, 2, 2]);
    expect(missing?.stderr).toContain('cannot read none.ded: no such file');
  });
});
