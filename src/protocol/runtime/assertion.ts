/**
 * Assertions that fail in a check: a promise that is broken, in the words of the library (`node:assert`, chai, vitest,
 * jest, and what follows their forms).
 *
 * The words are part of the outcome, so nothing may be in them that the check has not read. Libraries print whole
 * objects below the first line, past the proxies that follow what is read; so more than the first line is taken only
 * where the values compared are primitives.
 */

/** Longest witness. */
const LONGEST = 200;

/** Colours of a terminal, which some libraries put into messages. */
const COLOURS = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g');

/** What an assertion says that has failed; undefined for any other exception. */
export function failedAssertion(error: unknown): string | undefined {
  try {
    return wordsOf(error);
  } catch {
    // It throws when it is looked at.
    return undefined;
  }
}

function wordsOf(error: unknown): string | undefined {
  if (!isAssertion(error)) return undefined;
  const { actual, expected } = error.matcherResult ?? error;
  const whole = isPrimitive(actual) && isPrimitive(expected);
  const text = error.message.replace(COLOURS, '').trim();
  const words = (whole ? text : (text.split('\n')[0] ?? '')).replace(/\s+/g, ' ').replace(/:$/, '');
  return (words === '' ? 'an assertion failed' : words).slice(0, LONGEST);
}

interface Compared {
  readonly actual?: unknown;
  readonly expected?: unknown;
}

interface Assertion extends Compared {
  readonly name?: unknown;
  readonly code?: unknown;
  readonly message: string;
  readonly matcherResult?: Compared;
}

/** By its form: every runner has a copy, or a realm, of its own. */
function isAssertion(error: unknown): error is Assertion {
  if (typeof error !== 'object' || error === null) return false;
  const { name, code, message, matcherResult } = error as Assertion;
  const asserts = name === 'AssertionError' || code === 'ERR_ASSERTION' || matcherResult !== undefined;
  return asserts && typeof message === 'string';
}

const isPrimitive = (value: unknown): boolean => typeof value !== 'object' && typeof value !== 'function';
