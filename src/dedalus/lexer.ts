/**
 * Text -> tokens (reference §1).
 *
 * Tokens are kept as parallel arrays of kinds and offsets, so that a file of a few megabytes stays cheap. Comments and
 * blanks are dropped; `//!` comments are handed on as directives.
 * Invariants: tokens are in source order and do not overlap; the last one is `end`; whatever is wrong becomes a
 * diagnostic and at most one `bad` token.
 */
import type { Span } from './ast.js';
import type { Report } from './collector.js';
import { MAX_TOKENS } from './limits.js';

/** Kinds of tokens. `bad` stands for text that was already reported. */
export const Kind = { end: 0, identifier: 1, number: 2, string: 3, symbol: 4, bad: 5 } as const;
export type Kind = (typeof Kind)[keyof typeof Kind];

/** The tokens of one file: token i has kind `kinds[i]` and text `[starts[i], ends[i])`. */
export interface Tokens {
  readonly kinds: readonly Kind[];
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  /** The `//! …` comments, line by line, without the line end. */
  readonly directives: readonly Span[];
}

const SYMBOLS = new Set([':-', '==', '!=', '<=', '>=', '<', '>', '+', '-', '*', '/', '(', ')', ',', ';']);
const IDENTIFIER = /[A-Za-z0-9_.?@]+/y;
const BLANKS = /[ \t\r\n\f\v]+/y;
/** A string in the wrong quotes. */
const QUOTED = /'[^'"\n]*'/y;
/** A run of characters that no token starts with. */
const STRANGE = /[^A-Za-z0-9_.?@ \t\r\n\f\v:=!<>+\-*/(),;"]+/y;
const DIGITS = /^[0-9]+$/;

/** What people write instead of what the language has, and what that is, if it can simply be exchanged. */
const HINTS: readonly (readonly [RegExp, string, ((text: string) => string)?])[] = [
  [/^[#%]/, 'comments start with `//`', (text) => (/^[#%]$/.test(text) ? '//' : text)],
  [
    /^['`\u2018\u2019\u201c\u201d]/,
    'strings are written in double quotes: `"…"`',
    (text) => (/^'[^'\n]*'$/.test(text) ? `"${text.slice(1, -1)}"` : text),
  ],
  [/^=/, 'compare with `==`', () => '=='],
  [/^!/, 'negation is written `notin`'],
  [/^:/, 'a rule is written `head :- body;`'],
  [/^[&|]/, 'subgoals are separated by `,`'],
];

class Lexer {
  readonly kinds: Kind[] = [];
  readonly starts: number[] = [];
  readonly ends: number[] = [];
  readonly directives: Span[] = [];
  private pos = 0;

  constructor(
    private readonly text: string,
    private readonly file: number,
    private readonly report: Report,
  ) {}

  run(): Tokens {
    if (this.text.charCodeAt(0) === 0xfeff) this.pos = 1;
    while (this.pos < this.text.length && this.kinds.length < MAX_TOKENS) this.step();
    if (this.pos < this.text.length) {
      this.error('too-many-tokens', `a file may have at most ${MAX_TOKENS} tokens`, this.pos, this.pos);
      this.push(Kind.bad, this.pos, this.pos);
    }
    this.push(Kind.end, this.text.length, this.text.length);
    return this;
  }

  private step(): void {
    const start = this.pos;
    if (this.match(BLANKS)) return;
    if (this.match(IDENTIFIER)) {
      this.push(DIGITS.test(this.text.slice(start, this.pos)) ? Kind.number : Kind.identifier, start, this.pos);
    } else if (this.text.startsWith('//', start)) this.lineComment();
    else if (this.text.startsWith('/*', start)) this.blockComment();
    else if (this.text[start] === '"') this.string();
    else this.symbol();
  }

  private lineComment(): void {
    const start = this.pos;
    const newline = this.text.indexOf('\n', start);
    const end = newline < 0 ? this.text.length : newline;
    this.pos = end;
    if (this.text[start + 2] !== '!') return;
    this.directives.push({ file: this.file, start, end: this.text[end - 1] === '\r' ? end - 1 : end });
  }

  private blockComment(): void {
    const start = this.pos;
    const close = this.text.indexOf('*/', start + 2);
    this.pos = close < 0 ? this.text.length : close + 2;
    if (close >= 0) return;
    this.error('unterminated-comment', 'this comment is never closed', start, start + 2, 'close it with `*/`');
    this.push(Kind.bad, start, start + 2);
  }

  /** A string; one that is never closed ends, for the sake of what follows, with its line. */
  private string(): void {
    const start = this.pos;
    const close = this.text.indexOf('"', start + 1);
    if (close >= 0) {
      this.pos = close + 1;
      this.push(Kind.string, start, this.pos);
      return;
    }
    const newline = this.text.indexOf('\n', start);
    this.pos = newline < 0 ? this.text.length : newline;
    this.error('unterminated-string', 'this string is never closed', start, start + 1, 'close it with `"`');
    this.push(Kind.bad, start, this.pos);
  }

  private symbol(): void {
    const start = this.pos;
    const symbol = [this.text.slice(start, start + 2), this.text.slice(start, start + 1)].find((s) => SYMBOLS.has(s));
    if (symbol !== undefined) {
      this.pos += symbol.length;
      this.push(Kind.symbol, start, this.pos);
      return;
    }
    if (!this.match(QUOTED) && !this.match(STRANGE)) this.pos++;
    const found = [...this.text.slice(start, Math.min(this.pos, start + 12))].slice(0, 6).join('');
    const [, hint, instead] = HINTS.find(([pattern]) => pattern.test(found)) ?? [];
    const plural = this.pos - start > 1 && found.length > 1 && [...found].length > 1 ? 's' : '';
    const written = this.text.slice(start, this.pos);
    const text = instead?.(written) ?? written;
    const message = `no token starts with the character${plural} \`${found}\``;
    this.error('unknown-character', message, start, this.pos, hint, text === written ? undefined : text);
    this.push(Kind.bad, start, this.pos);
  }

  private match(pattern: RegExp): boolean {
    pattern.lastIndex = this.pos;
    if (!pattern.test(this.text)) return false;
    this.pos = pattern.lastIndex;
    return true;
  }

  private push(kind: Kind, start: number, end: number): void {
    this.kinds.push(kind);
    this.starts.push(start);
    this.ends.push(end);
  }

  /** @param instead what to write there */
  private error(code: string, message: string, start: number, end: number, hint?: string, instead?: string): void {
    const span = { file: this.file, start, end };
    const fix = instead === undefined ? undefined : { span, text: instead };
    this.report({ severity: 'error', code, message, span, hint, fix });
  }
}

/** Splits `text`, which is file number `file`, into tokens. */
export function lex(text: string, file: number, report: Report): Tokens {
  return new Lexer(text, file, report).run();
}
