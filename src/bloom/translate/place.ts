/**
 * Where a statement stands in the text of its module. Stacks know the line; the column is found in the text.
 */

import { codeOf } from '../../core/code.js';
import type { SourceFile, Span } from '../../dedalus/ast.js';
import { lineRange } from '../../dedalus/locate.js';
import type { BloomPlace } from '../model.js';

/** A file as a whole. */
const WHOLE: Span = { file: 0, start: 0, end: 0 };

export function spanFinder(files: readonly SourceFile[]): (place: BloomPlace | undefined) => Span {
  const codes = new Map<number, string>();
  return (place) => {
    const file = files.findIndex(({ path }) => path === place?.path);
    const source = files[file];
    if (!place || !source) return WHOLE;
    const code = codes.get(file) ?? codeOf(source.text);
    codes.set(file, code);
    return { file, ...statementAt(code, lineRange(source, place.line), place.call) };
  };
}

/** The statement of a call in a line, from where it begins to where it ends. */
function statementAt(
  code: string,
  line: { readonly start: number; readonly end: number },
  call: string,
): { readonly start: number; readonly end: number } {
  const text = code.slice(line.start, line.end);
  const start = line.start + text.search(/\S|$/);
  // Of a call over several lines the stack may have the first.
  const [below = ''] = /^.*(?:\n.*){0,3}/.exec(code.slice(line.start)) ?? [];
  const called = new RegExp(`\\b${call.replace(/\W/g, '')}\\s*\\(`);
  const at = called.exec(text) ?? called.exec(below);
  if (!at) return { start, end: line.start + text.trimEnd().length };
  const end = endOf(code, start, line.start + at.index + at[0].length);
  // A call may stand below what it is a call of.
  const from = /\n[^\n.]*\S[^\n]*(?:\n\s*)$/.exec(code.slice(0, start));
  return { start: code[start] === '.' && from ? from.index + from[0].search(/\S/) : start, end };
}

/** Where all brackets are closed that have been opened since `start`, and nothing goes on. @param least not before */
function endOf(code: string, start: number, least: number): number {
  let depth = 0;
  for (let at = start; at < code.length; at++) {
    const character = code[at] ?? '';
    if ('([{'.includes(character)) depth++;
    if (')]}'.includes(character)) depth--;
    const isOver =
      depth < 0 || (depth === 0 && (';,'.includes(character) || /^\n\s*[^\s.]/.test(code.slice(at, at + 200))));
    if (isOver && at >= least) return at;
  }
  return code.length;
}
