/**
 * Saving results: to a file, whole or not at all, or to stdout.
 */
import { visible } from '../core/text.js';
import { type Result, resultToJson } from '../report/result.js';
import { reasonOf, shown, writeWhole } from './files.js';
import { complain, print } from './terminal.js';

/**
 * Writes a result as JSON to `target`, or to stdout if that is `-`.
 * @param severity what it is if the file cannot be written, said on stderr
 * @returns whether it was written
 */
export const save = (target: string, result: Result, severity: 'error' | 'warning'): boolean =>
  saveText(target, resultToJson(result), severity);

/** The same for any text. */
export function saveText(target: string, text: string, severity: 'error' | 'warning'): boolean {
  if (target === '-') {
    print(text);
    return true;
  }
  try {
    writeWhole(target, text);
    return true;
  } catch (error) {
    complain(`${severity}: cannot write ${visible(shown(target))}: ${visible(reasonOf(error))}\n`);
    return false;
  }
}
