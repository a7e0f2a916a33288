/**
 * The comment that stands right above a clause, which is where people say what a relation is for.
 */

/** Lines that are taken at most. */
const MOST_LINES = 12;

/** The `//` lines right above an offset, without the slashes; undefined if there are none. */
export function commentAbove(text: string, offset: number): string | undefined {
  const lines = text.slice(0, offset).split('\n').slice(0, -1).reverse();
  const end = lines.findIndex((line) => !/^\s*\/\/(?!!)/.test(line));
  const found = (end < 0 ? lines : lines.slice(0, end)).slice(0, MOST_LINES);
  return found.length === 0
    ? undefined
    : found
        .reverse()
        .map((line) => line.replace(/^\s*\/\/ ?/, '').trimEnd())
        .join('\n');
}
