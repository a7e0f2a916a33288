/**
 * The report's page in a browser: time to the first paint, and from an event to the frame that answers it. The event is
 * dispatched in the page, so that the way from here to the browser does not count. A what-if is never one that the page
 * has already simulated.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { haveBrowser, launch } from '../e2e/browser.js';
import { median } from './numbers.js';
import { makeReports, type PageReport } from './page-reports.js';
import { type Cell, ms, table } from './table.js';

/** Milliseconds. */
export interface PageTimes {
  readonly name: string;
  readonly megabytes: number;
  /** Until anything is painted, and until the frame with the diagram. */
  readonly paint: readonly number[];
  readonly drawn: readonly number[];
  /** From the event to the frame, by kind of interaction. */
  readonly frames: Readonly<Record<Interaction, readonly number[]>>;
  /** The longest turn of the page's script of all, first drawing aside: what a click may have to wait for. */
  readonly longest: number;
}

export const INTERACTIONS = ['what-if', 'remove', 'select', 'search', 'scroll', 'zoom'] as const;
export type Interaction = (typeof INTERACTIONS)[number];

/** When the diagram was painted: not before it was drawn, nor before anything was painted. */
export const firstPaint = ({ paint, drawn }: PageTimes): number[] =>
  drawn.map((at, i) => Math.max(at, paint[i] ?? Number.NaN));

/** Nothing, and a word about it, if there is nothing to measure with. */
export async function measurePages(
  quick: boolean,
  only: string,
  progress: (text: string) => void,
): Promise<PageTimes[]> {
  if (!'page/'.includes(only) && !only.startsWith('page/')) return [];
  if (!existsSync('dist/page/assets.json')) {
    console.error('page: NOT MEASURED, dist/ is missing: npm run build');
    return [];
  }
  if (!haveBrowser()) {
    console.error('page: NOT MEASURED, there is no browser');
    return [];
  }
  const folder = mkdtempSync(join(tmpdir(), 'ldfi-bench-page-'));
  const browser = await launch();
  try {
    const results: PageTimes[] = [];
    for (const report of makeReports(folder, only)) {
      progress(`page/${report.name}`);
      results.push(await measurePage(browser, report, quick ? 1 : 5));
    }
    return results;
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measurePage(
  browser: Browser,
  { name, path, megabytes }: PageReport,
  rounds: number,
): Promise<PageTimes> {
  const [paint, drawn]: [number[], number[]] = [[], []];
  const frames = Object.fromEntries(INTERACTIONS.map((it) => [it, [] as number[]])) as Record<Interaction, number[]>;
  let longest = 0;
  for (let round = 0; round < rounds; round++) {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    await page.addInitScript(INSTRUMENTS);
    await page.goto(`file://${path}`);
    const first = await page.evaluate<{ paint: number; drawn: number }>('bench.firstPaint()');
    paint.push(first.paint);
    drawn.push(first.drawn);
    for (const [kind, act] of script(round)) frames[kind].push(await timed(page, act));
    longest = Math.max(longest, await page.evaluate<number>('bench.longest'));
    await page.close();
  }
  return { name, megabytes, paint, drawn, frames, longest };
}

/**
 * What is done in a round, each an interaction and the expression that makes it: every round begins with another
 * message.
 */
function script(round: number): [Interaction, string][] {
  const toggle = (i: number): [Interaction, string] => ['what-if', `bench.toggle(${round * 7 + i})`];
  return [
    toggle(1),
    toggle(4),
    ['remove', "bench.click('[data-remove-fault]')"],
    toggle(9),
    ['select', `bench.click('.dot', ${round + 3})`],
    ['select', "bench.click('#why .link.mono')"],
    ['search', "bench.find('n')"],
    ['search', "bench.find('n1')"],
    ['search', "bench.find('')"],
    ['scroll', 'bench.scroll(900)'],
    ['zoom', 'bench.click(\'[aria-label="Zoom out"]\')'],
    ['zoom', 'bench.click(\'[aria-label="Zoom in"]\')'],
    toggle(12),
  ];
}

/** Waits until the page is quiet, acts, and returns the time to the frame. */
const timed = (page: Page, act: string): Promise<number> =>
  page.evaluate<number>(`bench.quiet().then(() => bench.timed(() => ${act}))`);

/** Runs in the page before its own script. */
const INSTRUMENTS = `
const bench = (globalThis.bench = {
  longest: 0,
  frame: () =>
    new Promise((done) =>
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = done;
        port2.postMessage(0);
      }),
    ),
  async timed(act) {
    const from = performance.now();
    act();
    document.body.getBoundingClientRect();
    await bench.frame();
    return performance.now() - from;
  },
  async quiet() {
    for (let calm = 0, tries = 0; calm < 4 && tries < 400; tries++) {
      const from = performance.now();
      await new Promise((done) => setTimeout(done, 15));
      calm = performance.now() - from < 30 ? calm + 1 : 0;
    }
  },
  async firstPaint() {
    const drawn = await bench.drawn;
    await bench.quiet();
    const [paint] = performance.getEntriesByName('first-contentful-paint');
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) bench.longest = Math.max(bench.longest, duration);
    }).observe({ type: 'longtask' });
    return { paint: paint ? paint.startTime : NaN, drawn };
  },
  click(selector, index = 0) {
    const found = [...document.querySelectorAll(selector)];
    const target = found[index % found.length];
    if (!target) throw new Error('nothing to click: ' + selector);
    target.dispatchEvent(new MouseEvent('click', { bubbles: true, detail: 1 }));
  },
  /** Loses a message or, if no further one is within the bounds, restores one. */
  toggle(index) {
    const fate = (wanted) => [...document.querySelectorAll('#diagram .diagram [data-fate="' + wanted + '"]')];
    const delivered = fate('delivered');
    const arrows = [...delivered.slice(index % 9), ...delivered.slice(0, index % 9), ...fate('omitted')];
    const faults = () => document.querySelector('#whatif .faults').textContent;
    const before = faults();
    for (const arrow of arrows) {
      if (faults() !== before) return;
      arrow.dispatchEvent(new MouseEvent('click', { bubbles: true }));
    }
  },
  find(text) {
    const field = document.querySelector('#search-text');
    if (!field.offsetParent) document.querySelector('.finder').click();
    field.value = text;
    field.dispatchEvent(new Event('input', { bubbles: true }));
  },
  scroll(by) {
    document.querySelector('#diagram .canvas').scrollTop += by;
  },
});
bench.drawn = new Promise((done) => {
  const look = () => {
    if (document.querySelector('#diagram svg .grid')) setTimeout(() => done(performance.now()));
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
});
`;

/** One row per report: medians of what is done most, and the worst of everything. */
export function pageTable(pages: readonly PageTimes[]): string {
  const rows = pages.map((it): Cell[] => [
    it.name,
    it.megabytes.toFixed(1),
    ms(median(firstPaint(it))),
    ms(median(it.frames['what-if'])),
    ...INTERACTIONS.map((kind) => ms(Math.max(...it.frames[kind]))),
    ms(it.longest),
  ]);
  const worst = INTERACTIONS.map((kind) => `${kind} worst`);
  return table(['report', 'MB', 'first paint', 'what-if', ...worst, 'longest'], rows);
}
