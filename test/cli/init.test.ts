import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { batch, folder, ldfi, ROOT, read, shell } from './support.js';

const MINUTES = { timeout: 120_000 };

test('init writes what runs, and finds what it says', MINUTES, () => {
  const cwd = folder();
  const [dry, wrote, tested, found] = batch(cwd, [
    ['init', '--dry-run'],
    ['init'],
    ['test'],
    ['run', 'specs/checkout.ts'],
  ]);
  expect(dry?.stdout).toBe(
    'would write ldfi.config.ts\nwould write specs/checkout.ts\nwould write .github/workflows/ldfi.yml\n',
  );
  expect(wrote?.stdout).toContain('npx ldfi run specs/checkout.ts');
  expect(tested).toMatchObject({
    code: 0,
    stderr: '',
    stdout: expect.stringContaining('2 checks of 1 spec: 2 as expected'),
  });
  expect(found).toMatchObject({
    code: 1,
    stdout: expect.stringContaining('what bank sends to shop at tick 3 is lost'),
  });
  const spec = join(cwd, 'specs/checkout.ts');
  const text = readFileSync(spec, 'utf8');
  writeFileSync(spec, text.replace('// if (ctx.state', 'if (ctx.state').replace("'violated' },", "'holds' },"));
  expect(ldfi(cwd, ['test'])).toMatchObject({ code: 0, stdout: expect.stringContaining('2 as expected') });
  const documented = read(ROOT, 'docs/ci.md').split('```yaml\n')[1]?.split('```')[0];
  const workflow = read(cwd, '.github/workflows/ldfi.yml');
  expect(workflow).toBe(documented);
  // What the workflow writes goes together with what the configuration asks for.
  const [, command = ''] = /npx (ldfi test [^#]*?)\n\n/.exec(workflow) ?? [];
  const run = shell(cwd, command.replaceAll(/\s+/g, ' ').replace('ldfi', '$LDFI'));
  expect([run.code, run.stderr]).toEqual([0, '']);
  expect(read(cwd, 'reports/test/index.html')).toContain('All 2 checks are as expected.');
  expect(read(cwd, 'reports/test/specs/checkout.html')).toContain('"path":"reports/ldfi.json"');
});

test('init overwrites nothing, and a dry run writes nothing', () => {
  const cwd = folder({ 'specs/checkout.ts': 'mine', 'ldfi.config.json': '{}' });
  const [dry, wrote, elsewhere] = batch(cwd, [['init', '--dry-run', 'sub'], ['init'], ['init', 'other']]);
  expect(dry?.code).toBe(0);
  expect(wrote?.stdout).toContain(
    'left alone  ldfi.config.json (it is there already)\nleft alone  specs/checkout.ts (it is there already)\nwrote       .github/workflows/ldfi.yml\n',
  );
  expect(read(cwd, 'specs/checkout.ts')).toBe('mine');
  expect(readdirSync(cwd).sort()).toEqual(['.github', 'ldfi.config.json', 'other', 'specs']);
  expect(elsewhere).toMatchObject({ code: 0, stdout: expect.stringContaining('wrote       other/ldfi.config.ts') });
});

const PACKAGE_JSON = '{\n\t"name": "shop",\n\t"files": ["a", "b"],\n\t"scripts": {\n\t\t"test": "vitest"\n\t}\n}\n';

test('init adds to what is there, once', MINUTES, () => {
  const cwd = folder({ 'package.json': PACKAGE_JSON, '.gitignore': 'node_modules' });
  const [dry, wrote, again] = batch(cwd, [['init', '--dry-run'], ['init'], ['init']]);
  expect(dry?.stdout).toContain('would add to package.json (the script "ldfi")\nwould add to .gitignore (reports/)\n');
  expect(wrote?.stdout).toContain('added to    package.json (the script "ldfi")\nadded to    .gitignore (reports/)\n');
  expect(wrote?.stdout).toContain('npm run ldfi ');
  expect(read(cwd, 'package.json')).toBe(PACKAGE_JSON.replace('"vitest"', '"vitest",\n\t\t"ldfi": "ldfi test"'));
  expect(read(cwd, '.gitignore')).toBe('node_modules\nreports/\n');
  expect(again?.stdout).toContain('left alone  package.json (its script "ldfi" runs it already)\n');
  expect(again?.stdout).toContain('left alone  .gitignore (it ignores reports/ already)\n');
  expect(read(cwd, '.gitignore')).toBe('node_modules\nreports/\n');
});

test('init makes a .gitignore in a repository, and leaves a broken package.json alone', MINUTES, () => {
  const cwd = folder({ '.git/HEAD': '', 'package.json': '{ "name": ' });
  const [wrote] = batch(cwd, [['init']]);
  expect(wrote).toMatchObject({ code: 0, stderr: '' });
  expect(wrote?.stdout).toContain('wrote       .gitignore (reports/)\n');
  expect(wrote?.stdout).toContain('left alone  package.json (it is no package.json that can be read)\n');
  expect([read(cwd, '.gitignore'), read(cwd, 'package.json')]).toEqual(['reports/\n', '{ "name": ']);
});
