/**
 * The flags of V8 with which the command line starts: of one that it does not know V8 complains on stderr, in every run.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folder, ldfi, ROOT } from './support.js';

test('V8 has nothing to complain of at start-up', () => {
  expect(ldfi(folder({}), ['--version'])).toMatchObject({ code: 0, stderr: '' });
});

test('every flag that is set exists, here or in the versions that it is set for', () => {
  const bin = readFileSync(join(ROOT, 'bin/flags.js'), 'utf8');
  const flags = [...bin.matchAll(/( if \(.*\))? setFlagsFromString\('(--[a-z-]+)=\d+'\)/g)].map(
    ([, condition, flag]) => ({ flag, isFor: condition?.match(/startsWith\('(\d+\.)'\)/)?.[1] ?? '' }),
  );
  expect(flags.map(({ flag }) => flag)).toEqual(['--wasm-tiering-budget', '--interrupt-budget']);
  const { stdout } = spawnSync(process.execPath, ['--v8-options'], { encoding: 'utf8' });
  const known = new Set([...stdout.matchAll(/^ +(--[a-z0-9-]+) \(/gm)].map(([, flag]) => flag));
  const meant = flags.filter(({ isFor }) => process.versions.v8.startsWith(isFor));
  expect(meant.filter(({ flag }) => !known.has(flag))).toEqual([]);
});
