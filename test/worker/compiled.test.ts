/** A module whose compiled code is known gives what it gave when it was compiled. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isSelfContained } from '../../src/worker/compiled.js';
import { loadModule } from '../../src/worker/module.js';

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
