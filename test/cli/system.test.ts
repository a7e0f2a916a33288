/**
 * Asynchronous systems on the command line: in a thread of their own, checked in fresh ones, replayed, and kept inside.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folder, ldfi, PACKAGE } from './support.js';

const spec = (name: string): string => join(PACKAGE, 'specs/typescript', name);

const system = (start: string, head = ''): string => `
import { defineSystem } from 'ldfi';
${head}
export default defineSystem({
  name: 'tried',
  nodes: ['a', 'b'],
  start: async (node, net) => {
    if (node.id === 'a') { ${start} }
  },
  check: () => 'holds',
  checks: [{ eot: 3, eff: 2, expect: 'holds' }],
});
`;

const LONG = { timeout: 120_000 };

test('a lost write is found, and replayed', LONG, () => {
  const cwd = folder({ 'write-behind.ts': readFileSync(spec('write-behind.ts')) });
  const found = ldfi(cwd, ['run', 'write-behind.ts', '--json', 'found.json']);
  expect(found.code).toBe(1);
  expect(found.stdout).toContain('acknowledged, and not stored');
  expect(found.stdout).toMatch(/tick 2 +· store → client {2}\{ kind: "answer", id: 1, data: "stored" \}/);
  const again = ldfi(cwd, ['replay', 'found.json', '--check', 'restart']);
  expect(again.stdout).toContain('acknowledged, and not stored');
});

test('both stores give what they expect', LONG, () => {
  expect(ldfi(folder(), ['test', spec('write-behind.ts'), spec('write-through.ts')]).code).toBe(0);
});

test.each([
  [
    'a file',
    `import { readFile } from 'node:fs/promises';`,
    "await readFile('tried.ts');",
    'reaches outside of the virtual world (FS',
  ],
  ['a socket', `import { connect } from 'node:net';`, 'connect(1);', 'reaches outside of the virtual world (TCP'],
  ['a digest in another thread', '', "await crypto.subtle.digest('SHA-256', new Uint8Array(1));", 'reaches outside'],
  [
    'a variable of the module',
    'let runs = 0;',
    'node.log(++runs);',
    'start of a at tick 1 does otherwise in a second run',
  ],
  ['an endless loop', '', 'for (;;) await undefined;', 'start of a at tick 1 did not return within'],
])('%s is refused', LONG, (_, head, start, said) => {
  const cwd = folder({ 'tried.ts': system(start, head) });
  const { code, stderr } = ldfi(cwd, ['run', 'tried.ts']);
  expect(stderr).toContain(said);
  expect(code).toBe(2);
});
