/**
 * `ldfi check FILE…`: diagnostics only.
 */
import { EXIT, type ExitCode } from './exit.js';
import { loadSpec } from './spec.js';
import { print } from './terminal.js';

export function check(paths: readonly string[], flags: { readonly quiet?: boolean }): ExitCode {
  const { program, files, warnings } = loadSpec(paths, flags.quiet ?? false);
  if (!program) return EXIT.mistake;
  if (!flags.quiet) {
    const noted = warnings === 0 ? 'no problems' : warnings === 1 ? '1 warning' : `${warnings} warnings`;
    print(
      `${files.length === 1 ? '1 file' : `${files.length} files`}, ${program.rules.length} rules, ${program.facts.length} facts: ${noted}\n`,
    );
  }
  return EXIT.ok;
}
