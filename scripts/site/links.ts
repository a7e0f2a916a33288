/** Where a link between files of the repository leads on the site. */
import { posix } from 'node:path';

/** Files beside `docs` that are pages of the site. */
export const BESIDE: Readonly<Record<string, string>> = {
  'CONTRIBUTING.md': 'contributing.md',
  'CHANGELOG.md': 'changelog.md',
};

/** Files that are given out as they are. */
export const AS_THEY_ARE: Readonly<Record<string, string>> = { 'reports/sample.html': 'sample.html' };

const LINK = /\]\(([^)\s#]+)(#[^)\s]*)?\)/g;

/**
 * The text of a page with links as the site has them.
 * @param path of the page, in the repository
 * @throws Error if a link leads to a file that the site does not have
 */
export const withSiteLinks = (text: string, path: string): string =>
  text.replaceAll(LINK, (whole, target: string, anchor = '') => {
    if (/^[a-z]+:/.test(target)) return whole;
    const file = posix.join(posix.dirname(path), target);
    if (file in AS_THEY_ARE) return `](/${AS_THEY_ARE[file]}){target="_self"}`;
    return `](${placeOf(file, path)}${anchor})`;
  });

function placeOf(file: string, from: string): string {
  if (file === 'README.md') return '/index.md';
  if (file in BESIDE) return `/${BESIDE[file]}`;
  if (file.startsWith('docs/')) return file.replace(/^docs/, '');
  if (/^specs\/.+\.(?:ded|inc|ts)$/.test(file)) return `/${file}.md`;
  throw new Error(`${from} links to ${file}, which is not on the site`);
}
