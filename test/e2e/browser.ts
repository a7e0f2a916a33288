/**
 * A real browser for the tests: Debian's Chromium driven by playwright-core. Where it is missing and can be installed,
 * it is; where it cannot, the browser tests are skipped and say so, except in CI, where they must run.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';

const EXECUTABLE = '/usr/bin/chromium';
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--no-first-run',
];

/** Whether there is a browser; tries to install it first. */
export function haveBrowser(): boolean {
  if (existsSync(EXECUTABLE)) return true;
  if (process.platform === 'linux' && process.getuid?.() === 0) {
    spawnSync('apt-get', ['update', '-qq'], { stdio: 'ignore' });
    spawnSync('apt-get', ['install', '-y', '-qq', 'chromium'], {
      stdio: 'ignore',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  }
  if (existsSync(EXECUTABLE)) return true;
  if (process.env.CI) throw new Error('CI needs Chromium for the browser tests, and it could not be installed');
  process.stderr.write('\nBrowser tests are SKIPPED: there is no /usr/bin/chromium and it could not be installed.\n');
  return false;
}

let launched: Promise<Browser> | undefined;

/** The browser of this process, for all of its test files; it ends with the process. Pages end with their file. */
export const launch = (): Promise<Browser> => {
  launched ??= chromium.launch({ executablePath: EXECUTABLE, args: FLAGS });
  return launched;
};

/** Ends all pages of a test file. */
export async function closePages(browser: Browser): Promise<void> {
  for (const context of browser.contexts()) await context.close();
}

/** Opens a file; everything that the page complains of lands in `problems`. */
export async function open(browser: Browser, path: string, problems: string[], hash = ''): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  page.on('pageerror', (error) => problems.push(`error: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning')
      problems.push(`${message.type()}: ${message.text()}`);
  });
  page.on('dialog', async (dialog) => {
    problems.push(`dialog: ${dialog.message()}`);
    await dialog.dismiss();
  });
  page.on('request', (request) => {
    if (!request.url().startsWith('file:')) problems.push(`request: ${request.url()}`);
  });
  await page.goto(`file://${path}${hash}`);
  return page;
}
