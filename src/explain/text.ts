/** Entries as text for a terminal. Pure: colours come in as functions. */
import type { Palette } from '../dedalus/render.js';
import { type Entry, prose } from './entry.js';
import { type Found, GROUPS } from './groups.js';

/** Lines of text, none longer than the width where words allow it. */
export function wrapped(text: string, width: number, indent = ''): string[] {
  const lines: string[] = [];
  let line = indent;
  for (const word of prose(text).split(' ')) {
    if (line.length > indent.length && line.length + 1 + word.length > width) {
      lines.push(line);
      line = indent;
    }
    line += line.length > indent.length ? ` ${word}` : word;
  }
  return [...lines, line];
}

const block = (title: string, source: string, { bold }: Palette): string[] => [
  '',
  bold(title),
  ...source.split('\n').map((line) => `  ${line}`),
];

function body(entry: Entry, width: number, palette: Palette): string[] {
  const { means, example, mended, remedy, read } = entry;
  return [
    ...wrapped(means, width),
    ...(example === undefined ? [] : block(mended === undefined ? 'Example' : 'Gives it', example, palette)),
    ...(mended === undefined ? [] : block('Mended', mended, palette)),
    ...(remedy === undefined ? [] : ['', palette.bold('What to do'), ...wrapped(remedy, width, '  ')]),
    '',
    `${palette.bold('Read on')}  docs/${read}`,
  ];
}

/** What is known of a word: one section for each of its entries. */
export const explanation = (found: readonly Found[], width: number, palette: Palette): string =>
  found
    .flatMap(({ group, word, entry }) => [
      `${palette.bold(word)}  ${palette.dim(group)}`,
      '',
      ...body(entry, width, palette),
      '',
    ])
    .join('\n');

/** All words, by group. */
export const contents = (width: number, palette: Palette): string =>
  [
    ...GROUPS.flatMap(({ title, entries }) => [
      palette.bold(title),
      ...wrapped(Object.keys(entries).join(' '), width, '  '),
      '',
    ]),
    'ldfi explain WORD says what one of them means, with an example and what to do.',
    '',
  ].join('\n');
