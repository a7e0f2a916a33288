/** A module whose compiled code is known gives what it gave when it was compiled. */
import { mkdtempSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { isSelfContained } from '../../src/worker/compiled.js';
import * as ldfi from '../../src/worker/ldfi.js';
import { compiledAlone, loadModule } from '../../src/worker/module.js';
import { sized } from '../size.js';

const LDFI = { twice: (n: number): number => 2 * n };

function folder(files: Record<string, string>): string {
  const path = mkdtempSync(join(tmpdir(), 'ldfi-compiled-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(path, name), text);
  return join(path, 'a.ts');
}

test('files that import each other and ldfi', async () => {
  const path = folder({
    'a.ts': `import { twice } from 'ldfi';\nimport all, { two, named } from './b.js';\nimport * as ring from './c.js';
export const value: number = twice(two) + named;\nexport default { all, url: import.meta.url, ring: ring.value() };\nexport const top = 7;`,
    'b.ts': 'export const two = 2;\nexport default { named: 40 };\n',
    'c.ts':
      "import { top } from './a.js';\nexport const value = () => typeof top;\nexport const later = await Promise.resolve(1);",
  });
  const first = await loadModule(path, LDFI, new Map());
  expect(first.thrown).toBeUndefined();
  expect(isSelfContained(first.files)).toBe(true);
  const second = await loadModule(path, LDFI, first.files);
  expect(second.thrown).toBeUndefined();
  expect(second.exports).toEqual(first.exports);
  expect(second.exports).toMatchObject({ value: 44, top: 7 });
});

test('what is thrown has its line, also below a long comment', async () => {
  const path = folder({
    'a.ts':
      "/**\n * One.\n * Two.\n * Three.\n */\nimport './b.js';\nimport './c.js';\n\nconst one = 1;\nthrow new Error(String(one));",
    'b.ts': '',
    'c.ts': '',
  });
  const { thrown } = await loadModule(path, LDFI, new Map());
  expect(String((thrown?.error as Error | undefined)?.stack)).toContain('a.ts:10:');
});

test('what is thrown has its line', async () => {
  const path = folder({
    'a.ts': "import { f } from './b.js';\n\nexport default f();",
    'b.ts': '\nexport const f = (): never => {\n  throw new Error("no");\n};',
  });
  const first = await loadModule(path, LDFI, new Map());
  const second = await loadModule(path, LDFI, first.files);
  const lines = ({ thrown }: typeof first): string[] =>
    ((thrown?.error as Error | undefined)?.stack ?? '').match(/[ab]\.ts:\d+:\d+/g) ?? [];
  expect(lines(second).slice(0, 2)).toEqual(lines(first).slice(0, 2));
  expect(lines(first)[0]).toMatch(/^b\.ts:3/);
});

test.each([
  ['a module of Node', "import fs from 'node:fs';\nexport default fs.constants;"],
  ['require', 'export default require("node:fs").constants;'],
  ['a data file', "import data from './d.json';\nexport default data;"],
])('%s is left to the compiler', async (_, text) => {
  const path = folder({ 'a.ts': text, 'd.json': '{ "n": 1 }' });
  const first = await loadModule(path, LDFI, new Map());
  expect(first.thrown).toBeUndefined();
  expect(isSelfContained(first.files)).toBe(false);
  expect((await loadModule(path, LDFI, first.files)).exports).toEqual(first.exports);
});

describe('compiled alone, without being run', () => {
  const nothing = (): void => undefined;

  test('a module of each folder comes out as when it is loaded', { timeout: 120_000 }, async () => {
    const folders = ['specs/typescript', 'specs/bloom', 'specs/adapters'];
    const paths = folders.flatMap((folder) =>
      readdirSync(folder).flatMap((name) => (name.endsWith('.ts') ? [resolve(folder, name)] : [])),
    );
    let alone = 0;
    const every = Math.ceil(paths.length / sized(paths.length, 12));
    for (const path of paths.filter((_, i) => i % every === 0)) {
      const { files, thrown } = await loadModule(path, ldfi, new Map());
      expect(thrown).toBeUndefined();
      const compiled = await compiledAlone(path, nothing);
      expect(compiled !== undefined, path).toBe(isSelfContained(files));
      if (!compiled) continue;
      expect([...compiled]).toEqual([...files]);
      alone++;
    }
    expect(alone).toBeGreaterThan(3);
  });

  test('files come in the order in which they are read, and each is read once', async () => {
    const path = folder({
      'a.ts': "import './b.js';\nimport './c.js';\nexport default 1;",
      'b.ts': "import './d.js';\nimport './a.js';",
      'c.ts': "import './d.js';",
      'd.ts': 'export {};',
    });
    let steps = 0;
    const compiled = await compiledAlone(path, () => {
      steps++;
    });
    expect([...(compiled?.keys() ?? [])].map((file) => file.slice(-4))).toEqual(['a.ts', 'b.ts', 'd.ts', 'c.ts']);
    expect(steps).toBe(4);
    expect([...(compiled ?? [])]).toEqual([...(await loadModule(path, LDFI, new Map())).files]);
  });

  test.each([
    ['what is imported later', "export const later = () => import('./d.js');"],
    ['a module of Node', "import fs from 'node:fs';\nexport default fs.constants;"],
    ['a package', "import { z } from 'zod';\nexport default z;"],
    ['a file that is not there', "import './nowhere.js';"],
    ['a file by a name without an end', "import './d';"],
    ['what is no TypeScript', 'export default = ;'],
  ])('%s shows when the module is loaded', async (_, text) => {
    expect(await compiledAlone(folder({ 'a.ts': text, 'd.ts': 'export {};' }), nothing)).toBeUndefined();
  });

  test('so does a file by another name, and one of JavaScript', async () => {
    const path = folder({ 'a.ts': 'export default 1;', 'e.mjs': 'export default 1;' });
    const other = path.replace('a.ts', 'other.ts');
    symlinkSync(path, other);
    expect(await compiledAlone(other, nothing)).toBeUndefined();
    expect(await compiledAlone(path.replace('a.ts', 'e.mjs'), nothing)).toBeUndefined();
    expect(await compiledAlone(path, nothing)).toBeDefined();
  });
});
