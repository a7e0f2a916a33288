import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { batch, folder, ldfi, ROOT, read } from './support.js';

const MINUTES = { timeout: 120_000 };

test('init writes what runs, and finds what it says', MINUTES, () => {
  const cwd = folder();
  const [dry, wrote, tested, found] = batch(cwd, [
    ['init', '--dry-run'],
    ['init'],
    ['test'],
    ['run', 'specs/broadcast.ts'],
  ]);
  expect(dry?.stdout).toBe(
    'would write ldfi.config.ts\nwould write specs/broadcast.ts\nwould write .github/workflows/ldfi.yml\n',
  );
  expect(wrote?.stdout).toContain('npx ldfi run specs/broadcast.ts');
  expect(tested).toMatchObject({
    code: 0,
    stderr: '',
    stdout: expect.stringContaining('2 checks of 1 spec: 2 as expected'),
  });
  expect(found).toMatchObject({ code: 1, stdout: expect.stringContaining('what a sends to b at tick 1 is lost') });
  const spec = join(cwd, 'specs/broadcast.ts');
  const text = readFileSync(spec, 'utf8');
  writeFileSync(spec, text.replace('// ctx.setPeriodic', 'ctx.setPeriodic').replace("'violated' },", "'holds' },"));
  expect(ldfi(cwd, ['test'])).toMatchObject({ code: 0, stdout: expect.stringContaining('2 as expected') });
  const documented = read(ROOT, 'docs/ci.md').split('```yaml\n')[1]?.split('```')[0];
  expect(read(cwd, '.github/workflows/ldfi.yml')).toBe(documented);
});

test('init overwrites nothing, and a dry run writes nothing', () => {
  const cwd = folder({ 'specs/broadcast.ts': 'mine', 'ldfi.config.json': '{}' });
  const [dry, wrote, elsewhere] = batch(cwd, [['init', '--dry-run', 'sub'], ['init'], ['init', 'other']]);
  expect(dry?.code).toBe(0);
  expect(wrote?.stdout).toContain(
    'left alone  ldfi.config.json (it is there already)\nleft alone  specs/broadcast.ts (it is there already)\nwrote       .github/workflows/ldfi.yml\n',
  );
  expect(read(cwd, 'specs/broadcast.ts')).toBe('mine');
  expect(readdirSync(cwd).sort()).toEqual(['.github', 'ldfi.config.json', 'other', 'specs']);
  expect(elsewhere).toMatchObject({ code: 0, stdout: expect.stringContaining('wrote       other/ldfi.config.ts') });
});
