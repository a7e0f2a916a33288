/** All entries as a page of the documentation, `docs/explain.md`. */
import { type Entry, prose } from './entry.js';
import { GROUPS } from './groups.js';
import { wrapped } from './text.js';

const WIDTH = 120;

/** A page's name and, where it has one, the heading. */
const link = (read: string): string => `[${read.replace(/\.md(?:#.*)?$/, '')}](${read})`;

/** A command, a piece of TypeScript, or, as most are, of a spec. */
const languageOf = (source: string): string =>
  /^ldfi /.test(source) ? 'sh' : /\bctx\b|\bimport \{|=>|\bawait\b|\bconst\b/.test(source) ? 'ts' : 'ded';

const fenced = (source: string): string[] => [`\`\`\`${languageOf(source)}`, ...source.split('\n'), '```', ''];

function section(word: string, { also = [], means, example, mended, remedy, read }: Entry): string[] {
  const others = also.length > 0 ? ` Also: ${also.join(', ')}.` : '';
  return [
    `### ${word}`,
    '',
    ...wrapped(`${prose(means)}${others}`, WIDTH),
    '',
    ...(example === undefined ? [] : fenced(example)),
    ...(mended === undefined ? [] : ['Mended:', '', ...fenced(mended)]),
    ...wrapped(`${remedy === undefined ? '' : `${prose(remedy)} `}Read on: ${link(read)}.`, WIDTH),
    '',
  ];
}

/** The whole page. */
export const explainPage = (): string =>
  [
    '# What a word means',
    '',
    ...wrapped(
      `Every verdict, diagnostic, warning and error of \`ldfi\`, and the words of the field as it uses them. In a terminal
       \`npx ldfi explain unbound-variable\` says the same. This page is made from \`src/explain\`:
       \`npx vitest run test/explain -u\` writes it anew.`,
      WIDTH,
    ),
    '',
    ...GROUPS.flatMap(({ title, entries }) => [
      `## ${title}`,
      '',
      ...Object.entries(entries).flatMap(([word, entry]) => section(word, entry)),
    ]),
  ]
    .join('\n')
    .replace(/\n+$/, '\n');
