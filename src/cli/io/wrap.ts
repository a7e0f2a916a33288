/**
 * Text broken at the width of a terminal: the second line is indented a little further than the first, so that one sees
 * what belongs together. A line with a command stays whole, so that it can be copied in one piece.
 */
import { stripVTControlCharacters } from 'node:util';
import wrapAnsi from 'wrap-ansi';

/** Columns below which breaking helps nobody. */
const NARROWEST = 40;

const HANGING = 2;

/** @param columns width of the terminal; undefined, and the text stays as it is, where there is none */
export function wrapped(text: string, columns: number | undefined): string {
  if (columns === undefined || columns < NARROWEST) return text;
  return text
    .split('\n')
    .map((line) => wrappedLine(line, columns))
    .join('\n');
}

/** The same of diagnostics, but their code frames stay whole: marks stand under the code. */
export function wrappedDiagnostics(text: string, columns: number | undefined): string {
  const isFrame = (line: string): boolean => /^ *\d* *(?:\||-->)/.test(stripVTControlCharacters(line));
  const lines = text.split('\n');
  return lines.map((line) => (isFrame(line) ? line : wrapped(line, columns))).join('\n');
}

function wrappedLine(line: string, columns: number): string {
  if (line.length <= columns || /\bnpx ldfi\b/.test(line)) return line;
  const [indent = ''] = /^ */.exec(line) ?? [];
  const width = columns - indent.length - HANGING;
  if (width < NARROWEST / 2) return line;
  const broken = wrapAnsi(line.slice(indent.length), width, { hard: false, trim: false }).split('\n');
  return broken.map((part, i) => `${indent}${i === 0 ? '' : ' '.repeat(HANGING)}${part.replace(/ +$/, '')}`).join('\n');
}
