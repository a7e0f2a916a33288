/**
 * Scripts that were compiled ahead: V8 takes what the build has kept, in a process with the flags of the command line.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { ROOT } from './support.js';

const url = (name: string): string => JSON.stringify(pathToFileURL(join(ROOT, name)).href);

/** Which scripts V8 takes; the thread is not loaded, as it would look for its port. */
function taken(before: string): string {
  const script = `
    import { setFlags } from ${url('bin/flags.js')};
    ${before}
    import { wasTaken } from ${url('dist/cli/ahead.cjs')};
    console.log(['main', 'compiler'].map(wasTaken).join());`;
  return spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' }).stdout.trim();
}

test('V8 takes what was compiled ahead', () => {
  expect(taken('setFlags();')).toBe('true,true');
});

test('with other flags it compiles as ever', () => {
  expect(taken('')).toBe('false,false');
});
