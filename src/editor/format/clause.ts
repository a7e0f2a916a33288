/**
 * One clause, on one line if it fits and its author has not begun a new line after the `:-`; else its subgoals each on
 * a line of its own:
 *
 *     decided(L, V) :-
 *         votes(L, B, V, N), // of this ballot
 *         cluster(L, M),
 *         N > M / 2;
 *
 * Comments stay where they are. One in the middle of a subgoal that needs a line end is beyond that: such a clause is
 * left as it was written.
 */
import { type Item, isShort } from './items.js';
import { onOneLine } from './spacing.js';

/** Most columns of a line, unless there is nothing to be broken in it. */
export const WIDTH = 120;
const INDENT = '    ';

/** A subgoal with its `,` or `;`, the head with its `:-`, or a comment between them. */
type Part = { readonly items: readonly Item[]; readonly lines: number; readonly comment: Item | undefined };

/**
 * @param items those of one clause, its `;` the last
 * @param written the clause as it was written
 */
export function layOut(items: readonly Item[], written: string, newline: string): string {
  const parts = partsOf(items);
  if (!parts) return written;
  const flat = onOneLine(items);
  if (!mustBreak(parts) && (parts.length === 1 || flat.length <= WIDTH)) return flat;
  let text = '';
  for (const [i, { items: own, lines, comment }] of parts.entries()) {
    const before = parts[i - 1]?.comment;
    const stays = comment ? lines === 0 : before !== undefined && isShort(before) && lines === 0;
    if (i > 0) text += stays ? ' ' : newline + INDENT;
    text += comment?.text ?? onOneLine(own);
  }
  return text;
}

/** Undefined if a comment in the middle of one needs a line end. */
function partsOf(items: readonly Item[]): Part[] | undefined {
  const parts: Part[] = [];
  let own: Item[] = [];
  let depth = 0;
  let inBody = false;
  for (const item of items) {
    if (item.kind !== 'token') {
      if (own.length === 0 && inBody) parts.push({ items: [], lines: item.lines, comment: item });
      else if (isShort(item)) own.push(item);
      else return undefined;
      continue;
    }
    own.push(item);
    depth += item.text === '(' ? 1 : item.text === ')' ? -1 : 0;
    const ends = item.text === ';' || item.text === ':-' || (inBody && depth === 0 && item.text === ',');
    if (!ends) continue;
    parts.push({ items: own, lines: own[0]?.lines ?? 0, comment: undefined });
    inBody = true;
    own = [];
  }
  return parts;
}

function mustBreak([, first, ...others]: readonly Part[]): boolean {
  if (!first) return false;
  const all = [first, ...others];
  return first.lines > 0 || all.some(({ comment, lines }) => comment && (lines > 0 || !isShort(comment)));
}
