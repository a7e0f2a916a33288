/**
 * The playground in a browser, as `ldfi playground` writes it: a first verdict, mistakes and their mending, the gallery
 * with what it includes, links (hostile ones, too), a search that would never end, and nothing that axe objects to.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faint, LOOKS, violations } from './axe.js';
import { closePages, haveBrowser, launch, open } from './browser.js';

const FOLDER = mkdtempSync(join(tmpdir(), 'ldfi-playground-'));
const PATH = join(FOLDER, 'playground.html');

/** Waits until the verdict on what is there now reads like this. */
const verdict = (page: Page, like: RegExp): Promise<void> =>
  expect.poll(() => page.textContent('#verdict[aria-busy=false]'), { timeout: 60_000, interval: 30 }).toMatch(like);

/** Types over all of the text. */
async function rewrite(page: Page, text: string): Promise<void> {
  await page.click('.cm-content');
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText(text);
}

const textOf = (page: Page): Promise<string> => page.evaluate("document.querySelector('.cm-content').innerText");
const addressOf = (page: Page): Promise<string> => page.evaluate('location.hash');

describe.skipIf(!haveBrowser())('the playground', () => {
  let browser: Browser;
  const problems: string[] = [];
  const opened = async (hash = ''): Promise<Page> => {
    const page = await open(browser, PATH, problems, hash);
    await verdict(page, /^[✓✗!] [a-z]/);
    return page;
  };

  beforeAll(async () => {
    const run = spawnSync('node', ['bin/ldfi.js', 'playground', '--out', PATH], { encoding: 'utf8' });
    expect(run).toMatchObject({ status: 0, stderr: '' });
    browser = await launch();
  });
  afterAll(async () => {
    await closePages(browser);
    rmSync(FOLDER, { recursive: true, force: true });
    expect(problems.filter((problem) => !problem.startsWith('request: blob:'))).toEqual([]);
  });

  it('is one page of at most 2 MB', () => {
    expect(statSync(PATH).size).toBeLessThan(2_000_000);
  });

  it('shows the verdict, the diagram and why, and follows what is typed', async () => {
    const page = await opened();
    await verdict(page, /^✗ violated: 4 counterexamples, as expected$/);
    expect(await page.locator('#diagram .arrow').count()).toBeGreaterThan(3);
    expect(await page.locator('#why .fact').count()).toBeGreaterThan(0);
    // A node that never crashes leaves the promise whole.
    await page.fill('.bounds input >> nth=2', '0');
    await verdict(page, /^✓ holds$/);
    await page.fill('.bounds input >> nth=2', '');
    await verdict(page, /^✗ violated: 4/);
    await page.fill('.bounds input >> nth=0', '5000');
    await verdict(page, /bounds make no sense/);
    expect(await page.textContent('#note')).toContain('eot must be an integer from 1 to 1000');
    await page.fill('.bounds input >> nth=0', '');
    await page.selectOption('#check', 'loss-only');
    await verdict(page, /^✓ holds, as expected$/);
    await page.close();
  });

  it('has the what-if of the report, and leads from its reasons to the line in the editor', async () => {
    const page = await opened();
    await page.click('[data-remove-fault] >> nth=0');
    await expect.poll(() => page.textContent('#outcome')).toContain('what if');
    await page.click('text=Back to counterexample 1');
    await expect.poll(() => page.textContent('#outcome')).toContain('Promise broken');
    const link = page.locator('#why .link.small').first();
    const [, name = '', line = ''] = /([^/]+):(\d+)$/.exec((await link.textContent()) ?? '') ?? [];
    await link.click();
    await expect.poll(() => page.textContent('[role=tab][aria-selected=true]')).toBe(name);
    expect(await page.textContent('.cm-activeLineGutter')).toBe(line);
    // Keys of the report are letters in the editor.
    await page.keyboard.press('Control+End');
    await page.keyboard.type('// jkhl?f0');
    expect(await textOf(page)).toContain('// jkhl?f0');
    await page.close();
  });

  it('says what is wrong as the command line does, keeps the last verdict in grey, and mends', async () => {
    const page = await opened();
    const before = await page.textContent('#sentence h1');
    await rewrite(page, '//! check eot=4 eff=2 crashes=0\ninclude "agreement.inc";\nlog(X, M) :- bcst(X, M);\n');
    await page.waitForSelector('.problems li');
    expect(await page.textContent('.problems')).toContain('bcst');
    expect(await page.locator('.cm-lintRange').count()).toBeGreaterThan(0);
    await page.click('.fix >> nth=0');
    await verdict(page, /violated|holds|vacuous/);
    expect(await textOf(page)).toContain('bcast(X, M)');
    await rewrite(page, 'log(X, M) :- bcast(X, ;');
    await verdict(page, /mistakes in the spec/);
    expect(await page.locator('.report.stale #diagram').count()).toBe(1);
    expect(await page.textContent('#note')).toContain('the last text that had a verdict');
    await page.click('text=Restore');
    await verdict(page, /^✗ violated: 4/);
    expect(await page.locator('.report.stale').count()).toBe(0);
    expect(await page.textContent('#sentence h1')).toBe(before);
    await page.close();
  });

  it('has the gallery with what its specs include, which can be edited as well', async () => {
    const page = await opened();
    await page.selectOption('#spec', 'specs/commit/2pc-ctp.ded');
    expect(await page.locator('[role=tab]').allTextContents()).toEqual(['2pc-ctp.ded', '2pc.ded', 'atomicity.inc']);
    await verdict(page, /as expected$/);
    await page.click('text=atomicity.inc');
    await rewrite(page, 'nothing(');
    await verdict(page, /mistakes in the spec/);
    await page.click('[role=tab] >> nth=0');
    // A problem elsewhere leads there.
    await page.click('.problems .link >> nth=0');
    expect(await page.textContent('[role=tab][aria-selected=true]')).toBe('atomicity.inc •');
    await page.close();
  });

  it('shows hover and completion', async () => {
    const page = await opened();
    await page.hover('.ded-relation >> nth=0');
    await page.waitForSelector('.cm-tooltip .hover');
    expect(await page.textContent('.cm-tooltip .hover')).toContain('A relation with 2 arguments');
    await rewrite(page, 'log(X, M)@as');
    await page.keyboard.press('Control+Space');
    await page.waitForSelector('.cm-tooltip-autocomplete [aria-selected]');
    expect(await page.textContent('.cm-tooltip-autocomplete')).toContain('@async');
    await page.close();
  });

  it('gives links that carry the text and the check', async () => {
    const page = await opened();
    await page.selectOption('#check', 'loss-only');
    await verdict(page, /holds/);
    await page.click('.cm-content');
    await page.keyboard.press('Control+End');
    await page.keyboard.insertText('// привет <script>\n');
    await expect.poll(() => addressOf(page)).toContain('text=');
    const other = await opened(await addressOf(page));
    await verdict(other, /^✓ holds, as expected$/);
    expect(await textOf(other)).toContain('// привет <script>');
    expect(await other.inputValue('#check')).toBe('loss-only');
    await page.close();
    await other.close();
  });

  it.each([
    ['to no spec', '#spec=specs/nowhere.ded'],
    ['with a text that is none', '#spec=specs/broadcast/retry.ded&text=!!!'],
    ['to what every object has', '#spec=__proto__'],
    ['that is too long', `#spec=x&text=${'A'.repeat(300_000)}`],
    ['that is markup', '#<img src=x onerror=alert(1)>'],
  ])('refuses a link %s in a sentence', async (_, hash) => {
    const page = await opened(hash);
    expect(await page.textContent('.message')).toContain('This link cannot be shown');
    await verdict(page, /^✗ violated: 4/);
    await page.close();
  });

  it('cuts off a search that does not end, and goes on', async () => {
    const page = await opened();
    const facts = Array.from({ length: 40 }, (_, i) => `n("a", ${i})@1;`).join(' ');
    const variables = ['A', 'B', 'C', 'D', 'E', 'F', 'G'];
    const pairs = variables.map((name) => `n(X, ${name})`).join(', ');
    await rewrite(
      page,
      `//! check eot=4 eff=2 crashes=0\n${facts}\npre(X) :- ${pairs}, ${variables.join(' + ')} == 100000;\npost(X) :- pre(X);\n`,
    );
    await verdict(page, /^! inconclusive: the time was up$/);
    expect(await page.textContent('#note')).toContain('command line');
    expect(await page.textContent('#note')).toContain('npx ldfi run');
    await page.click('text=Restore');
    await verdict(page, /^✗ violated: 4/);
    // A limit of the engine is another matter, which it tells itself.
    await page.fill('.bounds input >> nth=0', '1000');
    await page.fill('.bounds input >> nth=1', '999');
    await verdict(page, /^! inconclusive/);
    await page.close();
  });

  it.each(LOOKS)('has nothing that axe objects to: %s, %i pixels wide', async (colorScheme, width) => {
    const page = await opened();
    await page.setViewportSize({ width, height: 800 });
    await page.emulateMedia({ colorScheme });
    expect(await violations(page)).toEqual([]);
    expect(await faint(page, '#diagram svg')).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
    await rewrite(page, 'log(');
    await verdict(page, /mistakes/);
    expect(await violations(page)).toEqual([]);
    await page.close();
  });
});
