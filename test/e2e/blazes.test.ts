/**
 * The page of a topology in a browser: its picture, in which no words hide others, and what all can read.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { batch, folder, PACKAGE } from '../cli/support.js';
import { objections } from './axe.js';
import { closePages, haveBrowser, launch, open } from './browser.js';

/** Pairs of texts and boxes of the picture that lie over each other. */
const OVERLAPS = `(() => {
  const parts = [...document.querySelectorAll('.topology text.stream, .topology .box')];
  const hit = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  return parts.flatMap((one, i) => parts.slice(i + 1).flatMap((other) =>
    (one.tagName === 'text' || other.tagName === 'text') && hit(one.getBoundingClientRect(), other.getBoundingClientRect())
      ? [one.textContent + ' / ' + (other.textContent || 'box')] : []));
})()`;

describe.skipIf(!haveBrowser())('topologies in a browser', { timeout: 300_000 }, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => closePages(browser));

  it('are drawn, can be read by all, and fit a phone', async () => {
    const cwd = folder({});
    const names = readdirSync(join(PACKAGE, 'specs/blazes')).map((name) => name.replace('.yaml', ''));
    batch(
      cwd,
      names.map((name) => ['blazes', join(PACKAGE, `specs/blazes/${name}.yaml`), '-q', '--html', `${name}.html`]),
    );
    expect(names.length).toBe(7);
    for (const name of names) {
      const problems: string[] = [];
      const page = await open(browser, join(cwd, `${name}.html`), problems);
      expect([name, await page.evaluate(OVERLAPS)]).toEqual([name, []]);
      if (name === 'ad-poor') {
        expect(await page.locator('.topology text.bad').allTextContents()).toEqual(
          expect.arrayContaining(['answers: Inst', 'gossip: Diverge', 'shown: Diverge']),
        );
        expect(await page.locator('tr:has(th:text-is("answers")) .cell').textContent()).toBe('Inst');
        expect(await objections(page, '.topology')).toEqual([]);
      }
      expect(problems).toEqual([]);
      await page.close();
    }
  });
});
