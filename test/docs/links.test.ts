/** Links of the documentation lead somewhere, as they are read on a forge; no line is too long. */
import { existsSync } from 'node:fs';
import { posix } from 'node:path';
import { expect, test } from 'vitest';
import { anchorsOf, CLASSICS, linksOf, PAGES, textOf } from './pages.js';

function leads(link: string, page: string): boolean {
  if (/^https?:/.test(link)) return true;
  const [path = '', anchor] = link.split('#');
  const file = path === '' ? page : posix.join(posix.dirname(page), path);
  return existsSync(file) && (anchor === undefined || anchorsOf(file).includes(anchor));
}

test.each([...PAGES, ...CLASSICS])('%s: every link and every anchor', (page) => {
  expect(linksOf(page).filter((link) => !leads(link, page))).toEqual([]);
});

test('there are links, and a dead one is found', () => {
  expect(PAGES.flatMap(linksOf).length).toBeGreaterThan(200);
  expect(leads('dedalus.md#what-a-verdict-compares', 'docs/proof.md')).toBe(true);
  expect(leads('dedalus.md#no-such-heading', 'docs/proof.md')).toBe(false);
  expect(leads('no-such-page.md', 'docs/proof.md')).toBe(false);
});

test.each([...PAGES, ...CLASSICS])('%s: no line is longer than 120 columns, but for tables and code', (page) => {
  const prose = textOf(page)
    .replaceAll(/^ *```[\s\S]*?^ *```$/gm, '')
    .split('\n');
  expect(prose.filter((line) => line.length > 120 && !line.startsWith('|'))).toEqual([]);
});

test('README leads to every page', () => {
  const pages = PAGES.filter((page) => page.startsWith('docs/') && page !== 'docs/index.md');
  expect(pages.filter((page) => !linksOf('README.md').some((link) => link.split('#')[0] === page))).toEqual([]);
});
