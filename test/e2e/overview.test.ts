/**
 * What `ldfi test --html FOLDER` writes, in a browser: the overview, the way from it to a check and back, and the
 * commands that the pages show, each run as it stands there; below size 1 some of them.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ODD_CHECK, oddSpecs, runShown } from '../cli/odd.js';
import { expecting, folder, ldfi, SPECS } from '../cli/support.js';
import { isWhole } from '../size.js';
import { objections } from './axe.js';
import { closePages, haveBrowser, launch, open } from './browser.js';

const MINUTES = { timeout: 300_000 };

const mixed = (): string =>
  folder({
    's/a/holds.ded': SPECS.holds,
    's/a/violated.ded': SPECS.violated,
    's/b/expected.ded': expecting(SPECS.violated, 'violated'),
    's/b/bad.ded': SPECS.bad,
    's/b/two.ded': SPECS.holds.replace(
      /.*\n/,
      '//! check name=x eot=4 eff=0 nodes=a,b\n//! check name=y eot=5 eff=3\n',
    ),
  });

const seen = (page: Page, selector: string): Promise<string[]> => page.locator(`${selector}:visible`).allInnerTexts();

describe.skipIf(!haveBrowser())('the overview in a browser', MINUTES, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => closePages(browser));

  it('leads to each check and back, filters, and fits a phone', async () => {
    const cwd = mixed();
    expect(ldfi(cwd, ['test', 's', '--html', 'o']).stdout).toContain('Report  o/index.html\n');
    const problems: string[] = [];
    const page = await open(browser, join(cwd, 'o/index.html'), problems);
    expect(await page.textContent('h1')).toContain('2 of 5 checks are not as expected.');
    expect(await seen(page, 'h2')).toEqual(['Not as expected', 'Could not be read', 's/a/', 's/b/']);

    await page.fill('#text', 'TWO y');
    expect(await seen(page, 'tr[data-stand]')).toEqual([expect.stringContaining('two.ded y')]);
    expect(await seen(page, 'h2')).toEqual(['Not as expected', 's/b/']);
    expect(await page.textContent('#left')).toBe('1 of 5 checks');
    await page.fill('#text', 'nothing of the kind');
    expect(await seen(page, 'h2')).toEqual([]);
    expect(await page.locator('#nothing').isVisible()).toBe(true);
    await page.fill('#text', '');
    await page.check('#unexpected-only');
    expect(await seen(page, 'tr[data-stand]')).toHaveLength(2);

    await page.click('#unexpected a:has-text("two.ded")');
    await page.waitForSelector('#diagram svg');
    expect(await page.textContent('[aria-current="true"]')).toBe('✗ y');
    await page.click('header >> text=All checks');
    await page.waitForSelector('#unexpected');
    expect(await objections(page)).toEqual([]);
    expect(problems).toEqual([]);
    await page.close();
  });

  it('needs no script', async () => {
    const cwd = mixed();
    ldfi(cwd, ['test', 's', '--html', 'o']);
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(`file://${join(cwd, 'o/index.html')}`);
    expect(await page.locator('#filter').isVisible()).toBe(false);
    await page.click('table a:has-text("violated.ded")');
    expect(await page.textContent('pre')).toContain('VIOLATED');
    await page.click('text=All checks');
    expect(await page.textContent('h1')).toContain('2 of 5 checks');
    await context.close();
  });

  it('every command on the pages works from the folder of the run', async () => {
    const cwd = oddSpecs();
    ldfi(cwd, ['test', '.', '--html', 'it is o']);
    const problems: string[] = [];
    const page = await open(browser, join(cwd, 'it is o/index.html'), problems);
    const links = page.locator('#unexpected a');
    const checks = await links.allInnerTexts();
    expect(checks).toHaveLength(7);
    expect(checks.join('\n')).toContain(ODD_CHECK);
    for (const [i] of isWhole ? checks.entries() : [...checks.entries()].slice(0, 4)) {
      await links.nth(i).click();
      await page.waitForSelector('#replay code');
      const command = (await page.textContent('#replay code')) ?? '';
      const again = runShown(cwd, command);
      expect([command, again.code, again.stdout]).toEqual([command, 1, expect.stringContaining('still violated')]);
      await page.click('text=Without faults');
      const good = runShown(cwd, (await page.textContent('#replay code')) ?? '');
      expect([good.code, good.stdout]).toEqual([0, expect.stringContaining('the promise holds')]);
      await page.click('header >> text=All checks');
    }
    expect(problems).toEqual([]);
    await page.close();
  });

  it('one page of everything names specs where checks have one name, and its commands work', async () => {
    const cwd = oddSpecs();
    ldfi(cwd, ['test', '.', '--html', 'all.html']);
    const problems: string[] = [];
    const page = await open(browser, join(cwd, 'all.html'), problems);
    const tabs = page.locator('nav.checks button');
    const names = await tabs.allInnerTexts();
    expect(new Set(names).size).toBe(7);
    for (const [i] of isWhole ? names.entries() : [...names.entries()].slice(-3)) {
      await tabs.nth(i).click();
      const command = (await page.textContent('#replay code')) ?? '';
      const again = runShown(cwd, command);
      expect([command, again.code, again.stdout]).toEqual([command, 1, expect.stringContaining('still violated')]);
    }
    // The address names the check, and leads back to it.
    await page.waitForURL(/#check=/);
    const hash = new URL(page.url()).hash;
    expect(`✗ ${new URLSearchParams(hash.slice(1)).get('check')}`).toBe(names.at(-1));
    const other = await open(browser, join(cwd, 'all.html'), problems, hash);
    expect(await other.textContent('[aria-current="true"]')).toBe(names.at(-1));
    expect(problems).toEqual([]);
    await page.close();
    await other.close();
  });

  it('a report of several specs is an overview, too', async () => {
    const cwd = mixed();
    ldfi(cwd, ['test', 's/a', '--json', 'r.json', '--html', 'o']);
    expect(ldfi(cwd, ['report', 'r.json'])).toMatchObject({ code: 0, stdout: 'Report  reports/r/index.html\n' });
    for (const page of ['index.html', 's/a/violated.html'])
      expect(readFileSync(join(cwd, 'reports/r', page), 'utf8')).toBe(readFileSync(join(cwd, 'o', page), 'utf8'));
  });
});
