/**
 * The flags of V8 with which the command line starts: V8 says nothing of one that it does not know, so a misspelt one,
 * or one that a later version has dropped, would only be felt.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from './support.js';

test('V8 knows every flag that is set at start-up', () => {
  const bin = readFileSync(join(ROOT, 'bin/flags.js'), 'utf8');
  const flags = [...bin.matchAll(/setFlagsFromString\('(--[a-z-]+)=\d+'\)/g)].map(([, flag]) => flag);
  expect(flags).toEqual(['--wasm-tiering-budget', '--interrupt-budget']);
  const { stdout } = spawnSync(process.execPath, ['--v8-options'], { encoding: 'utf8' });
  const known = new Set([...stdout.matchAll(/^ +(--[a-z0-9-]+) \(/gm)].map(([, flag]) => flag));
  expect(flags.filter((flag) => !known.has(flag))).toEqual([]);
});
