/**
 * Completion in a real bash: the script is sourced, and the function that bash would call is asked.
 */
import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { folder, ldfi } from './support.js';

const MINUTES = { timeout: 120_000 };
const cwd = folder({ 'a b.ded': '', 'other.txt': '' });
const script = ldfi(cwd, ['completion', 'bash']).stdout;

/** What bash offers for the last of some words. */
function offers(...words: string[]): string[] {
  const asked = `${script}
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
_ldfi
printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { status, stdout, stderr } = spawnSync('bash', ['--norc', '-c', asked, 'bash', 'ldfi', ...words], {
    cwd,
    encoding: 'utf8',
    timeout: 60_000,
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return stdout.split('\n').filter((line) => line !== '');
}

describe('bash completes', () => {
  test('commands', MINUTES, () => {
    expect(offers('re')).toEqual(['replay', 'report']);
    expect(offers('')).toEqual(expect.arrayContaining(['run', 'test', 'live', 'nodes', 'explain', 'completion']));
    expect(offers('live', 'do')).toEqual(['doctor']);
  });

  test('flags of the command that stands there', MINUTES, () => {
    expect(offers('run', 'x.ded', '--max-f')).toEqual(['--max-faults']);
    expect(offers('live', 'run', '--dry')).toEqual(['--dry-run']);
    expect(offers('check', '--max-f')).toEqual([]);
    expect(offers('run', '--report', '--fir')).toEqual(['--first']);
  });

  test('choices, files by themselves, and words', MINUTES, () => {
    expect(offers('run', '--strategy', '')).toEqual(['lineage', 'random', 'exhaustive']);
    expect(offers('run', '--strategy', '=', 'ra')).toEqual(['random']);
    expect(offers('run', '--strategy', '=')).toEqual(['lineage', 'random', 'exhaustive']);
    expect(offers('completion', 'f')).toEqual(['fish']);
    expect(offers('explain', 'unbound')).toEqual(['unbound-variable']);
    expect(offers('test', '--reporter', 'ju')).toEqual(['junit']);
    // No reply: bash then offers files.
    expect(offers('run', '')).toEqual([]);
    expect(offers('nodes', '--', 'py')).toEqual([]);
  });
});

test('all flags of the help are in each script', MINUTES, () => {
  const flags = ldfi(cwd, ['run', '--help']).stdout.match(/^ {2}(?:-\w, )?--[\w-]+/gm) ?? [];
  expect(flags.length).toBeGreaterThan(30);
  for (const shell of ['bash', 'zsh', 'fish']) {
    const { code, stdout } = ldfi(cwd, ['completion', shell]);
    const missing = flags
      .map((flag) => flag.trim().replace(/^-\w, /, ''))
      .filter((flag) => !stdout.includes(shell === 'fish' ? `-l ${flag.slice(2)} ` : flag));
    expect([shell, code, missing]).toEqual([shell, 0, []]);
  }
});

test('another shell is a mistake', MINUTES, () => {
  expect(ldfi(cwd, ['completion', 'tcsh'])).toMatchObject({ code: 2, stdout: '' });
});
