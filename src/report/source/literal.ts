/**
 * Properties of object literals in the text of a module, found without a parser: what stands between the brackets,
 * split at its commas. Enough for definitions that are written out; what is spread, computed or imported is not
 * followed.
 */
import { codeOf } from '../../core/code.js';

/** A piece of text, from one offset to another. */
export interface Piece {
  readonly start: number;
  readonly end: number;
}

/** From the outermost property inwards. */
export type PropertyPath = readonly (string | number)[];

/**
 * The name of a property, or the element of a list, as deep as the path can be followed; undefined if not even its
 * first step can.
 * @param at where the literal begins, or the name of a constant that is one
 */
export function findProperty(text: string, at: number, path: PropertyPath): Piece | undefined {
  const code = codeOf(text);
  let found: Piece | undefined;
  let value: number | undefined = at;
  for (const step of path) {
    const open: number | undefined = value === undefined ? undefined : literalAt(code, value);
    const item: Item | undefined = open === undefined ? undefined : itemOf(text, code, open, step);
    if (!item) break;
    found = item;
    value = item.value;
  }
  return found;
}

interface Item extends Piece {
  /** Where its value begins. */
  readonly value: number | undefined;
}

function itemOf(text: string, code: string, open: number, step: string | number): Item | undefined {
  const pieces = split(code, open);
  if (typeof step === 'string')
    return pieces.map((piece) => propertyIn(text, code, piece)).findLast((property) => property?.key === step);
  const piece = pieces[step];
  const counted = pieces.slice(0, step).every(({ start }) => !code.startsWith('...', start));
  return piece && counted ? { ...piece, value: piece.start } : undefined;
}

/** A property by its name; in short or a method, it is its own value. */
function propertyIn(text: string, code: string, { start, end }: Piece): (Item & { key: string }) | undefined {
  const [all = '', words = '', name = '', mark] =
    /^((?:(?:async|get|set)\s+(?=[\p{ID_Continue}$'"*]))?\*?\s*)([\p{ID_Continue}$]+|'[^']*'|"[^"]*")\s*(:|\(|<|$)/u.exec(
      code.slice(start, end),
    ) ?? [];
  if (name === '') return undefined;
  const from = start + words.length;
  const to = from + name.length;
  const key = /^['"]/.test(name) ? text.slice(from + 1, to - 1) : name;
  return { key, start: from, end: to, value: mark === ':' ? start + all.length : from };
}

/** What stands between commas, without the blanks around; nothing where a bracket is not closed. */
function split(code: string, open: number): Piece[] {
  const pieces: Piece[] = [];
  let depth = 0;
  let start = open + 1;
  for (let at = open; at < code.length; at++) {
    const c = code[at] as string;
    if ('([{'.includes(c)) depth++;
    else if (')]}'.includes(c)) depth--;
    if (depth > 0 && !(depth === 1 && c === ',')) continue;
    const piece = code.slice(start, at);
    const from = start + piece.length - piece.trimStart().length;
    if (piece.trim() !== '') pieces.push({ start: from, end: from + piece.trim().length });
    if (depth === 0) return pieces;
    start = at + 1;
  }
  return [];
}

/** Constants that are only other names, one of the other, are not followed for ever. */
const MOST_NAMES = 5;

/** The bracket with which a value begins, or the value of the constant that it names. */
function literalAt(code: string, at: number, names = 0): number | undefined {
  const [before = '', bracket, name] =
    /^[\s(]*(?:([{[])|([\p{ID_Start}$_][\p{ID_Continue}$]*)(?![\p{ID_Continue}$]|\s*[.(<`]))?/u.exec(code.slice(at)) ??
    [];
  if (bracket !== undefined) return at + before.length - 1;
  if (name === undefined || names === MOST_NAMES) return undefined;
  const escaped = name.replaceAll('$', '\\$');
  const found = new RegExp(
    `(?<![\\p{ID_Continue}$.])(?:const|let|var)\\s+${escaped}\\s*(?::[^=;]*)?=(?![=>])`,
    'u',
  ).exec(code);
  return found ? literalAt(code, found.index + found[0].length, names + 1) : undefined;
}
