/**
 * The HTML report with faults of every kind: links lead to them, clicks go through them, and each has its mark.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { PROGRAM } from '../report/every-kind.js';
import { closePages, haveBrowser, launch, open } from './browser.js';
import { makeReport } from './reports.js';

const FOLDER = mkdtempSync(join(tmpdir(), 'ldfi-kinds-'));
const KINDS = 'omission,crash,delay:2,dup:2,partition,restart,halt,skew,order';
/** Faults as a link has them, what the diagram then shows, and what the list of the same in words says. */
const LINKS = [
  ['delay a>b@1+1', '.arrow.moved', 'arrives at b at tick 3, late'],
  ['dup a>b@1+2', '.arrow.moved', 'arrives at b at tick 4, twice'],
  ['partition a|b@[1,3)', '.band.wall', 'Tick 3: the partition is over.'],
  ['restart b@[3,5)', '.band.gap', 'Tick 5: b restarts, and has kept nothing.'],
  ['halt b@2', '.band.down', 'b halts at tick 2'],
  ['slow b@[1,4)', '.band.slow', 'the clock of b stands still from tick 1 to tick 3'],
  ['order b@2 a', '.band.first', 'what a sent comes first at b at tick 2'],
] as const;

let browser: Browser;
let path: string;
beforeAll(async () => {
  if (!haveBrowser()) return;
  browser = await launch();
  const spec = join(FOLDER, 'news.ded');
  writeFileSync(spec, PROGRAM);
  path = makeReport(FOLDER, spec, 'news', [
    '--nodes',
    'a,b',
    '--eot',
    '6',
    '--eff',
    '5',
    '--max-cost',
    '2',
    '--faults',
    KINDS,
  ]).page;
});
afterAll(async () => {
  if (browser) await closePages(browser);
  rmSync(FOLDER, { recursive: true, force: true });
});

it.skipIf(!haveBrowser())('a link leads to a fault of every kind', async () => {
  const problems: string[] = [];
  for (const [faults, mark, words] of LINKS) {
    const page = await open(browser, path, problems, `#check=1&faults=${encodeURIComponent(faults)}`);
    await page.waitForSelector('#transcript', { state: 'attached' });
    expect({ faults, marks: await page.locator(`.canvas ${mark}`).count() }).toEqual({ faults, marks: 1 });
    expect(await page.textContent('#transcript')).toContain(words);
    await page.close();
  }
  expect(problems).toEqual([]);
});

it.skipIf(!haveBrowser())('what if: clicks go through all that may happen, and a list offers the rest', async () => {
  const problems: string[] = [];
  const page = await open(browser, path, problems, '#check=1&faults=');
  const faults = (): Promise<string | null> => page.textContent('.faults');
  await page.waitForSelector('#outcome[data-kind="holds"]');
  for (const words of ['is lost', '1 tick late', '2 ticks late', 'again 1 tick later']) {
    await page.locator('#diagram [data-slot="a→b@1"]').first().dispatchEvent('click');
    await page.waitForSelector('#outcome[data-kind="violated"]');
    expect(await faults()).toContain(words);
  }
  await page.locator('[data-remove-fault]').click();
  const list = page.locator('[data-faults-here]');
  await list.focus();
  await list.selectOption({ label: 'a goes down at tick 1 and restarts at tick 3' });
  await page.waitForSelector('#diagram .band.gap');
  expect(decodeURIComponent(page.url())).toContain('restart+a@[1,3)');
  expect(problems).toEqual([]);
});
