/**
 * Limits of the front end. Every input is handled in bounded time and memory; beyond a limit there is a diagnostic,
 * never a crash. They lie far above what a spec written by people needs.
 */

/** Longest source file, in characters (4 MiB of plain text). */
export const MAX_FILE_LENGTH = 4 * 1024 * 1024;
/** Most files in one program. */
export const MAX_FILES = 1000;
/** Most `include` clauses followed in one program. */
export const MAX_INCLUDES = 10_000;
/** Most tokens in one file. */
export const MAX_TOKENS = 2_000_000;
/** Most clauses in one program. */
export const MAX_CLAUSES = 500_000;
/** Most arguments of one atom. */
export const MAX_ARGUMENTS = 256;
/** Most subgoals and comparisons of one rule. */
export const MAX_BODY = 500;
/** Deepest nesting of parentheses in one expression. */
export const MAX_NESTING = 100;
/** Most operators in one expression: bounds the depth of its tree, so that recursion over terms is safe. */
export const MAX_OPERATORS = 500;
/** Most diagnostics returned; the rest are counted. */
export const MAX_DIAGNOSTICS = 100;
