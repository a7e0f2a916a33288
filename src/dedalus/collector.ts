/**
 * Collects diagnostics and puts them in the one order: by file, then by position, 'and N more' last.
 *
 * Invariant: memory stays bounded however many mistakes there are, and a flood of warnings never hides an error.
 */
import type { Diagnostic } from './diagnostic.js';
import { MAX_DIAGNOSTICS } from './limits.js';

/** Takes a diagnostic. */
export type Report = (diagnostic: Diagnostic) => void;

/** Code of the closing 'and N more' diagnostic. */
export const MORE_CODE = 'more-diagnostics';

/** How many of each severity are kept before sorting. */
const KEPT = 10 * MAX_DIAGNOSTICS;

export class Collector {
  private readonly errors: Diagnostic[] = [];
  private readonly warnings: Diagnostic[] = [];
  private errorCount = 0;
  private warningCount = 0;

  /** Adds one diagnostic. */
  readonly report: Report = (diagnostic) => {
    const isError = diagnostic.severity === 'error';
    if (isError) this.errorCount++;
    else this.warningCount++;
    const list = isError ? this.errors : this.warnings;
    if (list.length < KEPT) list.push(diagnostic);
  };

  /** Whether there was an error. */
  get failed(): boolean {
    return this.errorCount > 0;
  }

  /** Whether further errors would only be counted. */
  get full(): boolean {
    return this.errorCount >= KEPT;
  }

  /** Everything reported, sorted; at most `cap` diagnostics (errors are preferred), then one that counts the rest. */
  finish(cap = MAX_DIAGNOSTICS): Diagnostic[] {
    const errors = this.errors.sort(byPosition).slice(0, cap);
    const warnings = this.warnings.sort(byPosition).slice(0, cap - errors.length);
    const shown = [...errors, ...warnings].sort(byPosition);
    const rest = this.errorCount + this.warningCount - shown.length;
    const last = shown[shown.length - 1];
    if (rest === 0 || !last) return shown;
    const severity = this.errorCount > errors.length ? 'error' : 'warning';
    return [...shown, { severity, code: MORE_CODE, message: `and ${rest} more`, span: last.span }];
  }
}

/** By file, start, end, then text, so that equal input gives equal output. */
function byPosition(a: Diagnostic, b: Diagnostic): number {
  return (
    a.span.file - b.span.file ||
    a.span.start - b.span.start ||
    a.span.end - b.span.end ||
    compareText(a.code, b.code) ||
    compareText(a.message, b.message)
  );
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
