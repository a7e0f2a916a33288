/** The report of a program in Bloom: the page makes its rules anew, runs them, and shows the statements of the module. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closePages, haveBrowser, launch, open } from './browser.js';
import { reportOf } from './reports.js';

describe.skipIf(!haveBrowser())('the HTML report of a program in Bloom', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(async () => closePages(browser));

  it('loads clean, names statements by their lines, and answers a what-if', async () => {
    const problems: string[] = [];
    const page = await open(browser, reportOf('specs/bloom/chat.ts').page, problems);
    await page.waitForSelector('#diagram svg');
    expect(await page.getAttribute('#outcome', 'data-kind')).toBe('violated');
    expect(await page.textContent('#sentence')).toContain('ann never has screen hello');
    expect(await page.textContent('body')).toContain('member.now(join.map((j) => [j.client]))');
    await page.getByText('Without faults', { exact: true }).first().click();
    await expect.poll(() => page.getAttribute('#outcome', 'data-kind')).toBe('holds');
    expect(problems).toEqual([]);
  });
});
