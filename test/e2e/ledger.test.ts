/**
 * The support ledger in a real browser: it tells its sum, opens to the full list, and shows the run without a fault.
 */
import { expect, it } from 'vitest';
import { closePages, haveBrowser, launch, open } from './browser.js';
import { reportOf } from './reports.js';

it.skipIf(!haveBrowser())(
  'says why the faults are enough, in full on request, and what each is needed for',
  async () => {
    const browser = await launch();
    try {
      const { page: path } = reportOf('specs/replication/kafka-isr.ded');
      const problems: string[] = [];
      const page = await open(browser, path, problems);
      await page.waitForSelector('#ledger table');
      expect(await page.textContent('#ledger .lead')).toContain('every one is cut by at least one of these faults');
      const total = Number(/^\d+/.exec((await page.textContent('#ledger .lead')) ?? '')?.[0]);
      const counts = (await page.locator('#ledger .count').allTextContents()).map((text) =>
        Number(/\d+/.exec(text)?.[0]),
      );
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(total);
      // Every row, opened, lists all of its ways.
      const rows = await page.locator('#ledger tbody tr:not(.alike)').count();
      expect(rows).toBeLessThan(total / 4);
      for (const summary of await page.locator('#ledger summary').all()) await summary.click();
      const alone = rows - (await page.locator('#ledger details').count());
      await expect.poll(() => page.locator('#ledger .like li').count()).toBe(total - alone);
      await page.locator('[data-without]').last().click();
      await page.waitForSelector('#outcome[data-kind="holds"]');
      await expect.poll(() => page.textContent('#ledger .lead')).toMatch(/stands?\./);
      expect(problems).toEqual([]);
    } finally {
      await closePages(browser);
    }
  },
);
