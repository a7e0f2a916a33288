/**
 * Where a statement stands in the text of its module. Stacks know the line; the column is found in the text.
 */
import type { SourceFile, Span } from '../../dedalus/ast.js';
import { lineRange } from '../../dedalus/locate.js';
import { codeOf } from '../../report/source/code.js';
import type { BloomPlace } from '../model.js';

/** A file as a whole. */
const WHOLE: Span = { file: 0, start: 0, end: 0 };

/** @param paths those of `files` by which places name them */
export function spanFinder(
  files: readonly SourceFile[],
  paths: readonly string[],
): (place: BloomPlace | undefined) => Span {
  const codes = new Map<number, string>();
  return (place) => {
    const file = place ? paths.indexOf(place.path) : -1;
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
  const at = new RegExp(`\\b${call.replace(/\W/g, '')}\\s*\\(`).exec(text);
  const start = line.start + text.search(/\S|$/);
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
