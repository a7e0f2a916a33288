/**
 * The search of the page, in a report whose names are of many scripts: what is seen is found, and is shown as it was
 * written.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { folder, ldfi, read, SPECS } from '../cli/support.js';
import { violations } from './axe.js';
import { closePages, haveBrowser, launch, open } from './browser.js';
import { makeReport } from './reports.js';

const MINUTES = { timeout: 120_000 };

/** Nodes by the names that the small specs have. */
const NAMES = { a: 'Київ', b: '東京 القاهرة می\u200cخواهم 👩\u200d💻 e\u0301' };

const manyScripts = (): string =>
  SPECS.violated
    .replaceAll('"a"', JSON.stringify(NAMES.a))
    .replaceAll('"b"', JSON.stringify(NAMES.b))
    .replace(/nodes=\S+/, '');

describe.skipIf(!haveBrowser())('the search of the page', MINUTES, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => closePages(browser));

  /** Text that the browser has marked as the place it is at; of the diagram, what is selected. */
  const here = (page: Page): Promise<string> =>
    page.evaluate(
      `[...(CSS.highlights.get('found-here') ?? [])].map(String).join('') || [...document.querySelectorAll('#diagram .selected')].map((it) => it.getAttribute('data-slot') ?? it.getAttribute('data-node')).join(' ')`,
    );
  const count = (page: Page): Promise<string | null> => page.textContent('#search-count');

  it('names of all scripts are shown as they are written, everywhere', async () => {
    const cwd = folder({ 'спека 申请.ded': manyScripts() });
    const args = ['run', 'спека 申请.ded', '--report', '--reporter', 'junit=j', '--reporter', 'markdown=m'];
    const { stdout, stderr } = ldfi(cwd, args);
    ldfi(cwd, ['report', 'reports/спека 申请.json', '--format', 'svg', '--out', 'x.svg']);
    ldfi(cwd, ['report', 'reports/спека 申请.json', '--format', 'mermaid', '--out', 'x.mmd']);
    for (const text of [stdout, stderr, read(cwd, 'j'), read(cwd, 'm'), read(cwd, 'x.svg'), read(cwd, 'x.mmd')])
      expect(text).not.toMatch(/\\?u\{[0-9a-f]+\}/);
    for (const text of [stdout, read(cwd, 'j'), read(cwd, 'x.svg')]) expect(text).toContain(NAMES.b);
    expect(read(cwd, 'x.mmd')).toContain('as Київ');
    expect(stdout).toContain('Report  reports/спека 申请.html');
    const problems: string[] = [];
    const page = await open(browser, join(cwd, 'reports/спека 申请.html'), problems);
    await page.waitForSelector('#counterexamples p');
    const all = (await page.textContent('#app')) ?? '';
    expect(all).not.toContain('\\u{');
    for (const name of Object.values(NAMES)) expect(all).toContain(name);
    expect(problems).toEqual([]);
    await page.close();
  });

  it('counts, goes on and back, closes, and unfolds what it finds', async () => {
    const cwd = folder({ 's.ded': `${manyScripts()}include "part.inc";\n`, 'part.inc': '// хвост at the end\n' });
    const { page: path } = makeReport(cwd, join(cwd, 's.ded'), 's');
    const problems: string[] = [];
    const page = await open(browser, path, problems);
    await page.waitForSelector('#counterexamples p');
    await page.focus('#replay button');
    await page.keyboard.press('/');
    await page.keyboard.type('nothing of the kind');
    expect(await count(page)).toBe('nothing found');

    await page.fill('#search-text', 'КИЇВ');
    const [, total = '0'] = /^1 of (\d+)$/.exec((await count(page)) ?? '') ?? [];
    expect(Number(total)).toBeGreaterThan(5);
    expect(await here(page)).toBe('Київ');
    await page.keyboard.press('Shift+Enter');
    expect(await count(page)).toBe(`${total} of ${total}`);
    await page.keyboard.press('F3');
    expect(await count(page)).toBe(`1 of ${total}`);
    // What is drawn is among it, between the sentence and what follows the diagram.
    const places: string[] = [];
    for (let i = 0; i < Number(total); i++) {
      places.push(await here(page));
      await page.keyboard.press('Enter');
    }
    expect(places).toContainEqual(expect.stringContaining(`${NAMES.a}→${NAMES.b}@1`));
    expect(places[0]).toBe('Київ');

    // Rows of tables, and rules; case and line-ends of elements do not matter.
    await page.fill('#search-text', 'GOT(Y)@async :- send(X, Y)');
    expect(await count(page)).toMatch(/^1 of \d+$/);
    await page.fill('#search-text', 'хвост');
    expect(await count(page)).toBe('1 of 1');
    expect(await page.locator('details', { hasText: 'хвост' }).last().getAttribute('open')).not.toBeNull();
    await page.keyboard.press('Escape');
    expect(await page.locator('.search').isVisible()).toBe(false);
    expect(await page.evaluate('document.activeElement?.closest("#replay") !== null')).toBe(true);
    expect(await page.evaluate('CSS.highlights.size')).toBe(0);

    await page.setViewportSize({ width: 390, height: 800 });
    await page.click('text=Find >> visible=true');
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
    const box = await page.locator('.search').boundingBox();
    expect(box && box.x >= 0 && box.x + box.width <= 390).toBe(true);
    expect(await violations(page)).toEqual([]);
    expect(problems).toEqual([]);
    await page.close();
  });

  it('finds messages of a large run that are out of sight, and brings them there', async () => {
    const nodes = Array.from({ length: 8 }, (_, i) => `n${i}`);
    const facts = nodes.flatMap((a) => nodes.filter((b) => b !== a).map((b) => `peer("${a}", "${b}")@1;`));
    const cwd = folder();
    const spec = join(cwd, 'large.ded');
    writeFileSync(
      spec,
      `//! check name=large eot=40 eff=2 crashes=0\n${facts.join('\n')}\npeer(X, Y)@next :- peer(X, Y);
round(X, 1)@1 :- peer(X, _);\nround("n0", 1)@1;\nround(X, N + 1)@next :- round(X, N);
ping(Y, X, N)@async :- peer(X, Y), round(X, N);\ngot(X)@next :- ping(X, _, _);\ngot(X)@next :- got(X);
pre(X) :- peer(X, _);\npost(X) :- got(X);\n`.replace('round(X, 1)@1 :- peer(X, _);\n', ''),
    );
    const { page: path } = makeReport(cwd, spec, 'large');
    const problems: string[] = [];
    const page = await open(browser, path, problems);
    await page.waitForSelector('#counterexamples p');
    await page.click('text=Everything');
    await page.keyboard.press('/');
    await page.keyboard.type('ping("n5", "n0", 37)');
    expect(await count(page)).toMatch(/^1 of \d+$/);
    await page.waitForSelector('#diagram [data-slot="n0→n5@37"].selected');
    const selected = page.locator('#diagram [data-slot="n0→n5@37"].selected').first();
    const [mark, canvas] = [await selected.boundingBox(), await page.locator('.canvas').boundingBox()];
    expect(mark && canvas && mark.y + mark.height > canvas.y && mark.y < canvas.y + canvas.height).toBe(true);
    expect(problems).toEqual([]);
    await page.close();
  });
});
