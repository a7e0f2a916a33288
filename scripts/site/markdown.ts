/** Pieces of pages about specs, as Markdown. */
import { wrapped } from '../../src/explain/text.js';
import { boundsInWords } from '../../src/report/words.js';
import type { Spec } from './specs.js';

/** The lines of a paragraph, none longer than lines of pages are. */
export const paragraph = (text: string): string[] => wrapped(text, 120);

export const checkTable = (checks: Spec['checks']): string[] => [
  '| check | bounds | verdict |',
  '| --- | --- | --- |',
  ...checks.map(
    ({ name, bounds, expect }) => `| \`${name}\` | ${cell(boundsInWords(bounds))} | ${expect ?? 'holds'} |`,
  ),
  '',
];

/** Text of a comment, of which nothing is markup but code between backticks. */
export const plain = (text: string): string =>
  text.replace(/`[^`]+`|[<>&*_`[\]{}\\]/g, (it) => (it.length > 1 ? it : (ESCAPES[it] ?? `\\${it}`)));

const ESCAPES: Readonly<Record<string, string>> = {
  '<': '&lt;',
  '>': '&gt;',
  '&': '&amp;',
  '{': '&#123;',
  '}': '&#125;',
};

const cell = (text: string): string => plain(text).replaceAll('|', '\\|');
