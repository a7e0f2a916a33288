/** The site: all pages are on it, and at full size it is built, where links that lead nowhere are an error. */
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { globSync } from 'tinyglobby';
import { afterAll, expect, test } from 'vitest';
import { withSiteLinks } from '../../scripts/site/links.js';
import { stage } from '../../scripts/site/stage.js';
import { folder, ROOT } from '../cli/support.js';
import { isWhole } from '../size.js';
import { CLASSICS, PAGES } from './pages.js';

const BUILT = 'site/test';
afterAll(() => rmSync(join(ROOT, BUILT), { recursive: true, force: true }));

test('every page and every spec is staged', { timeout: 600_000 }, async () => {
  const cwd = folder();
  await stage(cwd, new Set());
  const staged = globSync('**/*.md', { cwd, ignore: 'public/**' });
  const pages = PAGES.filter((page) => page !== 'README.md').map((page) => page.replace(/^docs\//, '').toLowerCase());
  const specs = globSync('specs/**/*.{ded,inc,ts}').map((path) => `${path}.md`);
  const classics = CLASSICS.map((page) => page.replace(/^docs\//, ''));
  expect(staged.sort()).toEqual([...pages, ...classics, ...specs].sort());
});

test('every page is in the sidebar', () => {
  const config = readFileSync('docs/.vitepress/config.ts', 'utf8');
  const missing = PAGES.filter((page) => page !== 'README.md' && page !== 'docs/index.md').filter(
    (page) =>
      !config.includes(
        `'/${page
          .replace(/^docs\//, '')
          .replace('.md', '')
          .toLowerCase()}'`,
      ),
  );
  expect(missing).toEqual([]);
});

test('links lead to places of the site', () => {
  const text = '[a](proof.md#one-formula) [b](../specs/x/y.ded) [c](../reports/sample.html) [d](https://x.org)';
  expect(withSiteLinks(text, 'docs/z.md')).toBe(
    '[a](/proof.md#one-formula) [b](/specs/x/y.ded.md) [c](/sample.html){target="_self"} [d](https://x.org)',
  );
  expect(() => withSiteLinks('[a](../src/index.ts)', 'docs/z.md')).toThrow('not on the site');
});

test.runIf(isWhole)('it is built, and no link is dead', { timeout: 1_200_000 }, () => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(ROOT, 'node_modules/tsx/dist/cli.mjs'), 'scripts/site/main.ts', '--without-pictures'],
    { cwd: ROOT, env: { ...process.env, LDFI_SITE: BUILT }, encoding: 'utf8', timeout: 1_200_000 },
  );
  expect([status, status === 0 ? '' : stdout + stderr]).toEqual([0, '']);
  expect(globSync('**/*.html', { cwd: join(ROOT, BUILT, 'pages') }).length).toBeGreaterThan(100);
});
