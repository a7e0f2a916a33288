/**
 * The HTML report for those who come by keyboard, by ear, on a phone or on paper: no violation that axe knows of, text
 * that stands out from its ground, a focus that is never lost, and a print that is whole.
 */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faint, LOOKS, violations } from './axe.js';
import { closePages, haveBrowser, launch, open } from './browser.js';
import { reportOf } from './reports.js';

const pageOf = (spec: string): string => reportOf(`specs/${spec}.ded`).page;

/** The page when all of its parts are drawn. */
async function drawn(browser: Browser, path: string, problems: string[]): Promise<Page> {
  const page = await open(browser, path, problems);
  await page.waitForSelector('#source ol');
  return page;
}

const focused = (page: Page): Promise<string> =>
  page.evaluate("document.activeElement.getAttribute('data-slot') ?? document.activeElement.tagName");

describe.skipIf(!haveBrowser())('access to the HTML report', () => {
  let browser: Browser;
  const problems: string[] = [];
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(async () => {
    await closePages(browser);
    expect(problems).toEqual([]);
  });

  it.each(['broadcast/retry', 'replication/kafka-isr'])('%s: nothing that axe objects to', async (spec) => {
    const path = pageOf(spec);
    for (const [colorScheme, width] of LOOKS) {
      const page = await drawn(browser, path, problems);
      await page.setViewportSize({ width, height: 800 });
      await page.emulateMedia({ colorScheme });
      expect({ colorScheme, width, found: await violations(page) }).toEqual({ colorScheme, width, found: [] });
      expect(await faint(page, '#diagram svg')).toEqual([]);
      // The page itself never scrolls sideways.
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
      await page.close();
    }
  });

  it('by keyboard: the diagram is one stop, arrow keys go through it, and a what-if keeps the focus', async () => {
    const page = await drawn(browser, pageOf('broadcast/retry'), problems);
    expect(await page.locator('#diagram svg [tabindex="0"]').count()).toBe(1);
    await page.locator('#diagram svg [tabindex="0"]').focus();
    expect(await focused(page)).toBe('a→b@1');
    await page.keyboard.press('Enter');
    await page.waitForSelector('#outcome[data-kind="holds"]');
    expect(await focused(page)).toBe('a→b@1');
    expect(await page.textContent('.detail')).toContain('arrives at b');
    await page.keyboard.press('ArrowDown');
    expect(await focused(page)).not.toBe('a→b@1');
    // Removing the last fault leaves the focus in the bar, not at the top of the page.
    await page.locator('[data-remove-fault]').focus();
    await page.keyboard.press('Enter');
    await page.waitForFunction("document.querySelector('.faults .none')");
    expect(await page.evaluate("document.querySelector('#whatif').contains(document.activeElement)")).toBe(true);
    await page.close();
  });

  it('by keyboard: the reasons open and close with the arrow keys', async () => {
    const page = await drawn(browser, pageOf('broadcast/retry'), problems);
    const toggle = page.locator('#why .toggle').first();
    await toggle.focus();
    await page.keyboard.press('ArrowLeft');
    expect(await toggle.getAttribute('aria-expanded')).toBe('false');
    await page.keyboard.press('ArrowRight');
    expect(await toggle.getAttribute('aria-expanded')).toBe('true');
    await page.keyboard.press('ArrowDown');
    expect(await page.evaluate("document.activeElement.getAttribute('aria-label')")).toContain('log(');
    await page.close();
  });

  it.each(['replication/kafka-isr', 'commit/3pc'])(
    '%s: on paper there are no controls, and nothing is cut',
    async (spec) => {
      const page = await drawn(browser, pageOf(spec), problems);
      await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
      await page.setViewportSize({ width: 704, height: 1000 });
      await page.evaluate("dispatchEvent(new Event('beforeprint'))");
      for (const hidden of ['.tools', '.ways', '.remove', '.copy', '.toggle', '#state', 'input', '.skip'])
        for (const element of await page.locator(hidden).all())
          expect({ hidden, seen: await element.isVisible() }).toEqual({ hidden, seen: false });
      const { cut, wide, ground } = (await page.evaluate(`({
      cut: [...document.querySelectorAll('.canvas, .scroll')].filter((e) => e.clientHeight < e.scrollHeight - 1).length,
      wide: document.querySelector('.canvas').scrollWidth - document.querySelector('.canvas').clientWidth,
      ground: getComputedStyle(document.body).backgroundColor,
    })`)) as { cut: number; wide: number; ground: string };
      expect({ cut, wide: wide <= 0, ground }).toEqual({ cut: 0, wide: true, ground: 'rgb(255, 255, 255)' });
      await page.close();
    },
  );
});
