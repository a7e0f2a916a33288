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

/** The statement of a call in a line: from the start of its first line to the call's closing parenthesis. */
function statementAt(
  code: string,
  line: { readonly start: number; readonly end: number },
  call: string,
): { readonly start: number; readonly end: number } {
  const text = code.slice(line.start, line.end);
  const called = new RegExp(`\\b${call.replace(/\W/g, '')}\\s*\\(`);
  const start = line.start + text.search(/\S|$/);
  // Of a call over several lines the stack may have the first.
  const below = /^.*(?:\n.*){0,3}/.exec(code.slice(line.start)) ?? [''];
  const at = called.exec(text) ?? called.exec(below[0]);
  if (!at) return { start, end: line.start + text.trimEnd().length };
  let end = line.start + at.index + at[0].length;
  for (let depth = 1; depth > 0 && end < code.length; end++) depth += depthOf(code[end]);
  // A call may stand below what it is a call of.
  const from = /\n[^\n.]*\S[^\n]*(?:\n\s*)$/.exec(code.slice(0, start));
  const isContinued = code[start] === '.' && from;
  return { start: isContinued ? from.index + from[0].search(/\S/) : start, end };
}

const depthOf = (character: string | undefined): number => {
  if (character === '(') return 1;
  return character === ')' ? -1 : 0;
};
