/**
 * The diagram and the state beside it: what the bounds admit, what lies beyond them, a cursor that goes with keyboard
 * and mouse, heads that stay, ticks that fold, and a phone.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LARGE_SPEC } from '../bench/page-reports.js';
import { closePages, haveBrowser, launch, open } from './browser.js';
import { OVERLAPS } from './overlaps.js';
import { makeReport, reportOf } from './reports.js';

const FOLDER = mkdtempSync(join(tmpdir(), 'ldfi-diagram-'));

/** A message of the run, clicked where its hit area is. */
const clickSlot = (page: Page, slot: string): Promise<void> =>
  page.locator(`#diagram [data-slot="${slot}"]`).first().dispatchEvent('click');

describe.skipIf(!haveBrowser())('the diagram', () => {
  let browser: Browser;
  const problems: string[] = [];
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(async () => {
    await closePages(browser);
    rmSync(FOLDER, { recursive: true, force: true });
    expect(problems).toEqual([]);
  });

  it('shows what may be struck, and where the time of faults is over', async () => {
    const { page: path } = reportOf('specs/consensus/paxos.ded');
    const page = await open(browser, path, problems, '#check=1&faults=');
    await page.waitForSelector('.canvas .arrow');
    const ticks = async (selector: string): Promise<number[]> => {
      const slots = (await page.evaluate(
        `[...document.querySelectorAll('.canvas ${selector}')].map((e) => e.dataset.slot)`,
      )) as string[];
      return slots.map((slot) => Number(slot.split('@')[1]));
    };
    // eff 3: what is sent at ticks 1 and 2 may be lost, and nothing later.
    expect(Math.max(...(await ticks('.arrow[data-struck]')))).toBe(2);
    expect(Math.min(...(await ticks('.arrow:not([data-struck])')))).toBe(3);
    expect(await page.locator('#diagram .grid .reach').count()).toBe(3);
    expect(await page.textContent('.legend')).toContain('EFF 3: no message losses from tick 3 on');
    expect(await page.locator('#diagram line.across.end').count()).toBeGreaterThan(0);
    await page.close();
  });

  it('beyond the bounds: one plain sentence, and a run that says everywhere where it lies', async () => {
    const { page: path } = reportOf('specs/consensus/paxos.ded');
    const page = await open(browser, path, problems, '#check=1&faults=');
    await page.waitForSelector('.canvas .arrow:not([data-struck])');
    const slot = (await page.getAttribute('.canvas .arrow.delivered:not([data-struck])', 'data-slot')) ?? '';
    const tick = slot.split('@')[1];
    await clickSlot(page, slot);
    const eff = /eff (\d+)/.exec((await page.textContent('.kicker')) ?? '')?.[1];
    const notice = (await page.textContent('#notice')) ?? '';
    expect(notice).toContain(`Message losses end at tick ${eff} (EFF); this one is sent at tick ${tick}.`);
    expect(await page.locator('.faults .none').count()).toBe(1);
    await page.locator('[data-try-beyond]').click();
    await page.waitForSelector('.canvas .arrow.omitted');
    expect(await page.textContent('#outcome')).toContain('outside the bounds');
    expect(await page.textContent('.kicker')).toContain('outside these bounds');
    expect(await page.textContent('#notice')).toContain('no counterexample');
    await expect.poll(() => page.textContent('#transcript')).toContain('Outside the bounds of this check');
    expect(await page.textContent('#replay code')).toMatch(
      /^npx ldfi replay specs.consensus.paxos\.ded .*--faults 'omit /,
    );
    expect(page.url()).toContain('bounds=beyond');
    const linked = await open(browser, path, problems, new URL(page.url()).hash);
    await linked.waitForSelector('.canvas .arrow.omitted');
    expect(await linked.textContent('#outcome')).toContain('outside the bounds');
    // Without the fault the run lies within the bounds again.
    await linked.locator('[data-remove-fault]').click();
    await linked.waitForSelector('.faults .none');
    await expect.poll(() => linked.url()).not.toContain('bounds=beyond');
    await linked.close();
    await page.close();
  });

  it('beyond the bounds of a protocol: what was learned answers, or the command that would', async () => {
    const { page: path } = reportOf('specs/typescript/lock-no-fencing.ts');
    const page = await open(browser, path, problems, '#check=3&faults=');
    await page.waitForSelector('.canvas .arrow');
    await clickSlot(page, 'one→lock@1');
    expect(await page.textContent('#notice')).toContain('No message may be lost within these bounds.');
    await page.locator('[data-try-beyond]').click();
    await page.waitForSelector('.canvas .arrow.omitted');
    expect(await page.textContent('#outcome')).toContain('outside the bounds');
    const { kind } = (await page.evaluate("document.querySelector('#outcome').dataset")) as { kind: string };
    if (kind === 'unknown') expect(await page.textContent('#notice')).toContain('The command above runs this scenario');
    expect(await page.textContent('#replay code')).toContain("--faults 'omit one>lock@1'");
    await page.close();
  });

  it('a cursor goes with keys and clicks, and the state stands beside it', async () => {
    const { page: path } = reportOf('specs/typescript/lock-no-fencing.ts');
    const page = await open(browser, path, problems);
    await page.waitForSelector('#diagram .dot');
    expect(await page.locator('#diagram .cursor .here').count()).toBe(0);
    await page.keyboard.press('j');
    await page.waitForSelector('#diagram .cursor .here');
    expect(await page.textContent('#diagram .ruler .chosen')).toBe('2');
    expect(await page.textContent('#diagram .heads .chosen')).toContain('lock');
    await page.keyboard.press('l');
    expect(await page.textContent('#diagram .heads .chosen')).toContain('one');
    await page.locator('#diagram .dot[data-node="two"]').first().dispatchEvent('click');
    expect(await page.textContent('#diagram .heads .chosen')).toContain('two');
    expect(await page.textContent('#state .where')).toContain('node two');
    expect(await page.textContent('#state .changed')).toContain('token');
    const [canvas, state] = await Promise.all(
      ['.canvas', '#state'].map((selector) => page.locator(selector).boundingBox()),
    );
    expect(state?.x).toBeGreaterThan((canvas?.x ?? 0) + (canvas?.width ?? 0) - 1);
    expect(state?.y).toBeLessThan((canvas?.y ?? 0) + 100);
    await page.close();
  });

  it('lists the keys in a dialog that Escape closes', async () => {
    const { page: path } = reportOf('specs/broadcast/retry.ded');
    const page = await open(browser, path, problems);
    await page.waitForSelector('#diagram .dot');
    await page.keyboard.press('?');
    await page.waitForSelector('dialog.keys[open]');
    expect(await page.textContent('dialog.keys')).toContain('the next tick');
    await page.keyboard.press('Escape');
    expect(await page.locator('dialog.keys[open]').count()).toBe(0);
    await page.close();
  });

  it('folds a large run into what is to be seen: like receivers, ticks that repeat, heads that stay', async () => {
    const spec = join(FOLDER, 'large.ded');
    writeFileSync(spec, LARGE_SPEC);
    const { page: path } = makeReport(FOLDER, spec, 'large');
    const page = await open(browser, path, problems);
    await page.waitForSelector('#diagram .fan');
    const fits = (): Promise<unknown> =>
      page.evaluate(
        "(({scrollHeight, clientHeight}) => scrollHeight <= clientHeight)(document.querySelector('.canvas'))",
      );
    expect(await fits()).toBe(true);
    expect(await page.textContent('#diagram .quiet')).toMatch(/ticks 4–39 · the same again at each: \d+ messages/);
    expect(await page.locator('#diagram .ruler .end').textContent()).toMatch(/EFF 20$/);
    expect(await page.textContent('#diagram .grid')).not.toContain('undefined');
    const arrows = (): Promise<number> => page.locator('.canvas .arrow').count();
    const before = await arrows();
    await page.locator('#diagram .fan').first().dispatchEvent('click');
    expect(await arrows()).toBe(before + 8);
    await page.locator('#diagram .quiet').dispatchEvent('click');
    await expect.poll(() => page.locator('#diagram .quiet').count()).toBe(0);
    expect(await fits()).toBe(false);
    // The heads stay where they are.
    const top = async (): Promise<number | undefined> => (await page.locator('svg.heads').boundingBox())?.y;
    const at = await top();
    await page.evaluate("document.querySelector('.canvas').scrollTop = 600");
    expect(Math.abs(((await top()) ?? 0) - (at ?? 0))).toBeLessThan(1);
    await page.keyboard.press('f');
    expect(await fits()).toBe(true);
    await page.keyboard.press('0');
    expect(await fits()).toBe(false);
    expect(((await page.evaluate(OVERLAPS)) as { overlaps: string[] }).overlaps).toEqual([]);
    await page.close();
  });

  it('on a phone it is on the first screen, and shows that it scrolls', async () => {
    const { page: path } = reportOf('specs/typescript/lock-no-fencing.ts');
    const page = await open(browser, path, problems);
    await page.setViewportSize({ width: 390, height: 844 });
    await page.waitForSelector('.frame.more-right.more-below');
    const box = await page.locator('.canvas').boundingBox();
    expect(box?.y).toBeLessThan(844 / 2);
    await page.locator('#diagram .dot[data-node="lock"]').first().dispatchEvent('click');
    await expect.poll(async () => (await page.locator('#state').boundingBox())?.y).toBeLessThan(844);
    await page.close();
  });

  it('the good run and this one stand on one scale', async () => {
    const { page: path } = reportOf('specs/faults/high-watermark.ded');
    const page = await open(browser, path, problems);
    await page.waitForSelector('#compare figure');
    const ticks = (await page.evaluate(
      "[...document.querySelectorAll('#compare figure')].map((f) => [...f.querySelectorAll('.ruler .tick')].map((t) => [t.textContent, t.getAttribute('y')]))",
    )) as unknown[][];
    expect(ticks).toHaveLength(2);
    expect(ticks[0]).toEqual(ticks[1]);
    expect(ticks[0]?.length).toBeGreaterThan(3);
    await page.close();
  });
});
