/**
 * Diagnostics as data: a spec's mistakes are values that are collected, sorted and shown all at once; nothing is
 * thrown.
 */
import type { Span } from './ast.js';

/** An edit that mends a problem: `text` instead of what is at `span`. */
export interface Fix {
  readonly span: Span;
  readonly text: string;
}

/** One problem: where, what, and what to write instead. */
export interface Diagnostic {
  readonly severity: 'error' | 'warning';
  /** Stable kebab-case code, e.g. `unbound-variable`. */
  readonly code: string;
  readonly message: string;
  readonly span: Span;
  /** What to write instead. */
  readonly hint?: string | undefined;
  /** The hint as an edit, where it is certain enough to be one. */
  readonly fix?: Fix | undefined;
  /** Other places that matter, e.g. the rules of a cycle. */
  readonly related?: readonly { readonly span: Span; readonly message: string }[] | undefined;
}
