import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fileReader } from '../../src/cli/io/file-reader.js';
import { loadProgram } from '../../src/dedalus/load.js';
import { tickOf } from '../../src/faults/scenario.js';
import { DedalusSystem } from '../../src/lineage/ground/system.js';
import { vacuousInWords } from '../../src/report/explain.js';
import type { CheckResult } from '../../src/report/schema.js';
import { firstOf } from '../size.js';
import { closePages, haveBrowser, launch, open } from './browser.js';
import { makeReport, reportOf } from './reports.js';

const FOLDER = mkdtempSync(join(tmpdir(), 'ldfi-e2e-'));
/** One that is violated, one that holds, one that is vacuous somewhere, and others. */
const SPECS = firstOf(
  [
    'broadcast/retry',
    'broadcast/ack',
    'commit/3pc',
    'replication/kafka-isr',
    'consensus/paxos',
    'consensus/token-ring',
    'bugs/sent-flag',
  ],
  3,
);

/** Slots between two nodes by fate, and crashes, as the engine has them for a check's first counterexample. */
function expected({ spec, bounds, counterexamples: [first] }: CheckResult) {
  const { program } = loadProgram(spec.roots, fileReader);
  if (!program) throw new Error('the spec does not load');
  const faults = first?.faults ?? [];
  const messages = new DedalusSystem(program, bounds).simulate(faults).messages();
  const slots = messages.filter(({ from, to, at }) => from !== to && at.length > 0);
  return {
    delivered: new Set(slots.map(({ from, to, sent }) => `${from}→${to}@${sent}`)).size,
    omitted: faults.filter(({ kind }) => kind === 'omission').length,
    crashes: faults.filter(({ kind }) => kind === 'crash').length,
  };
}

const slotsOf = (fate: string): string =>
  `[...new Set([...document.querySelectorAll('#diagram [data-fate="${fate}"]')].map((e) => e.getAttribute('data-slot')))].length`;

describe.skipIf(!haveBrowser())('the HTML report in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(async () => {
    await closePages(browser);
    rmSync(FOLDER, { recursive: true, force: true });
  });

  it.each(SPECS)('%s: loads clean, and shows what the result says', async (name) => {
    const { page: path, checks } = reportOf(`specs/${name}.ded`);
    const problems: string[] = [];
    const page = await open(browser, path, problems);
    // What a report opens with: the first counterexample, if there is one.
    const check = checks.find(({ counterexamples }) => counterexamples.length > 0) ?? checks[0];
    if (!check) throw new Error('no check');
    await page.waitForSelector('#diagram svg');
    expect(await page.getAttribute('#outcome', 'data-kind')).toBe(check.verdict === 'violated' ? 'violated' : 'holds');
    const sentence = (await page.textContent('#sentence')) ?? '';
    for (const fault of check.counterexamples[0]?.faults ?? []) expect(sentence).toContain(`tick ${tickOf(fault)}`);
    expect({
      delivered: await page.evaluate(slotsOf('delivered')),
      omitted: await page.evaluate(slotsOf('omitted')),
      crashes: await page.locator('#diagram [data-crash]').count(),
    }).toEqual(expected(check));
    await page.waitForSelector('#counterexamples p');
    const where = check.verdict === 'violated' ? '#counterexamples' : '#sentence';
    for (const words of vacuousInWords(check)) expect(await page.textContent(where)).toContain(words);
    for (const id of ['why', 'ledger', 'compare', 'state', 'counterexamples', 'transcript'])
      expect({ id, there: await page.locator(`#${id}`).count() }).toEqual({ id, there: 1 });
    expect(problems).toEqual([]);
    await page.close();
  });

  it('what if: removing a fault keeps the promise, a link leads back, losing the message again breaks it', async () => {
    const { page: path } = reportOf('specs/broadcast/retry.ded');
    const problems: string[] = [];
    const page = await open(browser, path, problems);
    await page.waitForSelector('#diagram svg');
    const broken = page.url();
    const started = Date.now();
    await page.locator('[data-remove-fault]').first().click();
    await page.waitForSelector('#outcome[data-kind="holds"]');
    console.log(`what-if answered in ${Date.now() - started} ms, browser round trips included`);
    const link = page.url();
    expect(link).not.toBe(broken);
    const linked = await open(browser, path, problems, link.slice(link.indexOf('#')));
    await linked.waitForSelector('#outcome[data-kind="holds"]');
    await page.locator('#diagram [data-slot="a→b@1"]').first().click({ force: true });
    await page.waitForSelector('#outcome[data-kind="violated"]');
    expect(problems).toEqual([]);
  });

  it('a link out of the bounds is refused in words; where nothing is promised, the ledger says so', async () => {
    const { page: path } = reportOf('specs/broadcast/retry.ded');
    const problems: string[] = [];
    const page = await open(browser, path, problems, '#check=1&faults=crash+a@1,crash+b@1');
    await page.waitForSelector('#outcome[data-kind="violated"]');
    expect(await page.textContent('#notice')).toContain(
      '2 nodes crash; these bounds allow 1. That is outside the bounds',
    );
    expect(decodeURIComponent(page.url())).not.toContain('["b",1]');
    const nothing = await open(browser, path, problems, '#check=1&faults=crash+a@1');
    await nothing.waitForSelector('#outcome[data-kind="vacuous"]');
    await expect.poll(() => nothing.textContent('#ledger')).toContain('Nothing is promised in this run');
    // The chain back to the first reason is one step.
    await expect.poll(() => page.textContent('#why')).toContain('is missing at ticks 2–5');
    expect(problems).toEqual([]);
  });

  it('steps through the ticks by keyboard', async () => {
    const { page: path } = reportOf('specs/broadcast/retry.ded');
    const problems: string[] = [];
    const page = await open(browser, path, problems);
    await page.waitForSelector('#state');
    const before = await page.textContent('#state');
    await page.locator('#state').scrollIntoViewIfNeeded();
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    expect(await page.textContent('#state')).not.toBe(before);
    // A node can be revived and crashed without a mouse.
    await page.locator('[data-crash-here]').focus();
    await page.keyboard.press('Enter');
    expect(await page.locator('#diagram [data-crash]').count()).toBe(0);
    await page.keyboard.press('Enter');
    await page.waitForSelector('#diagram [data-crash]');
    expect(problems).toEqual([]);
  });

  it('keeps hostile strings strings', async () => {
    const hostile = '</script><img src=x onerror=alert(1)><svg onload=alert(2)>';
    const spec = join(FOLDER, '<img src=x onerror=alert(3)>.ded');
    writeFileSync(
      spec,
      `//! check eot=4 eff=3 crashes=1 nodes=a,b name="</script><b>"
      node("a", "b")@1; node("b", "a")@1; node(N, M)@next :- node(N, M);
      log("a", "${hostile}")@1; log(N, P)@next :- log(N, P);
      log(M, P)@async :- log(N, P)@1, node(N, M), notin old(N); old(N)@next :- node(N, _);
      missing(M, P) :- log(N, P), node(N, M), notin log(M, P), notin crash(N, M, _);
      pre(N, P) :- log(N, P), notin crash(N, N, _);
      post(N, P) :- log(N, P), notin missing(_, P);`,
    );
    const { page: path } = makeReport(FOLDER, spec, 'hostile');
    const problems: string[] = [];
    const page = await open(browser, path, problems);
    await page.waitForSelector('#diagram svg');
    expect(await page.locator('img').count()).toBe(0);
    expect(await page.textContent('#sentence')).toContain('<img');
    expect(problems).toEqual([]);
  });

  it('draws a large run without freezing', async () => {
    const nodes = Array.from({ length: 9 }, (_, i) => `n${i}`);
    const facts = nodes
      .flatMap((a, i) => [1, 2, 3, 4].map((d) => `node("${a}", "${nodes[(i + d) % 9]}")@1;`))
      .join('\n');
    const spec = join(FOLDER, 'large.ded');
    writeFileSync(
      spec,
      `//! check eot=60 eff=20 crashes=1 expect=holds
      ${facts} node(N, M)@next :- node(N, M); log("n0", 1)@1; log(N, P)@next :- log(N, P);
      log(M, P)@async :- log(N, P), node(N, M);
      missing(M, P) :- log(N, P), node(N, M), notin log(M, P), notin crash(N, M, _);
      pre(N, P) :- log(N, P), notin crash(N, N, _);
      post(N, P) :- log(N, P), notin missing(_, P);`,
    );
    const { page: path } = makeReport(FOLDER, spec, 'large');
    const problems: string[] = [];
    const started = Date.now();
    const page = await open(browser, path, problems);
    await page.waitForSelector('#diagram svg');
    const drawn = Date.now() - started;
    const slots = await page.evaluate(slotsOf('delivered'));
    console.log(`large diagram: ${slots} slots, loaded and drawn in ${drawn} ms`);
    // Only what is in view, and not the same again, is drawn; the rest is counted.
    expect(slots).toBeGreaterThan(20);
    expect(slots).toBeLessThan(200);
    expect(
      Number(/(\d[\d,]*) messages/.exec((await page.textContent('#diagram')) ?? '')?.[1]?.replace(',', '')),
    ).toBeGreaterThan(2_000);
    expect(problems).toEqual([]);
  });
});
