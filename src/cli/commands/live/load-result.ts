/**
 * Saved results of experiments: reading them, and what else may be done with one.
 */
import { LdfiError } from '../../../core/invariant.js';
import { visible } from '../../../core/text.js';
import { readText, shown } from '../../io/files.js';
import { complain } from '../../io/terminal.js';

/**
 * The result in a file, with at least one counterexample; undefined, and a complaint, if there is none.
 * @param parse throws LdfiError if the text is no such result
 */
export function resultToReplay<T extends { readonly counterexamples: readonly unknown[] }>(
  path: string,
  parse: (text: string) => T,
): T | undefined {
  const name = visible(shown(path));
  const read = readText(path);
  try {
    if (!read.ok) complain(`error: cannot read ${name}: ${read.reason}\n`);
    else {
      const result = parse(read.text);
      if (result.counterexamples.length > 0) return result;
      complain(`error: ${name} has no counterexample\n`);
    }
  } catch (error) {
    if (!(error instanceof LdfiError)) throw error;
    complain(`error: ${name}: ${visible(error.message)}\n`);
  }
  return undefined;
}
