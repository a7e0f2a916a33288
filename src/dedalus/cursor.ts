/**
 * A position in a token list, with the look-ahead and the error reporting that the parser is written in.
 *
 * Idea: a mistake is reported where it is noticed, `FAILED` is thrown to leave the clause, and the parser resumes after
 * the clause's `;` or at the next line that clearly starts a rule.
 */
import type { Span } from './ast.js';
import type { Report } from './collector.js';
import type { Fix } from './diagnostic.js';
import { Kind, type Tokens } from './lexer.js';
import { MAX_NESTING } from './limits.js';

/** Thrown to leave a clause whose mistake has been reported; caught by the parser, never seen outside. */
export const FAILED = { name: 'syntax mistake, already reported' } as const;

/** Longest piece of source quoted in a message. */
const MAX_QUOTE = 40;

export class Cursor {
  /** Index of the current token. */
  pos = 0;
  /** Index of the current clause's first token. */
  clauseStart = 0;

  constructor(
    readonly text: string,
    readonly file: number,
    readonly tokens: Tokens,
    readonly report: Report,
  ) {}

  kind(at = this.pos): Kind {
    return this.tokens.kinds[at] ?? Kind.end;
  }

  textAt(at = this.pos): string {
    return this.text.slice(this.tokens.starts[at], this.tokens.ends[at]);
  }

  /** Whether the token is this symbol or word. */
  is(text: string, at = this.pos): boolean {
    const kind = this.kind(at);
    if (kind !== Kind.symbol && kind !== Kind.identifier) return false;
    const start = this.tokens.starts[at] ?? 0;
    return this.tokens.ends[at] === start + text.length && this.text.startsWith(text, start);
  }

  /** Steps over the current token if it is `text`. */
  accept(text: string): boolean {
    const found = this.is(text);
    if (found) this.pos++;
    return found;
  }

  /** Steps over the current token, which must be `text`; otherwise fails. */
  expect(text: string, wanted: string, hint?: string): void {
    if (!this.accept(text)) this.fail(wanted, hint);
  }

  /** From the start of token `first` to the end of the last token consumed. */
  spanFrom(first: number): Span {
    return this.span(first, Math.max(first, this.pos - 1));
  }

  /** The tokens `first..last`, both included. */
  span(first: number, last = first): Span {
    return { file: this.file, start: this.tokens.starts[first] ?? 0, end: this.tokens.ends[last] ?? 0 };
  }

  /** The empty span right after token `at`. */
  after(at: number): Span {
    const end = this.tokens.ends[at] ?? 0;
    return { file: this.file, start: end, end };
  }

  /** Whether the token is the first one on its line. */
  startsLine(at = this.pos): boolean {
    if (at === 0) return true;
    const gap = this.text.slice(this.tokens.ends[at - 1], this.tokens.starts[at]);
    return gap.includes('\n');
  }

  /**
   * Index of the token after the `)` that closes the `(` at `open`, or -1 if there is none. Gives up where no argument
   * list goes on, at the next `ident(` at the latest: scans start at one, so all of them together are linear.
   */
  afterParentheses(open: number): number {
    let depth = 0;
    for (let at = open; this.kind(at) !== Kind.end && depth <= MAX_NESTING; at++) {
      if (this.is('(', at)) {
        if (at > open && this.kind(at - 1) === Kind.identifier) return -1;
        depth++;
      } else if (this.is(')', at)) {
        if (--depth === 0) return at + 1;
      } else if (this.is(';', at) || this.is(':-', at)) return -1;
    }
    return -1;
  }

  error(code: string, message: string, span: Span, hint?: string, fix?: Fix | ''): void {
    this.report({ severity: 'error', code, message, span, hint, fix: fix || undefined });
  }

  /** Reports that `wanted` was expected here, unless the token was already reported, and leaves the clause. */
  fail(wanted: string, hint?: string, fix?: Fix): never {
    if (this.kind() !== Kind.bad) {
      const message = `expected ${wanted}, found ${this.describe()}`;
      const atEnd = this.kind() === Kind.end;
      const span = atEnd && this.pos > 0 ? this.after(this.pos - 1) : this.span(this.pos);
      this.report({ severity: 'error', code: 'syntax', message, span, hint, fix, related: this.longStrings() });
    }
    throw FAILED;
  }

  /** The current token in words. */
  private describe(): string {
    if (this.kind() === Kind.end) return 'the end of the file';
    const text = this.textAt();
    return `\`${text.length > MAX_QUOTE ? `${text.slice(0, MAX_QUOTE)}…` : text}\``;
  }

  /** Strings of this clause that run over a line end: the likely cause is a missing quote. */
  private longStrings(): { span: Span; message: string }[] | undefined {
    for (let at = this.clauseStart; at <= this.pos + 1; at++) {
      if (this.kind(at) !== Kind.string || !this.textAt(at).includes('\n')) continue;
      const span = this.span(at);
      return [
        { span: { ...span, end: span.start + 1 }, message: 'this string runs over several lines: is a `"` missing?' },
      ];
    }
    return undefined;
  }
}
