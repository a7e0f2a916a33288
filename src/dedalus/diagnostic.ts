/**
 * Diagnostics as data: a spec's mistakes are values that are collected, sorted and shown all at once; nothing is
 * thrown.
 */
import type { Span } from './ast.js';

/** One problem: where, what, and what to write instead. */
export interface Diagnostic {
  readonly severity: 'error' | 'warning';
  /** Stable kebab-case code, e.g. `unbound-variable`. */
  readonly code: string;
  readonly message: string;
  readonly span: Span;
  /** What to write instead. */
  readonly hint?: string | undefined;
  /** Other places that matter, e.g. the rules of a cycle. */
  readonly related?: readonly { readonly span: Span; readonly message: string }[] | undefined;
}
