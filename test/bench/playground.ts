/**
 * The playground in a browser: from opening the page to the frame with the first verdict and its report, and from a
 * keystroke to the frame that answers it, on every spec of the gallery.
 */
import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { haveBrowser, launch } from '../e2e/browser.js';
import type { Figure } from './figures.js';
import { median } from './numbers.js';
import { type Cell, ms, table } from './table.js';

const PAGE = 'dist/page/playground.html';
const KEYSTROKES = 3;

interface SpecTimes {
  readonly spec: string;
  /** Milliseconds to the verdict and the report, by keystroke. */
  readonly answered: readonly number[];
}

/** Milliseconds of wall time. */
export interface PlaygroundTimes {
  readonly megabytes: number;
  /** By round. */
  readonly first: readonly number[];
  readonly specs: readonly SpecTimes[];
}

/** Undefined if there is nothing to measure with, or nobody asked. */
export async function measurePlayground(
  quick: boolean,
  only: string,
  progress: (text: string) => void,
): Promise<PlaygroundTimes | undefined> {
  if (!'playground/'.includes(only) && !only.startsWith('playground/')) return undefined;
  if (!existsSync(PAGE) || !haveBrowser()) {
    console.error('playground: NOT MEASURED, there is no page or no browser');
    return undefined;
  }
  const browser = await launch();
  try {
    const first: number[] = [];
    for (let round = 0; round < (quick ? 2 : 7); round++) first.push(await firstVerdict(browser));
    const page = await opened(browser);
    const paths = await page.evaluate<string[]>("[...document.querySelectorAll('#spec option')].map((it) => it.value)");
    const specs: SpecTimes[] = [];
    for (const spec of paths.slice(0, quick ? 6 : paths.length)) {
      progress(`playground/${spec}`);
      specs.push({ spec, answered: await keystrokes(page, spec) });
    }
    return { megabytes: statSync(PAGE).size / 1e6, first, specs };
  } finally {
    await browser.close();
  }
}

async function opened(browser: Browser): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await page.addInitScript(INSTRUMENTS);
  await page.goto(`file://${resolve(PAGE)}`);
  await page.evaluate('bench.first');
  return page;
}

async function firstVerdict(browser: Browser): Promise<number> {
  const page = await opened(browser);
  const time = await page.evaluate<number>('bench.first');
  await page.close();
  return time;
}

/** Chooses a spec, then types blanks at the end of its text. */
async function keystrokes(page: Page, spec: string): Promise<number[]> {
  await page.evaluate(`bench.answered(() => {
    const field = document.querySelector('#spec');
    field.value = ${JSON.stringify(spec)};
    field.dispatchEvent(new Event('change'));
  })`);
  await page.click('.cm-content');
  await page.keyboard.press('Control+End');
  const times: number[] = [];
  for (let i = 0; i < KEYSTROKES; i++) {
    // As long as somebody who looks at the answer.
    await page.waitForTimeout(250);
    times.push(await page.evaluate<number>("bench.answered(() => document.execCommand('insertText', false, ' '))"));
  }
  return times;
}

/** Runs in the page before its own script. A verdict is written when its report has been drawn. */
const INSTRUMENTS = `
const bench = (globalThis.bench = {
  frame: () =>
    new Promise((done) =>
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => done(performance.now());
        port2.postMessage(0);
      }),
    ),
  /** Milliseconds from an act to the frame with the next verdict. */
  answered(act) {
    const from = performance.now();
    return new Promise((done) => {
      let isSearching = false;
      const observer = new MutationObserver(() => {
        const isBusy = document.querySelector('#verdict').getAttribute('aria-busy') === 'true';
        isSearching ||= isBusy;
        if (!isSearching || isBusy) return;
        observer.disconnect();
        bench.frame().then((at) => done(at - from));
      });
      observer.observe(document.querySelector('#verdict'), { attributes: true });
      act();
    });
  },
});
bench.first = new Promise((done) => {
  const look = () => {
    if (/^[✓✗!]/.test(document.querySelector('#verdict')?.textContent ?? '')) bench.frame().then(done);
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
});
`;

export function playgroundTable({ specs }: PlaygroundTimes): string {
  const rows = specs.map(({ spec, answered }): Cell[] => [spec, ms(median(answered)), ms(Math.max(...answered))]);
  return table(['spec, its first check', 'median ms', 'worst ms'], rows);
}

/** The figures that must be reached. */
export function playgroundFigures(times: PlaygroundTimes | undefined): Figure[] {
  const measured = (what: string, required: string, found: number | undefined, unit: string, most: number): Figure =>
    found === undefined
      ? { what, required, measured: 'not measured', reached: undefined, detail: '' }
      : { what, required, measured: `${ms(found)} ${unit}`, reached: found <= most, detail: '' };
  const medians = times?.specs.map(({ answered }) => median(answered)).sort((a, b) => a - b);
  const most = medians?.[Math.ceil(0.95 * medians.length) - 1];
  const detail = times && `worst spec ${ms(medians?.at(-1) ?? Number.NaN)} ms, ${times.specs.length} specs`;
  return [
    measured('playground: size', '<= 2 MB', times?.megabytes, 'MB', 2),
    measured('playground: first verdict and its report', '<= 1500 ms', times && median(times.first), 'ms', 1500),
    { ...measured('playground: from a keystroke, 19 of 20 specs', '<= 300 ms', most, 'ms', 300), detail: detail ?? '' },
  ];
}
