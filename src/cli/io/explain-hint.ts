/**
 * Where to read what a diagnostic means: one line below the diagnostics, once in a run, on a terminal only.
 */
import type { Diagnostic } from '../../dedalus/diagnostic.js';
import { lookUp } from '../../explain/groups.js';
import { isTerminal, paletteFor } from './terminal.js';

let given = false;

/** The line, or nothing. @param stream that the diagnostics go to */
export function explainHint(diagnostics: readonly Diagnostic[], stream: { isTTY?: boolean } = process.stderr): string {
  const code = diagnostics.find((one) => lookUp(one.code).length > 0)?.code;
  if (given || code === undefined || !isTerminal(stream)) return '';
  given = true;
  return `${paletteFor(stream).dim(`What it means: npx ldfi explain ${code}`)}\n`;
}
