/**
 * What axe finds wrong with a page, for all tests that look for it.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** How pages are looked at: colour scheme, and width in pixels. */
export const LOOKS = [
  ['light', 1280],
  ['dark', 390],
] as const;

/** With everything that folds opened. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true");
  await page.evaluate(AXE);
  const results: AxeResults = await page.evaluate(
    `axe.run({ runOnly: ${JSON.stringify(TAGS)}, resultTypes: ['violations'] })`,
  );
  return results.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
}

/**
 * Text of pictures, whose ground axe does not see, with less contrast than 4.5 to 1.
 * @param selector of the pictures
 */
export const faint = (page: Page, selector: string): Promise<string[]> =>
  page.evaluate(`(() => {
  const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const luminance = (colour) => {
    context.fillStyle = colour;
    context.fillRect(0, 0, 1, 1);
    const [r, g, b] = [...context.getImageData(0, 0, 1, 1).data].map((x) => x / 255)
      .map((x) => (x <= 0.03928 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = luminance(getComputedStyle(document.body).backgroundColor);
  return [...document.querySelectorAll('${selector} text')].flatMap((element) => {
    const text = luminance(getComputedStyle(element).fill);
    const [dark, light] = [text, ground].sort((a, b) => a - b);
    const ratio = (light + 0.05) / (dark + 0.05);
    return ratio < 4.5 ? [element.getAttribute('class') + ': ' + ratio.toFixed(2)] : [];
  });
})()`);

/**
 * What can be objected to in a page, whatever it looks like: what axe finds, faint text, scrolling sideways.
 * @param pictures a selector
 */
export async function objections(page: Page, pictures?: string): Promise<string[]> {
  const found: string[] = [];
  for (const [colorScheme, width] of LOOKS) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 800 });
    const folded = await page.evaluate('document.documentElement.scrollWidth');
    const all = [...(await violations(page)), ...(pictures === undefined ? [] : await faint(page, pictures))];
    found.push(...all.map((one) => `${colorScheme}, ${width}: ${one}`));
    const unfolded = await page.evaluate('document.documentElement.scrollWidth');
    for (const wide of [folded, unfolded])
      if (wide !== width) found.push(`${colorScheme}, ${width}: the page is ${wide} wide`);
  }
  return found;
}
