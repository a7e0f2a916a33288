import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AxeResults } from 'axe-core';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rowOf } from '../../src/core/outcome.js';
import { tickOf } from '../../src/faults/scenario.js';
import { ProtocolSystem } from '../../src/lineage/learned/system.js';
import type { AnyProtocol } from '../../src/protocol/types.js';
import type { CheckResult } from '../../src/report/schema.js';
import { firstOf } from '../size.js';
import { closePages, haveBrowser, launch, open } from './browser.js';
import { makeReport, reportOf } from './reports.js';

const FOLDER = mkdtempSync(join(tmpdir(), 'ldfi-e2e-protocol-'));
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const SPECS = firstOf(
  [
    'broadcast-retry',
    'lock-no-fencing',
    'rpc-retry',
    'two-phase-commit',
    'raft-election-double-vote',
    'broadcast-relay',
  ],
  3,
);

/** Slots by fate, and crashes, as the simulator has them for a check's first counterexample. */
async function expected(name: string, { bounds, counterexamples: [first] }: CheckResult) {
  const { default: protocol } = (await import(`../../specs/typescript/${name}.ts`)) as { default: AnyProtocol };
  const faults = first?.faults ?? [];
  const { messages, eot } = new ProtocolSystem(protocol, bounds).plain(faults);
  const slots = messages.filter(({ from, to, at, sent }) => from !== to && at.length > 0 && sent < eot);
  const lost = messages.filter(({ from, to, lost: is, sent }) => from !== to && is && sent < eot);
  return {
    delivered: new Set(slots.map(({ from, to, sent }) => `${from}→${to}@${sent}`)).size,
    lost: new Set(lost.map(({ from, to, sent }) => `${from}→${to}@${sent}`)).size,
    crashes: faults.filter(({ kind }) => kind === 'crash').length,
  };
}

const slotsOf = (...fates: string[]): string =>
  `[...new Set([...document.querySelectorAll('${fates.map((fate) => `#diagram [data-fate="${fate}"]`).join(',')}')].map((e) => e.getAttribute('data-slot')))].length`;

describe.skipIf(!haveBrowser())('the HTML report of a protocol in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(async () => {
    await closePages(browser);
    rmSync(FOLDER, { recursive: true, force: true });
  });

  it.each(SPECS)('%s: loads clean, and shows what the simulator gives', async (name) => {
    const { page: path, checks } = reportOf(`specs/typescript/${name}.ts`);
    const problems: string[] = [];
    const page = await open(browser, path, problems);
    const check = checks.find(({ counterexamples }) => counterexamples.length > 0) ?? checks[0];
    if (!check) throw new Error('no check');
    await page.waitForSelector('#diagram svg');
    expect(await page.getAttribute('#outcome', 'data-kind')).toBe(check.verdict === 'violated' ? 'violated' : 'holds');
    const sentence = (await page.textContent('#sentence')) ?? '';
    for (const value of rowOf(check.counterexamples[0]?.witnesses[0] ?? [])) expect(sentence).toContain(String(value));
    for (const fault of check.counterexamples[0]?.faults ?? []) expect(sentence).toContain(`tick ${tickOf(fault)}`);
    expect({
      delivered: await page.evaluate(slotsOf('delivered')),
      lost: await page.evaluate(slotsOf('omitted', 'crashed')),
      crashes: await page.locator('#diagram [data-crash]').count(),
    }).toEqual(await expected(name, check));
    await expect.poll(() => page.locator('#figures dl').count()).toBe(1);
    expect(await page.locator('#source li').count()).toBeGreaterThan(10);
    if (check.counterexamples.length > 0) await expect.poll(() => page.textContent('#ledger .lead')).toMatch(/cut/);
    expect(problems).toEqual([]);
    await page.close();
  });

  it('what if: without a fault the promise is kept, a link leads back, losing the message again breaks it', async () => {
    const { page: path } = reportOf('specs/typescript/broadcast-retry.ts');
    const problems: string[] = [];
    const page = await open(browser, path, problems);
    await page.waitForSelector('#diagram svg');
    const broken = page.url();
    await page.locator('[data-remove-fault]').first().click();
    await page.waitForSelector('#outcome[data-kind="holds"]');
    const link = page.url();
    expect(link).not.toBe(broken);
    const linked = await open(browser, path, problems, link.slice(link.indexOf('#')));
    await linked.waitForSelector('#outcome[data-kind="holds"]');
    await page.locator('#diagram [data-slot="a→b@1"]').first().click({ force: true });
    await page.waitForSelector('#outcome[data-kind="violated"]');
    // Other losses, which no counterexample has, are answered as well.
    await page.locator('#diagram [data-slot="a→c@1"]').first().click({ force: true });
    await page.waitForSelector('#outcome[data-kind="holds"], #outcome[data-kind="vacuous"]');
    expect(problems).toEqual([]);
  });

  it('leads from the broken promise to the fault, and shows what each handler did', async () => {
    const { page: path } = reportOf('specs/typescript/broadcast-retry.ts');
    const problems: string[] = [];
    const page = await open(browser, path, problems);
    await page.waitForSelector('#why .steps');
    const why = (await page.textContent('#why')) ?? '';
    expect(why).toContain('b.has = true');
    expect(why).toContain('what a sends to b at tick 1 is lost');
    expect(why).toContain('a crashes at tick 2');
    // In words, too, what nodes come to stands beside the messages.
    await expect.poll(() => page.textContent('#transcript')).toContain('at c, has = true.');
    expect(await page.textContent('#transcript')).toContain('at b, unlike in the good run, no has = true.');
    await page.locator('#why .rule .link').first().click();
    await page.waitForSelector('#source .target');
    await page.locator('#state .nodes button', { hasText: 'c' }).click();
    await page.keyboard.press('j');
    await expect.poll(() => page.textContent('#state .slots')).toContain('has: false → true');
    expect(problems).toEqual([]);
  });

  it('has nothing that axe knows to be wrong', async () => {
    const { page: path } = reportOf('specs/typescript/lock-no-fencing.ts');
    const problems: string[] = [];
    for (const [colorScheme, width] of [
      ['light', 1280],
      ['dark', 390],
    ] as const) {
      const page = await open(browser, path, problems);
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 900 });
      await page.waitForSelector('#source ol');
      await page.locator('#state .nodes button', { hasText: 'store' }).click();
      for (let tick = 1; tick < 7; tick++) await page.keyboard.press('j');
      await expect.poll(() => page.locator('#state .slots').count()).toBe(1);
      await page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true");
      await page.evaluate(AXE);
      const results: AxeResults = await page.evaluate("axe.run({ resultTypes: ['violations'] })");
      expect(results.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
      await page.close();
    }
    expect(problems).toEqual([]);
  });

  it('says so where handlers cannot be learned', async () => {
    const spec = join(FOLDER, 'hidden.mjs');
    writeFileSync(
      spec,
      `import { defineProtocol } from 'ldfi';
      export default defineProtocol({
        name: 'hidden', nodes: ['a', 'b'], state: () => ({ has: false }),
        actor: (id) => { let count = 0; return {
          init(ctx) { if (id === 'a') { ctx.state.has = true; ctx.setPeriodic('again', 1); } },
          onMessage(ctx) { if (++count > 1) ctx.state.has = true; },
          onTimer(ctx) { ctx.send('b', 'hello'); },
        }; },
        check: (world) => world.state('b').has ? 'holds' : { violated: ['b', 'has nothing'] },
        checks: [{ eot: 5, eff: 5, crashes: 0, expect: 'violated' }],
      });`,
    );
    const { page: path } = makeReport(FOLDER, spec, 'hidden');
    const problems: string[] = [];
    const page = await open(browser, path, problems);
    await page.waitForSelector('#outcome[data-kind="violated"]');
    expect(await page.textContent('#notice')).toContain('Nothing can be tried out here');
    await expect.poll(() => page.locator('#counterexamples li').count()).toBeGreaterThan(0);
    expect(problems).toEqual([]);
  });

  it('keeps hostile strings strings', async () => {
    const hostile = '</script><img src=x onerror=alert(1)><svg onload=alert(2)>';
    const spec = join(FOLDER, 'hostile.mjs');
    writeFileSync(
      spec,
      `import { defineProtocol } from 'ldfi';
      const evil = ${JSON.stringify(hostile)};
      export default defineProtocol({
        name: evil, nodes: ['<b>a', '<i>b'], state: () => ({ [evil]: 0 }),
        actor: (id) => ({
          init(ctx) { if (id === '<b>a') ctx.broadcast({ kind: evil, [evil]: evil }); ctx.setTimer(evil, 1); },
          onMessage(ctx) { ctx.state[evil] = evil; ctx.log(evil); },
          onTimer() {},
        }),
        check: (world) => world.state('<i>b')[evil] === evil ? 'holds' : { violated: ['<i>b', evil] },
        checks: [{ name: evil, eot: 3, eff: 2, crashes: 1, expect: 'violated' }],
      });`,
    );
    const { page: path } = makeReport(FOLDER, spec, 'hostile');
    const problems: string[] = [];
    const page = await open(browser, path, problems);
    await page.waitForSelector('#diagram svg');
    await expect.poll(() => page.locator('#figures dl').count()).toBe(1);
    expect(await page.locator('img').count()).toBe(0);
    expect(await page.textContent('#sentence')).toContain('<img');
    expect(problems).toEqual([]);
  });
});
