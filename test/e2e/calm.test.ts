/**
 * What needs coordination in a browser: on the page of `ldfi calm`, and in the report of `ldfi run`.
 */
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { folder, ldfi, PACKAGE } from '../cli/support.js';
import { objections } from './axe.js';
import { closePages, haveBrowser, launch, open } from './browser.js';

const MINUTES = { timeout: 300_000 };
const SPEC = join(PACKAGE, 'specs/calm/cart-disorderly.ded');
const FREE = join(PACKAGE, 'specs/calm/chat-log.ded');

describe.skipIf(!haveBrowser())('coordination in a browser', MINUTES, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => closePages(browser));

  it('is told by two schedules beside each other, can be read by all, and fits a phone', async () => {
    const cwd = folder();
    expect(ldfi(cwd, ['calm', SPEC, '--html', 'c.html']).code).toBe(1);
    const problems: string[] = [];
    const page = await open(browser, join(cwd, 'c.html'), problems);
    expect(await page.locator('.output h2').allInnerTexts()).toEqual(['✗ bought D', '✓ put A', '✓ taken A']);
    expect(await page.locator('.points li b').allInnerTexts()).toEqual(['negation', 'race']);
    const boxes = await page
      .locator('.schedules svg')
      .evaluateAll((all) => all.map((one) => (one as SVGSVGElement).getBoundingClientRect().toJSON()));
    expect(boxes).toHaveLength(2);
    expect(boxes[1].left).toBeGreaterThan(boxes[0].right);
    expect(await page.locator('.schedules svg').last().textContent()).toContain('late: taken("eggs")');
    expect(await objections(page)).toEqual([]);
    expect(problems).toEqual([]);
    await page.close();
  });

  it('is in the report, a click from its top, with links to the source', async () => {
    const cwd = folder();
    expect(ldfi(cwd, ['run', SPEC, '--report', 'r.html']).code).toBe(1);
    const problems: string[] = [];
    const page = await open(browser, join(cwd, 'r.html'), problems);
    const part = page.locator('#coordination');
    expect(await part.textContent()).toContain('Two schedules that disagree are shown by npx ldfi calm');
    await page.getByRole('button', { name: 'Coordination' }).click();
    await page.waitForFunction(() => {
      const { top } = document.querySelector('#coordination')?.getBoundingClientRect() ?? { top: Number.NaN };
      return top >= 0 && top < innerHeight;
    });
    expect(await part.locator('code', { hasText: /^taken$/ }).count()).toBeGreaterThan(0);
    expect(await part.locator('h3').allInnerTexts()).toEqual(['✗ D bought', '✓ A put', '✓ A taken']);
    expect(await part.locator('svg').count()).toBe(1);
    await part.locator('li button').first().click();
    expect(await page.locator('.source .target').textContent()).toContain('notin taken(S, I)');
    expect(ldfi(cwd, ['run', FREE, '--report', 'free.html']).code).toBe(0);
    const free = await open(browser, join(cwd, 'free.html'), problems);
    expect(await free.locator('#coordination').textContent()).toContain('Schedules are tried by npx ldfi calm');
    expect(problems).toEqual([]);
    await page.close();
    await free.close();
  });

  it('is not in the report of a protocol, whose handlers cannot be looked into', async () => {
    const cwd = folder();
    expect(ldfi(cwd, ['run', join(PACKAGE, 'specs/typescript/broadcast-relay.ts'), '--report', 'r.html']).code).toBe(0);
    const page = await open(browser, join(cwd, 'r.html'), []);
    await page.locator('.checks button').first().waitFor();
    expect(await page.getByRole('button', { name: 'Coordination', includeHidden: true }).isVisible()).toBe(false);
    await page.close();
  });
});
