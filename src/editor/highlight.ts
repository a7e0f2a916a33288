/**
 * What each piece of a spec's text is, for colouring it: from the tokens of the front end, so that there is no second
 * grammar. Comments are what lies between the tokens.
 *
 * `got(X)@next :- got(X);` has two relations, two variables, a word and some symbols.
 */
import { Kind, lex } from '../dedalus/lexer.js';
import { AGGREGATE_WORDS, CLAUSE_WORDS } from './words.js';

export interface Piece {
  readonly start: number;
  readonly end: number;
  readonly look: 'word' | 'relation' | 'variable' | 'number' | 'string' | 'symbol' | 'comment' | 'directive' | 'bad';
}

/** In the order of the text, without overlaps. */
export function pieces(text: string): Piece[] {
  const { kinds, starts, ends, directives } = lex(text, 0, () => undefined);
  const isDirective = new Set(directives.map(({ start }) => start));
  const found: Piece[] = [];
  let end = 0;
  for (const [i, kind] of kinds.entries()) {
    const start = starts[i] ?? 0;
    found.push(...comments(text, end, start, isDirective));
    end = ends[i] ?? start;
    if (kind === Kind.end) break;
    const next = text.slice(starts[i + 1], ends[i + 1]);
    found.push({ start, end, look: lookOf(kind, text.slice(start, end), next) });
  }
  return found;
}

function lookOf(kind: Kind, word: string, next: string): Piece['look'] {
  if (kind === Kind.number) return 'number';
  if (kind === Kind.string) return 'string';
  if (kind === Kind.symbol) return 'symbol';
  if (kind === Kind.bad) return 'bad';
  if (next === '(') return 'relation';
  if (word in CLAUSE_WORDS || /^@\d+$/.test(word) || (word in AGGREGATE_WORDS && next === '<')) return 'word';
  return 'variable';
}

/** The comments in what no token covers; each line of them is one piece. */
function comments(text: string, from: number, to: number, isDirective: ReadonlySet<number>): Piece[] {
  return [...text.slice(from, to).matchAll(/[^\s\ufeff].*/g)].map(({ 0: line, index }) => {
    const start = from + index;
    return { start, end: start + line.trimEnd().length, look: isDirective.has(start) ? 'directive' : 'comment' };
  });
}
