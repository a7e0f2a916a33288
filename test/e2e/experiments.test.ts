/**
 * The pages of `ldfi live` and `ldfi nodes` in a real browser, of real searches: nothing that axe objects to, no sideways
 * scrolling, and what-if answers by the experiments that were made.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { searchLive } from '../../src/experiments/search.js';
import type { LiveConfig } from '../../src/live/http/config.js';
import { nodesPage } from '../../src/live/nodes/report/page.js';
import { pageOfLive } from '../../src/live/report/page.js';
import { resultOf } from '../../src/live/report/result.js';
import type { PageAssets } from '../../src/report/formats/frame.js';
import { ask, javascript } from '../live/nodes/support.js';
import { FRONT, ORDER, openShop } from '../live/shop/open.js';
import { faint, LOOKS, violations } from './axe.js';
import { closePages, haveBrowser, launch, open } from './browser.js';

const FOLDER = mkdtempSync(join(tmpdir(), 'ldfi-experiments-'));
const PAGES = ['order', 'front', 'broadcast', 'unique-ids'] as const;
const pathOf = (name: (typeof PAGES)[number]): string => join(FOLDER, `${name}.html`);

async function shopPage(asked: typeof FRONT | typeof ORDER, assets: PageAssets): Promise<string> {
  const { system, close } = await openShop(asked);
  try {
    await system.rehearse();
    const verdict = await searchLive(system, { maxFaults: 2 });
    const url = `http://127.0.0.1:3000${asked.path}`;
    const config = { entry: { method: asked.method, url }, expect: 'answer.status < 300', kinds: ['status'] };
    const about = { version: '0.0.0', path: 'ldfi.live.yaml', config: config as unknown as LiveConfig, alike: [] };
    return pageOfLive(resultOf(verdict, about), assets);
  } finally {
    await close();
  }
}

describe.skipIf(!haveBrowser())('the pages of experiments', () => {
  let browser: Browser;
  const problems: string[] = [];
  const drawn = async (name: (typeof PAGES)[number]): Promise<Page> => {
    const page = await open(browser, pathOf(name), problems);
    await page.waitForSelector('#answer p');
    return page;
  };
  beforeAll(async () => {
    const assets = JSON.parse(readFileSync('dist/page/live.json', 'utf8')) as PageAssets;
    browser = await launch();
    writeFileSync(pathOf('order'), await shopPage(ORDER, assets));
    writeFileSync(pathOf('front'), await shopPage(FRONT, assets));
    const once = await ask('broadcast', javascript('broadcast-once'), { faults: 'omission', first: true });
    writeFileSync(pathOf('broadcast'), nodesPage(once, assets));
    const green = await ask('unique-ids', javascript('unique-ids'), { nodes: 2 });
    writeFileSync(pathOf('unique-ids'), nodesPage(green, assets));
  }, 300_000);
  afterAll(async () => {
    await closePages(browser);
    rmSync(FOLDER, { recursive: true, force: true });
    expect(problems).toEqual([]);
  });

  it.each(PAGES)('%s: nothing that axe objects to, and no scrolling sideways', async (name) => {
    for (const [colorScheme, width] of LOOKS) {
      const page = await drawn(name);
      await page.setViewportSize({ width, height: 800 });
      await page.emulateMedia({ colorScheme });
      expect({ colorScheme, width, found: await violations(page) }).toEqual({ colorScheme, width, found: [] });
      expect(await faint(page, '#story svg')).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
      await page.close();
    }
  });

  it('an order: the fault in place, and what if without it, with another, and with more', async () => {
    const page = await drawn('order');
    expect(await page.textContent('h1')).toMatch(/VIOLATED: stock PUT .* answered with an error/);
    expect(await page.locator('.lane.undone').count()).toBe(1);
    expect(await page.locator('.lane.absent').count()).toBeGreaterThan(0);
    const answer = (): Promise<string | null> => page.textContent('#answer');
    expect(await answer()).toContain('The promise is broken. Tried: experiment');
    await page.locator('#story [data-call^="stock"]').click();
    expect(await answer()).toContain('The promise is kept. Experiment 1, without faults.');
    const call = (number: number) => page.locator(`#whatif .toggles [data-call^="payments"][data-call$="#${number}"]`);
    await call(2).click();
    expect(await answer()).toContain('kept. Explained by experiment 1: without other faults the call payments');
    await call(1).click();
    expect(await answer()).toContain('broken. Tried: experiment');
    await page.locator('#whatif .toggles [data-call^="stock"]').click();
    expect(await answer()).toContain('Explained by experiment');
    // The other counterexample.
    await page.locator('[data-found="1"]').click();
    expect(await page.textContent('h1')).toContain('payments POST /charges #2');
    expect(await answer()).toContain('broken. Tried: experiment');
    await page.close();
  });

  it('by keyboard: a call is failed with Enter, and the focus stays', async () => {
    const page = await drawn('front');
    const call = page.locator('#story [data-call^="catalog"]');
    await call.focus();
    await page.keyboard.press('Enter');
    expect(await call.getAttribute('aria-pressed')).toBe('true');
    expect(await page.evaluate('document.activeElement.getAttribute("data-call")')).toMatch(/^catalog/);
    expect(await page.textContent('#answer')).toMatch(/kept\. Tried: experiment \d+, with exactly this fault/);
    // Why it may be believed: every set was tried, or is explained.
    const rows = await page.locator('#sets tbody tr').evaluateAll((found) => found.map((row) => row.textContent));
    expect(rows).toHaveLength(2);
    for (const cell of await page.locator('#sets tbody td:last-child').allTextContents()) expect(cell).toBe('0');
    await page.close();
  });

  it('nodes: a click at a message, and a set that was not tried with the command that would', async () => {
    const page = await drawn('broadcast');
    expect(await page.locator('#story figure').count()).toBe(2);
    expect(await page.locator('figure .message.hit').count()).toBe(1);
    expect(await page.textContent('#story')).toContain('What clients read, beside what they should');
    const others = page.locator('#whatif .toggles button[aria-pressed="false"]');
    await others.first().click();
    const answer = (await page.textContent('#answer')) ?? '';
    expect(answer).toContain('Not tried. It includes counterexample 1');
    expect(answer).toMatch(/--inject 'omission @ n\d > n\d tell \w+ #1; omission @ n\d > n\d tell \w+ #1' -- /);
    await page.locator('figure').nth(1).locator('g.message.hit line').first().dispatchEvent('click');
    expect(await page.textContent('#answer')).toContain('Tried: experiment');
    await page.close();
  });

  it.each(['order', 'broadcast'] as const)('%s: on paper nothing is cut, and there are no controls', async (name) => {
    const page = await drawn(name);
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    await page.setViewportSize({ width: 704, height: 1000 });
    for (const element of await page.locator('.copy, .remove, .checks').all())
      expect(await element.isVisible()).toBe(false);
    expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(255, 255, 255)');
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(704);
    for (const row of await page.locator('#experiments tbody tr').all()) expect(await row.isVisible()).toBe(true);
    await page.close();
  });
});
