/**
 * Where the page of each spec goes, below the folder of the overview: in the folders of the specs, under names that
 * every file system takes.
 *
 * ```ts
 * pageNames([['specs/a/x.ded'], ['specs/a/x.ts'], ['../y.ded']]);
 * // ['specs/a/x.ded.html', 'specs/a/x.ts.html', 'y.html']
 * ```
 */
import { groupBy } from '../../core/memo.js';
import { visible } from '../../core/text.js';

/** The name of the overview. */
export const OVERVIEW = 'index.html';

/** Longest name of a file or folder, in bytes: less than file systems take, for endings come on top. */
const LONGEST = 200;

/** @param specs the files of each spec, the first of which names it */
export function pageNames(specs: readonly (readonly string[])[]): string[] {
  const paths = specs.map(([root = '']) => safe(root));
  const alike = groupBy(paths, (path) => keyOf(withoutEnding(path)));
  const taken = new Set([keyOf(OVERVIEW)]);
  return paths.map((path) => {
    const isAlone = alike.get(keyOf(withoutEnding(path)))?.length === 1;
    const isFree = (name: string): boolean => !taken.has(keyOf(name));
    let name = isAlone && isFree(`${withoutEnding(path)}.html`) ? `${withoutEnding(path)}.html` : `${path}.html`;
    for (let n = 2; !isFree(name); n++) name = `${path}-${n}.html`;
    taken.add(keyOf(name));
    return name;
  });
}

/** Names that differ in nothing but case or normalization are one on some file systems. */
const keyOf = (path: string): string => path.normalize('NFC').toLowerCase();

const withoutEnding = (path: string): string => path.replace(/(?<=[^/])\.[^./]*$/, '');

/** A path that stays below the folder it is seen from. No folder has the name of a page. */
function safe(path: string): string {
  const parts = path.split('/').filter((part) => !/^(?:\.{0,2}|[A-Za-z]:)$/.test(part));
  const file = safeName(parts.pop() ?? '');
  return [...parts.map((part) => safeName(part).replace(/\.(?=html$)/i, '-')), file].join('/');
}

/** A name without what some file system refuses, or nobody sees. */
function safeName(name: string): string {
  const plain = visible(name).replace(/\\u\{\w+\}|[\\:*?"<>|]/g, '-');
  return cut(plain.replace(/[. ]+$/, '') || '-');
}

/** The beginning and the end of a name that would be too long. */
function cut(name: string): string {
  const { length } = new TextEncoder().encode(name);
  if (length <= LONGEST) return name;
  const letters = [...name];
  const kept = Math.floor((letters.length * LONGEST) / length / 2);
  return [...letters.slice(0, kept), '…', ...letters.slice(-kept)].join('');
}
