/**
 * One line of source with the span underlined, safe to print: the shape of rustc's code frames.
 *
 * Invariants: every character is either known to be printable and one column wide, or escaped, so hostile text cannot
 * drive a terminal and the underline sits under the span; the width is bounded however long the line.
 */
import type { SourceFile, Span } from './ast.js';
import { lineRange, locate } from './locate.js';

/** A line and its underline, already escaped. */
export interface Frame {
  readonly line: number;
  readonly source: string;
  /** How many columns of `source` come before the underline. */
  readonly indent: number;
  /** Columns underlined, at least 1. */
  readonly width: number;
}

/** Source characters shown before the span, and in all. */
const BEFORE = 60;
const SHOWN = 100;
const TAB = '    ';

/** One column wide in every terminal, and without effect on it: ASCII, Latin, Greek, Cyrillic, common punctuation. */
const PLAIN =
  /^[\x20-\x7e\u00a1-\u00ac\u00ae-\u02ff\u0370-\u0482\u048a-\u052f\u2010-\u2015\u2018-\u2027\u2190-\u21ff]$/;

/** One character, or the code unit of half a one, as it is safe to print. */
function escapeCharacter(character: string): string {
  if (PLAIN.test(character)) return character;
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}

/** Text that is safe to print on one line of a terminal: everything unusual is written `\u{…}`. */
function escapeText(text: string): string {
  let escaped = '';
  for (const character of text) escaped += escapeCharacter(character);
  return escaped;
}

function escapeSource(text: string): string {
  return text.split('\t').map(escapeText).join(TAB);
}

/** The frame of a span: its first line, underlined as far as the span goes there. */
export function frameOf(files: readonly SourceFile[], span: Span): Frame | undefined {
  const file = files[span.file];
  if (!file || file.text === '') return undefined;
  const { line } = locate(files, span);
  const range = lineRange(file, line);
  const from = Math.min(span.start, range.end);
  const to = Math.max(from, Math.min(span.end, range.end));
  const long = range.end - range.start > SHOWN;
  const left = long && from - range.start > BEFORE ? wholeCharacter(file.text, from - BEFORE) : range.start;
  const right = range.end - left > SHOWN ? wholeCharacter(file.text, left + SHOWN) : range.end;
  const before = (left > range.start ? '…' : '') + escapeSource(file.text.slice(left, from));
  const marked = escapeSource(file.text.slice(from, Math.min(to, right)));
  const after = escapeSource(file.text.slice(Math.min(to, right), right)) + (right < range.end ? '…' : '');
  return { line, source: before + marked + after, indent: before.length, width: Math.max(1, marked.length) };
}

/** `at`, or one less where it would cut a surrogate pair in two. */
function wholeCharacter(text: string, at: number): number {
  const unit = text.charCodeAt(at);
  return unit >= 0xdc00 && unit <= 0xdfff ? at - 1 : at;
}
