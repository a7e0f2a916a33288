/**
 * The page of staleness in a browser: the curve, the slider, and what all can read.
 */
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { folder, ldfi } from '../cli/support.js';
import { objections } from './axe.js';
import { closePages, haveBrowser, launch, open } from './browser.js';

describe.skipIf(!haveBrowser())('staleness in a browser', { timeout: 300_000 }, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => closePages(browser));

  it('has a curve to read off, fits a phone, and can be read by all', async () => {
    const cwd = folder({});
    const told = ldfi(cwd, ['pbs', '--model', 'disk', '--html', 'p.html']);
    expect([told.code, told.stderr]).toEqual([0, '']);
    const problems: string[] = [];
    const page = await open(browser, join(cwd, 'p.html'), problems);
    const [first = '', later = ''] = [...told.stdout.matchAll(/ (0\.\d+ \(0\.\d+–0\.\d+\))$/gm)].map(([, it]) => it);
    const said = page.locator('#said');
    expect(await said.textContent()).toBe(`0 ms: ${first}`);
    const before = await page.locator('#here').getAttribute('cy');
    await page.locator('#when').focus();
    await page.keyboard.press('ArrowRight');
    expect(await said.textContent()).toBe(`0.1 ms: ${later}`);
    expect(await page.locator('#when').getAttribute('aria-valuetext')).toBe(`0.1 ms: ${later}`);
    expect(Number(await page.locator('#here').getAttribute('cy'))).toBeLessThan(Number(before));
    expect(await objections(page, '.chart')).toEqual([]);
    expect(problems).toEqual([]);
    await page.close();
  });
});
