/**
 * The warnings beside a verdict and the coverage table, in a real browser.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { batch, folder } from '../cli/support.js';
import { closePages, haveBrowser, launch, open } from './browser.js';

const FOLDER = mkdtempSync(join(tmpdir(), 'ldfi-e2e-gates-'));
const SPEC = readFileSync('test/gates/specs/excused-crash.ded', 'utf8');

describe.runIf(haveBrowser())('what stands before a green', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(async () => {
    await closePages(browser);
    rmSync(FOLDER, { recursive: true, force: true });
  });

  it('is told beside the verdict, with its line and what to do; the table says what was covered', async () => {
    const cwd = folder({ 's.ded': SPEC });
    expect(batch(cwd, [['run', 's.ded', '--strict', '--report', 'r.html']])[0]?.code).toBe(4);
    const problems: string[] = [];
    const page = await open(browser, join(cwd, 'r.html'), problems);
    const gates = page.locator('#sentence .gates');
    expect(await gates.textContent()).toContain('1 warning beside this verdict: under --strict this is no green');
    expect(await gates.locator('code.frame').textContent()).toBe('pre(N) :- say(N), notin crash(N, _, _);');
    expect(await gates.textContent()).toContain('Remedy: Promise something');
    expect(await page.locator('#sentence h1 .mark').textContent()).toBe('! ');
    await gates.locator('button').click();
    expect(await page.locator('#source .target').textContent()).toContain('pre(N) :- say(N)');
    const rows = page.locator('#figures .coverage tbody tr');
    expect(await rows.locator('th').allTextContents()).toEqual([
      'rules that fired',
      'message losses injected',
      'crashes injected',
    ]);
    expect(await rows.first().locator('td').allTextContents()).toEqual(['6', '6', '6', '']);
    expect(problems).toEqual([]);
    await page.close();
  }, 120_000);
});
