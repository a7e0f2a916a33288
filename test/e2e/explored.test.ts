/**
 * The runs that were made, in a real browser: those of the search, and for each counterexample those that show that it
 * needs each of its faults.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faultInWords } from '../../src/report/words.js';
import { closePages, haveBrowser, launch, open } from './browser.js';
import { makeReport, reportOf } from './reports.js';

const FOLDER = mkdtempSync(join(tmpdir(), 'ldfi-e2e-explored-'));

/** Its nodes count in a variable of their own: two messages must arrive. */
const HIDDEN = `import { defineProtocol } from 'ldfi';
export default defineProtocol({
  name: 'hidden', nodes: ['a', 'b'], state: () => ({ has: false }),
  actor: (id) => { let count = 0; return {
    init(ctx) { if (id === 'a') ctx.setPeriodic('again', 1); },
    onMessage(ctx) { if (++count > 1) ctx.state.has = true; },
    onTimer(ctx) { ctx.send('b', 'hello'); },
  }; },
  check: (world) => world.state('b').has ? 'holds' : { violated: ['b', 'has nothing'] },
  checks: [{ eot: 5, eff: 5, crashes: 0, expect: 'violated' }],
});`;

/** `a` says something to many, once: every loss is a counterexample. */
function many(count: number): string {
  const others = Array.from({ length: count }, (_, i) => `n${i}`);
  return `//! check eot=3 eff=2 crashes=0 expect=violated
  ${others.map((node) => `peer("a", "${node}")@1; wanted("${node}")@1;`).join('\n')}
  wanted(N)@next :- wanted(N); got(M)@async :- peer(N, M); got(N)@next :- got(N);
  pre(N) :- wanted(N); post(N) :- got(N);`;
}

async function opened(browser: Browser, path: string, problems: string[]): Promise<Page> {
  const page = await open(browser, path, problems);
  await page.locator('#explored summary').click();
  await page.waitForSelector('#needed');
  return page;
}

describe.skipIf(!haveBrowser())('the runs explored, in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(async () => {
    await closePages(browser);
    rmSync(FOLDER, { recursive: true, force: true });
  });

  it.each(['specs/replication/kafka-isr.ded', 'specs/typescript/quorum-register-weak.ts'])(
    '%s: lists each counterexample without each of its faults, and shows any of these runs',
    async (spec) => {
      const { page: path, checks } = reportOf(spec);
      const check = checks.find(({ counterexamples }) => counterexamples.length > 0);
      const found = check?.counterexamples ?? [];
      const problems: string[] = [];
      const page = await opened(browser, path, problems);
      const items = await page.locator('#needed > li').all();
      expect(items.length).toBe(found.length);
      for (const [i, item] of items.entries())
        expect(await item.locator('li').allTextContents()).toEqual(
          found[i]?.minimality.map(
            ({ without, outcome }) =>
              `without: ${faultInWords(without)} ${outcome === 'holds' ? '✓ holds' : '! promises nothing'}`,
          ),
        );
      const last = found.at(-1)?.minimality.at(-1);
      await page.locator('#needed > li').last().locator('li button').last().click();
      await page.waitForSelector(`#outcome[data-kind="${last?.outcome}"]`);
      expect(await page.locator('[data-remove-fault]').count()).toBe((found.at(-1)?.faults.length ?? 0) - 1);
      await expect.poll(() => page.locator('#needed li li[aria-current="true"]').count()).toBeGreaterThan(0);
      expect(problems).toEqual([]);
      await page.close();
    },
  );

  it('keeps a long list behind a button', async () => {
    const spec = join(FOLDER, 'many.ded');
    writeFileSync(spec, many(45));
    const { page: path } = makeReport(FOLDER, spec, 'many');
    const problems: string[] = [];
    const page = await opened(browser, path, problems);
    expect(await page.locator('#needed > li').count()).toBe(13);
    await page.locator('#needed button', { hasText: 'Show more (33 left)' }).click();
    expect(await page.locator('#needed > li').count()).toBe(45);
    expect(problems).toEqual([]);
  });

  it('says what they came to where nothing can be replayed', async () => {
    const spec = join(FOLDER, 'hidden.mjs');
    writeFileSync(spec, HIDDEN);
    const { page: path, checks } = makeReport(FOLDER, spec, 'hidden');
    expect(checks[0]?.lineage?.mode).toBe('run');
    const problems: string[] = [];
    const page = await opened(browser, path, problems);
    await page.locator('#needed li li button').first().click();
    await page.waitForSelector('#outcome[data-kind="holds"]');
    expect(problems).toEqual([]);
  });
});
