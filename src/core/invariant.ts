/**
 * The two ways in which code here gives up: `invariant` for a bug in `ldfi` itself, `LdfiError` for misuse
 * or an exhausted guard. A violated property of a spec is neither: it is a value.
 */

/** Codes of `LdfiError`, stable for programs that catch them. */
export type LdfiErrorCode =
  | 'bad-bounds'
  | 'bad-scenario'
  /** Options of a search that make no sense. */
  | 'bad-options'
  | 'limit-facts'
  | 'limit-iterations'
  | 'limit-ground'
  | 'limit-solver'
  /** A history is too long, or has too many possible orders. */
  | 'limit-history'
  /** What is handed over as a history is none, or its model does not know an operation. */
  | 'bad-history'
  /** What is read as a result is none. */
  | 'bad-result'
  /** A certificate would have too many leaves. */
  | 'limit-certificate'
  /** A decision diagram has too many nodes. */
  | 'limit-diagram'
  /** Rates of faults that make no sense. */
  | 'bad-rates'
  /** A protocol's definition, or what a handler or the check gives back, is not what it must be. */
  | 'bad-protocol'
  /** A handler did what would make runs differ: a clock, chance, something asynchronous. */
  | 'impure-handler'
  /** A state, message or fact is not plain data. */
  | 'not-plain'
  /** A handler depends on something that is not in `ctx.state`. */
  | 'hidden-state'
  /** A handler does not come to an end. */
  | 'runaway-handler'
  /** A program does not start, ends by itself, or does not speak the protocol of nodes. */
  | 'bad-program'
  /** Running services on which no experiment can be made. */
  | 'bad-system';

/** One thing that is wrong with something that was handed over. */
export interface Problem {
  /** Where in it, from the outermost property: `['checks', 1, 'eot']`; empty for the whole. */
  readonly path: readonly (string | number)[];
  readonly message: string;
  /** What to write instead. */
  readonly hint?: string | undefined;
}

/** Misuse of the API, or a guard that was hit; `message` says what to do about it. */
export class LdfiError extends Error {
  readonly code: LdfiErrorCode;
  /** The same one by one, where there may be several things wrong at once. */
  readonly problems: readonly Problem[];
  /** @param cause what was thrown by the user's code, if that is the reason */
  constructor(code: LdfiErrorCode, message: string, problems: readonly Problem[] = [], cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'LdfiError';
    this.code = code;
    this.problems = problems;
  }
}

/** Problems in one line. */
export const problemsInWords = (problems: readonly Omit<Problem, 'path'>[]): string =>
  problems.map(({ message, hint }) => (hint === undefined ? message : `${message} (${hint})`)).join('; ');

/** Throws if `condition` is false: a bug in `ldfi`, never a user's mistake. */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw bug(message);
}

/** An error that is nobody's mistake but ours. */
export const bug = (message: string): Error => new Error(`ldfi bug, please report it: ${message}`);
