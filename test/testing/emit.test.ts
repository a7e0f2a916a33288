/**
 * Emitted tests as text: valid as JavaScript and as TypeScript, whatever the names; `runners.test.ts` runs some.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { EMIT_FORMS, type EmitForm, emitTest, type Pinned } from '../../src/report/formats/emit.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'ldfi-emit-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const HOSTILE = ['a"; process.exit(9); // `$', '{x}` \\ \n*/ \u2028 </script>'].join('');

const pinned = (node: string): Pinned => ({
  subject: { kind: 'protocol', module: './retry.mjs', exported: 'default' },
  typed: true,
  style: 'module',
  bounds: { eot: 6, eff: 3, crashes: 1, nodes: [node, 'b'] },
  scenario: [
    { kind: 'omission', from: node, to: 'b', tick: 1 },
    { kind: 'crash', node, tick: 2 },
  ],
  witnesses: [[node, 'lacks it']],
});

test('for vitest', () => {
  expect(
    emitTest('vitest', pinned('a')),
  ).toBe(`// A counterexample that ldfi found, pinned: this test passes once the scenario no longer breaks the promise.
// Run it: npx vitest run FILE
import { expect, test } from 'vitest';
import 'ldfi/vitest';
import protocol from "./retry.mjs";

test("a: lacks it, when what a sends to b at tick 1 is lost and a crashes at tick 2", () => {
  expect(protocol).toSurvive([
    {"kind":"omission","from":"a","to":"b","tick":1},
    {"kind":"crash","node":"a","tick":2},
  ], { eot: 6, eff: 3, crashes: 1 });
});
`);
});

test('of an asynchronous system, which is to be awaited', () => {
  const of = (form: EmitForm): string =>
    emitTest(form, { ...pinned('a'), subject: { kind: 'system', module: './told.mjs', exported: 'told' } });
  expect(of('jest')).toMatch(/, async \(\) => {\n {2}await expect\(protocol\)\.toSurvive\(/);
  expect(of('node:test')).toMatch(/, async \(\) => {\n {2}await assertSurvives\(protocol, /);
});

test('exports by any name', () => {
  const named = (exported: string): string =>
    emitTest('node:test', { ...pinned('a'), subject: { kind: 'protocol', module: './x.mjs', exported } });
  expect(named('retry')).toContain('import { retry as protocol } from "./x.mjs";');
  expect(named('not a name')).toContain('import { "not a name" as protocol } from "./x.mjs";');
});

test('a module in TypeScript: by the name that the runner finds', () => {
  const of = (form: EmitForm, typed: boolean, exported = 'default'): string =>
    emitTest(form, { ...pinned('a'), typed, subject: { kind: 'protocol', module: '../specs/retry.mts', exported } });
  expect(of('vitest', true)).toContain('\nimport protocol from "../specs/retry.mjs";\n');
  expect(of('vitest', false)).toContain('\nimport protocol from "../specs/retry.mts";\n');
  for (const form of ['jest', 'node:test'] as const) {
    expect(of(form, true)).toContain('\nconst file = "../specs/retry.mts";\n');
    expect(of(form, false)).toContain(' async () => {\n  const { default: protocol } = await import(file);\n');
    expect(of(form, true, 'not a name')).toContain('  const { "not a name": protocol } = await import(file);\n');
  }
});

test('says how it is run', () => {
  const [, runs, loader] = emitTest('node:test', pinned('a')).split('\n');
  expect(runs).toBe('// Run it: node --test FILE');
  expect(loader).toContain('node --import tsx --test FILE');
  expect(emitTest('node:test', { ...pinned('a'), typed: false })).not.toContain('tsx');
  expect(emitTest('jest', pinned('a'))).toContain(
    '\n// Run it: NODE_OPTIONS=--experimental-vm-modules npx jest FILE\n',
  );
});

test('all forms type-check as a strict compiler sees them, also with hostile names', { timeout: 120_000 }, () => {
  const dedalus = { kind: 'dedalus', roots: [`./${HOSTILE}.ded`], invariant: 'strict' } as const;
  let count = 0;
  for (const form of EMIT_FORMS)
    for (const one of [
      pinned('a'),
      pinned(HOSTILE),
      { ...pinned('a'), scenario: [], witnesses: [] },
      { ...pinned(HOSTILE), subject: dedalus },
      { ...pinned('a'), subject: { kind: 'protocol', module: './typed.ts', exported: 'default' } as const },
    ]) {
      const text = emitTest(form, one);
      if (form === 'json') expect(JSON.parse(text)).toMatchObject({ bounds: one.bounds, faults: one.scenario });
      else writeFileSync(join(scratch, `emitted-${++count}.ts`), text);
    }
  writeFileSync(join(scratch, 'retry.mjs'), 'export default 1;\n');
  writeFileSync(join(scratch, 'typed.ts'), 'export default 1;\n');
  writeFileSync(join(scratch, 'retry.d.mts'), 'declare const protocol: unknown;\nexport default protocol;\n');
  const compilerOptions = {
    noEmit: true,
    strict: true,
    target: 'ES2023',
    lib: ['ES2023', 'DOM'],
    module: 'NodeNext',
    verbatimModuleSyntax: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    types: ['node'],
    skipLibCheck: true,
    paths: {
      ldfi: [join(ROOT, 'src/index.ts')],
      'ldfi/vitest': [join(ROOT, 'src/testing/vitest.ts')],
      'ldfi/jest': [join(ROOT, 'src/testing/jest.ts')],
    },
  };
  writeFileSync(join(scratch, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(scratch, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.ts'] }));
  symlinkSync(join(ROOT, 'node_modules'), join(scratch, 'node_modules'));
  const { status, stdout } = spawnSync(
    process.execPath,
    [join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', scratch],
    {
      encoding: 'utf8',
      timeout: 100_000,
    },
  );
  expect([status, stdout]).toEqual([0, '']);
});
