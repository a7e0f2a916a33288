/**
 * The checks of a program with the reader's bounds in place of their own; the page lists them, the worker searches one.
 */
import { DedalusSubject } from '../answer/dedalus.js';
import { LdfiError } from '../core/invariant.js';
import type { SourceFile } from '../dedalus/ast.js';
import type { Program } from '../dedalus/program.js';
import type { BoundOverrides, Check } from '../search/check.js';

/** The checks of a program, one for each that it writes down, or what is wrong with their bounds. */
export function checksOf(
  program: Program,
  files: readonly SourceFile[],
  root: string,
  bounds: BoundOverrides,
): { readonly checks: readonly Check[] } | { readonly problem: string } {
  try {
    const own = new DedalusSubject(program, files, [root]).checks({});
    if (!Object.values(bounds).some((value) => value !== undefined)) return { checks: own };
    // One by one: the command line takes checks that overriding makes equal for one.
    const checks = own.flatMap(({ name }, i) => {
      const alone = { ...program, checks: program.checks.slice(i, i + 1) };
      return new DedalusSubject(alone, files, [root]).checks(bounds).map((check) => ({ ...check, name }));
    });
    return { checks };
  } catch (error) {
    return problemOf(error);
  }
}

/** A mistake in bounds is the reader's to know of; anything else is a bug, and said as well. */
export const problemOf = (error: unknown): { readonly problem: string } => ({
  problem: error instanceof LdfiError ? error.message : `this is a bug of ldfi, please report it: ${String(error)}`,
});
