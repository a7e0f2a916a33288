/**
 * Loading specs for a command: diagnostics go to stderr, a program comes back if there is no error.
 */
import type { SourceFile } from '../dedalus/ast.js';
import type { Diagnostic } from '../dedalus/diagnostic.js';
import { loadProgram } from '../dedalus/load.js';
import type { Program } from '../dedalus/program.js';
import { renderDiagnostics } from '../dedalus/render.js';
import { fileReader } from './files.js';
import { complain, paletteFor } from './terminal.js';

export interface LoadedSpec {
  readonly program: Program | undefined;
  readonly files: readonly SourceFile[];
  readonly diagnostics: readonly Diagnostic[];
  readonly warnings: number;
}

/**
 * @param quiet leave out warnings
 * @param checked leave out warnings about a file without checks: it may be a part of a program
 */
export function loadSpec(paths: readonly string[], quiet: boolean, checked = false): LoadedSpec {
  const { program, files, diagnostics } = loadProgram(paths, fileReader);
  const terse = quiet || (checked && program?.checks.length === 0);
  const shown = diagnostics.filter(({ severity }) => severity === 'error' || !terse);
  if (shown.length > 0) complain(`${renderDiagnostics(shown, files, paletteFor(process.stderr))}\n`);
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
  if (errors > 0) complain(`${errors === 1 ? '1 error' : `${errors} errors`}; nothing was run.\n`);
  return { program, files, diagnostics, warnings: diagnostics.length - errors };
}
