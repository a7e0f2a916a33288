/**
 * Offsets -> lines and columns. The line starts of a file are computed once, so that many look-ups are cheap.
 */
import type { SourceFile, Span } from './ast.js';

/** Where a span starts, for people: line and column count from 1, columns in UTF-16 units. */
export interface Place {
  readonly path: string;
  readonly line: number;
  readonly column: number;
}

const lineStarts = new WeakMap<SourceFile, readonly number[]>();

/** Offsets at which the lines of a file start. A line ends with `\n`. */
function startsOf(file: SourceFile): readonly number[] {
  const known = lineStarts.get(file);
  if (known) return known;
  const starts = [0];
  for (let at = file.text.indexOf('\n'); at >= 0; at = file.text.indexOf('\n', at + 1)) starts.push(at + 1);
  lineStarts.set(file, starts);
  return starts;
}

/** Path, line and column of the start of a span. */
export function locate(files: readonly SourceFile[], span: Span): Place {
  const file = files[span.file];
  if (!file) return { path: '', line: 1, column: 1 };
  const starts = startsOf(file);
  let low = 0;
  for (let high = starts.length; high - low > 1; ) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= span.start) low = middle;
    else high = middle;
  }
  return { path: file.path, line: low + 1, column: span.start - (starts[low] ?? 0) + 1 };
}

/** Start and end of a line (from 1) in the text of its file, without the line end. */
export function lineRange(file: SourceFile, line: number): { readonly start: number; readonly end: number } {
  const starts = startsOf(file);
  const start = starts[line - 1] ?? file.text.length;
  const next = starts[line];
  let end = next === undefined ? file.text.length : next - 1;
  if (end > start && file.text[end - 1] === '\r') end--;
  return { start, end };
}
