/**
 * The tokens and the comments of a file in one row, each with the number of line ends before it: what a formatter
 * works on.
 *
 * `p(X) // why` is `p`, `(`, `X`, `)` and a comment, all on one line. The lexer drops comments, so they are found again
 * in the gaps between its tokens, where there is nothing else.
 */
import { Kind, lex } from '../../dedalus/lexer.js';

export interface Item {
  readonly kind: 'token' | 'line-comment' | 'block-comment';
  readonly text: string;
  /** Whether a token is a word: an identifier or a number. */
  readonly isWord: boolean;
  /** Line ends between the previous item and this one. */
  readonly lines: number;
  /** What stands between them, if that is blanks on one line. */
  readonly gap: string;
}

const COMMENT = /\/\/[^\n]*|\/\*[\s\S]*?\*\//g;

/** The items of a text without mistakes in its tokens. */
export function itemsOf(text: string): Item[] {
  const { kinds, starts, ends } = lex(text, 0, () => undefined);
  const items: Item[] = [];
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  const push = (kind: Item['kind'], start: number, end: number, isWord: boolean): void => {
    const between = text.slice(at, start);
    const lines = between.split('\n').length - 1;
    const raw = text.slice(start, end);
    items.push({ kind, text: kind === 'line-comment' ? raw.trimEnd() : raw, isWord, lines, gap: between });
    at = end;
  };
  for (const [i, kind] of kinds.entries()) {
    const [start = 0, end = 0] = [starts[i], ends[i]];
    const from = at;
    for (const { 0: comment, index } of text.slice(from, start).matchAll(COMMENT)) {
      const begin = from + index;
      push(comment.startsWith('//') ? 'line-comment' : 'block-comment', begin, begin + comment.length, false);
    }
    if (kind !== Kind.end) push('token', start, end, kind === Kind.identifier || kind === Kind.number);
  }
  return items;
}

/** Whether a comment leaves room for something behind it on its line. */
export const isShort = ({ kind, text }: Item): boolean => kind === 'block-comment' && !text.includes('\n');
