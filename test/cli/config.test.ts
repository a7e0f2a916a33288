import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { batch, folder, ldfi, oneMessage, read, resultIn, SPECS, STACK } from './support.js';

const PROTOCOL = oneMessage("{ name: 'loss', eot: 4, eff: 2, expect: 'violated' }, { name: 'calm', eot: 4, eff: 0 }");

const config = (text: string): string =>
  `import { defineConfig } from 'ldfi';\nexport default defineConfig(${text});\n`;

const MINUTES = { timeout: 120_000 };

test('the configuration says what to run, how, and where results are kept', MINUTES, () => {
  const cwd = folder({
    'ldfi.config.ts': config(`{
      specs: ['a/*.ded', 'b', { files: 'b/p.ts', expect: { calm: 'holds' } }, { files: 'c.ded', eff: 1, expect: 'holds' }],
      reports: 'out',
      reporters: ['json=out/again.json'],
    }`),
    'a/calm.ded': SPECS.holds,
    'a/deep/no.ded': SPECS.bad,
    'b/p.ts': PROTOCOL,
    'b/part.ts': "export const unused = 'a part';\n",
    'b/p.test.ts': "import { defineProtocol } from 'ldfi'; throw new Error('not to be loaded');\n",
    'c.ded': SPECS.violated,
  });
  const { code, stdout, stderr } = ldfi(cwd, ['test']);
  expect([stderr, code]).toEqual(['', 0]);
  expect(stdout).toContain('4 checks of 3 specs: 4 as expected, 0 not');
  expect(stdout).toMatch(/✓ b\/p\.ts loss +4\/2\/0 +violated/);
  const result = resultIn(cwd, 'out/ldfi.json');
  expect(result.checks.map(({ spec }) => spec.roots[0])).toEqual(['a/calm.ded', 'b/p.ts', 'b/p.ts', 'c.ded']);
  expect(read(cwd, 'out/again.json')).toBe(read(cwd, 'out/ldfi.json'));
  expect(read(cwd, 'out/test/index.html')).toContain('<!doctype html>');
  expect(read(cwd, 'out/test/a/calm.html')).toContain('"saved":{"path":"out/ldfi.json"');
});

test('flags go before the configuration; paths choose, and overrides still apply', MINUTES, () => {
  const cwd = folder({
    'sub/ldfi.config.json': JSON.stringify({
      specs: ['.', { files: 'c.ded', expect: 'violated' }],
      strategy: 'exhaustive',
      maxExecutions: 1,
    }),
    'sub/c.ded': SPECS.violated,
    'sub/p.ts': PROTOCOL,
  });
  const [few, all, one] = batch(cwd, [
    ['test', '--config', 'sub/ldfi.config.json'],
    ['test', '--config', 'sub/ldfi.config.json', '--strategy', 'lineage', '--max-executions', '99'],
    ['test', '--config', 'sub/ldfi.config.json', '--max-executions', '99', 'sub/c.ded', '--json', 'o.json'],
  ]);
  expect(few?.code).toBe(3);
  expect(all).toMatchObject({ code: 0, stdout: expect.stringContaining('3 checks of 2 specs: 3 as expected') });
  expect(one).toMatchObject({ code: 0, stdout: expect.stringContaining('1 check of 1 spec: 1 as expected') });
  expect(resultIn(cwd, 'o.json').strategy).toBe('exhaustive');
});

test('the configuration is found from a folder below it, as far as the project goes', MINUTES, () => {
  const cwd = folder({
    'package.json': '{}',
    'ldfi.config.json': JSON.stringify({ specs: ['checks'], reports: 'out' }),
    'checks/deep/a.ded': SPECS.holds,
    'checks/b.ded': SPECS.holds,
    'inner/package.json': '{}',
    'inner/x/c.ded': SPECS.holds,
  });
  const below = join(cwd, 'checks/deep');
  expect(ldfi(below, ['test'])).toMatchObject({ code: 0, stdout: expect.stringContaining('2 checks of 2 specs') });
  expect(resultIn(cwd, 'out/ldfi.json').checks.map(({ spec }) => spec.roots[0])).toEqual(['../b.ded', 'a.ded']);
  expect(ldfi(below, ['test', 'a.ded'])).toMatchObject({ code: 0, stdout: expect.stringContaining('1 check of 1') });
  expect(ldfi(join(cwd, 'inner/x'), ['test'])).toMatchObject({ code: 2, stderr: expect.stringContaining('specs') });
});

test('what is wrong with a configuration is said at once', MINUTES, () => {
  const cwd = folder({ 'p.ts': PROTOCOL, 'ldfi.config.json': '{' });
  const cases: [name: string, text: string, said: string[]][] = [
    ['json', '{', ['it is not JSON']],
    [
      'ts',
      config(
        "{ spec: [], specs: [{ files: 'p.ts', eot: 0, expect: 'hold' }, 3], reporters: 'junit', timeout: 1.5 } as never",
      ),
      [
        'error[bad-config]: there is no `spec`\n --> ldfi.config.ts:2:31\n',
        'help: is it `specs`?',
        '`specs[0].eot`: too small: expected number to be >=1\n --> ldfi.config.ts:2:66\n',
        '`specs[0].expect`: invalid option: expected one of "holds"|"violated"',
        '`specs[1]`: expected string, received number; or expected object',
        '`reporters`: expected array, received string',
        '`timeout`: expected int, received number\n --> ldfi.config.ts:2:',
      ],
    ],
    ['mts', 'export const x = 1;\n', ['ldfi.config.mts']],
    ['js', 'export default {\n', ['error[syntax]', 'ldfi.config.js:2:1']],
    [
      'ts',
      config("{ specs: ['nope', 'n*.ded', 'p.ts'] }"),
      ['cannot read nope: no such file', 'no file matches n*.ded'],
    ],
    [
      'ts',
      config("{ specs: [{ files: 'p.ts', expect: { lost: 'holds' } }] }"),
      ['expects something of lost; its checks are: loss, calm'],
    ],
    [
      'ts',
      config("{ specs: ['p.ts'], reporters: ['junet'] }"),
      ['`reporters[0]`: There is no reporter "junet"', ' --> ldfi.config.ts:2:60'],
    ],
    ['json', '{\n  "timeout": "x" }', ['`timeout`: expected number, received string', ' --> ldfi.config.json:2:3\n']],
    ['cjs', 'module.exports = 3;\n', ['expected object, received number', ' --> ldfi.config.cjs\n']],
  ];
  let last = 'json';
  for (const [name, text, said] of cases) {
    renameSync(join(cwd, `ldfi.config.${last}`), join(cwd, `ldfi.config.${name}`));
    writeFileSync(join(cwd, `ldfi.config.${name}`), text);
    last = name;
    const [found] = batch(cwd, [['test']]);
    expect([name, found?.code]).toEqual([name, 2]);
    for (const words of said) expect(found?.stderr).toContain(words);
    expect(found?.stderr).not.toMatch(STACK);
  }
  writeFileSync(join(cwd, 'ldfi.config.json'), '{}');
  expect(ldfi(cwd, ['test']).stderr).toContain('keep one, or choose with --config');
});

test('without a configuration: the folder specs, .ded and modules that speak of defineProtocol', MINUTES, () => {
  const cwd = folder({
    'specs/deep/p.ts': PROTOCOL,
    'specs/d.ded': SPECS.holds,
    'specs/other.ts': 'throw new Error();',
    'specs/variant.ts': "import { make } from './make.js';\nexport default make('variant');\n",
    'specs/make.ts': PROTOCOL.replace('export default', 'export const make = (name: string) =>').replace(
      "name: 'one'",
      'name',
    ),
  });
  mkdirSync(join(cwd, 'specs/node_modules'));
  writeFileSync(join(cwd, 'specs/helper.ts'), "export const note = 'defineProtocol is elsewhere';\n");
  expect(ldfi(cwd, ['test'])).toMatchObject({
    code: 0,
    stderr:
      'note: specs/helper.ts exports no protocol and was left out\nnote: specs/make.ts exports no protocol and was left out\n',
    stdout: expect.stringContaining('5 checks of 3 specs: 5 as expected'),
  });
});
