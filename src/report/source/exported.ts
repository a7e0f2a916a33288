/**
 * Where the value begins that a module exports by default, or that a JSON file is.
 */
import { codeOf } from '../../core/code.js';

/** @param wrapper a function that the value may be handed to */
export function exportedAt(text: string, wrapper: string): number | undefined {
  const found = new RegExp(`(?:\\bexport\\s+default\\b|\\bmodule\\.exports\\s*=)\\s*(?:${wrapper}\\s*\\()?`).exec(
    codeOf(text),
  );
  if (found) return found.index + found[0].length;
  return /^\s*\{/.test(text) ? 0 : undefined;
}
