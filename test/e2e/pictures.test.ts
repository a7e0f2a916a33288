/**
 * Pictures of the docs, as the browser draws them: no text is written over another, and none out of the picture.
 */
import { readFileSync } from 'node:fs';
import { globSync } from 'tinyglobby';
import { expect, test } from 'vitest';
import { closePages, haveBrowser, launch } from './browser.js';

/** Fonts leave some room above and below letters, which may be shared. */
const OVERLAPS = `(() => {
  const svg = document.querySelector('svg');
  const texts = [...svg.querySelectorAll('text')].filter(({ textContent }) => textContent !== '✗').map((element) => {
    const { x, y, width, height } = element.getBBox();
    return { left: x + 1, right: x + width - 1, top: y + 1.5, bottom: y + height - 1.5, words: element.textContent };
  });
  const meet = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  const { width, height } = svg.viewBox.baseVal;
  return {
    texts: texts.length,
    wrong: [
      ...texts.flatMap((a, i) => texts.slice(i + 1).filter((b) => meet(a, b)).map((b) => a.words + ' | ' + b.words)),
      ...texts.filter((a) => a.left < 0 || a.right > width || a.bottom > height).map((a) => a.words + ' is cut off'),
    ],
  };
})()`;

test.skipIf(!haveBrowser())('pictures of the docs have no text across another', { timeout: 120_000 }, async () => {
  const browser = await launch();
  const page = await browser.newPage();
  const found: Record<string, string[]> = {};
  for (const path of globSync('docs/**/*.svg').sort()) {
    await page.setContent(readFileSync(path, 'utf8'));
    const { texts, wrong } = (await page.evaluate(OVERLAPS)) as { texts: number; wrong: string[] };
    expect(texts, path).toBeGreaterThan(5);
    if (wrong.length > 0) found[path] = wrong;
  }
  await closePages(browser);
  expect(found).toEqual({});
});
