/**
 * Labels of the diagram over the specs' pages, as the browser draws them: none lies across another or across a mark. At
 * size 1 these are all specs, else every tenth.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { findSpecs } from '../../src/cli/io/files.js';
import { isWhole } from '../size.js';
import { closePages, haveBrowser, launch, open } from './browser.js';
import { OVERLAPS } from './overlaps.js';

const FOLDER = mkdtempSync(join(tmpdir(), 'ldfi-labels-'));
const { specs } = findSpecs(['specs']);
const CHOSEN = isWhole ? specs : specs.filter((_, i) => i % 10 === 0);

let browser: Browser;
beforeAll(async () => {
  if (haveBrowser()) browser = await launch();
});
afterAll(async () => {
  if (browser) await closePages(browser);
  rmSync(FOLDER, { recursive: true, force: true });
});

/** The page about a spec; what the search comes to does not matter. */
async function pageOf(spec: string, i: number): Promise<string> {
  const [page, json] = [join(FOLDER, `${i}.html`), join(FOLDER, `${i}.json`)];
  const words = ['bin/ldfi.js', 'run', spec, '-q', '--first', '--json', json, '--report', page];
  await promisify(execFile)('node', words).catch(({ code, stderr }) => {
    if (code > 4 || stderr !== '') throw new Error(`${spec}: ${stderr}`);
  });
  return page;
}

it.skipIf(!haveBrowser())(
  'no label lies across another, or across a mark',
  async () => {
    const problems: string[] = [];
    const found: string[] = [];
    let labels = 0;
    for (const [i, spec] of CHOSEN.entries()) {
      const page = await open(browser, await pageOf(spec, i), problems);
      const checks = page.locator('.checks button');
      for (let check = 0; check < (await checks.count()); check++) {
        await checks.nth(check).click();
        const seen = (await page.evaluate(OVERLAPS)) as { labels: number; overlaps: string[] };
        labels += seen.labels;
        found.push(...seen.overlaps.map((one) => `${spec}, check ${check + 1}: ${one}`));
      }
      await page.close();
    }
    expect(found).toEqual([]);
    expect(labels).toBeGreaterThan(CHOSEN.length * 10);
    expect(problems).toEqual([]);
  },
  900_000,
);
