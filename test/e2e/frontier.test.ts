/**
 * The grids of frontiers in a browser: on a page of their own, and in the report of `ldfi run --frontier`.
 */
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { folder, ldfi } from '../cli/support.js';
import { objections } from './axe.js';
import { closePages, haveBrowser, launch, open } from './browser.js';

const MINUTES = { timeout: 300_000 };

/** Losses before EFF are made good; a crash of a is not. */
const SPEC = `//! check name=loss eot=5 eff=2 crashes=0 nodes=a,b
log(N, P) :- told(N, P);
log(N, P)@next :- log(N, P);
told(M, P)@async :- log(N, P), peer(N, M);
pre("x", P) :- log("a", P);
post("x", P) :- log("b", P);
told("a", "p")@1;
peer("a", "b")@1;
peer(A, B)@next :- peer(A, B);
`;

describe.skipIf(!haveBrowser())('frontiers in a browser', MINUTES, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => closePages(browser));

  it('have cells that lead to what breaks them, can be read by all, and fit a phone', async () => {
    const cwd = folder({ 's.ded': SPEC });
    expect(ldfi(cwd, ['frontier', 's.ded', '--timeout', '600', '--html', 'f.html']).code).toBe(0);
    const problems: string[] = [];
    const page = await open(browser, join(cwd, 'f.html'), problems);
    const own = page.locator('.slice.own');
    expect(await own.locator('p').first().textContent()).toBe(
      'Tolerates up to eff 4 with no crashes; breaks with 1 crash.',
    );
    expect(await own.locator('tr:has(th:text-is("no crashes")) td').allInnerTexts()).toEqual(
      ['✓', '✓', '✓', '✓', '✓', '✗'].map((mark) => expect.stringContaining(mark)),
    );
    expect(await own.locator('td.asked').getAttribute('title')).toBe('eff 2, no crashes: tolerated; asked for by loss');
    expect(await own.locator('.causes li').first().isVisible()).toBe(false);
    await own.locator('td.broken a').first().click();
    expect(await own.locator('.causes li:target').isVisible()).toBe(true);
    expect(await own.locator('.causes li:target code').textContent()).toMatch(
      /^npx ldfi run s\.ded --check loss --eot 5/,
    );
    expect(await objections(page)).toEqual([]);
    expect(problems).toEqual([]);
    await page.close();
  });

  it('are in the report, where a click shows what breaks it', async () => {
    const cwd = folder({ 's.ded': SPEC });
    expect(ldfi(cwd, ['run', 's.ded', '--frontier', '--report', 'r.html']).code).toBe(0);
    const problems: string[] = [];
    const page = await open(browser, join(cwd, 'r.html'), problems);
    const grid = page.locator('table.tolerated');
    await grid.waitFor();
    expect(await grid.locator('td.asked').textContent()).toBe('✓');
    expect(await page.locator('h1').first().textContent()).toContain('No fault within these bounds');
    await grid.locator('td.broken button').first().click();
    await page.waitForSelector('text=outside the bounds');
    expect(await page.locator('.faults').textContent()).toContain('lost');
    expect(await objections(page)).toEqual([]);
    expect(problems).toEqual([]);
    await page.close();
  });
});
