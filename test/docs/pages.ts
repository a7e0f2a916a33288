/** The pages of the documentation, and what is in them: blocks, links, anchors of headings, commands. */
import { readFileSync } from 'node:fs';
import { globSync } from 'tinyglobby';

/** All pages, by their path. */
export const PAGES: readonly string[] = [
  'README.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  ...globSync('docs/*.md').sort(),
];

/** Pages of classic systems, which are made from the specs. */
export const CLASSICS: readonly string[] = globSync('docs/gallery/**/*.md').sort();

/** A fenced block. */
export interface Block {
  readonly page: string;
  /** From 1: the line of its fence. */
  readonly line: number;
  /** Empty if the fence names none. */
  readonly language: string;
  readonly text: string;
}

const FENCED = /^( *)```(.*)\n([\s\S]*?)^ *```$/gm;

export const textOf = (page: string): string => readFileSync(page, 'utf8');

export const blocksOf = (page: string): Block[] => {
  const text = textOf(page);
  return [...text.matchAll(FENCED)].map(({ index, 2: language = '', 3: inside = '' }) => ({
    page,
    line: text.slice(0, index).split('\n').length,
    language,
    text: inside,
  }));
};

/** All blocks of all pages in some languages. */
export const blocksIn = (...languages: string[]): Block[] =>
  PAGES.flatMap(blocksOf).filter(({ language }) => languages.includes(language));

/** What is called a block in the name of a test. */
export const placeOf = ({ page, line }: Block): string => `${page}:${line}`;

/** A page without its blocks. */
export const proseOf = (page: string): string => textOf(page).replaceAll(FENCED, '');

/** Targets of the links and pictures of a page, without those in code. */
export const linksOf = (page: string): string[] =>
  [
    ...proseOf(page)
      .replaceAll(/`[^`]*`/g, '')
      .matchAll(/\]\(([^)\s]+)\)/g),
  ].map(([, target = '']) => target);

/** Anchors of the headings of a page, as GitHub makes them. */
export function anchorsOf(page: string): string[] {
  const seen = new Map<string, number>();
  return [...proseOf(page).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => {
    const slug = heading
      .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}_ -]/gu, '')
      .replace(/ /g, '-');
    const before = seen.get(slug) ?? 0;
    seen.set(slug, before + 1);
    return before === 0 ? slug : `${slug}-${before}`;
  });
}
