/**
 * `ldfi check FILE…`: diagnostics only.
 */
import { plural } from '../report/words.js';
import { EXIT, type ExitCode } from './exit.js';
import { loadSpec } from './spec.js';
import { print } from './terminal.js';

export function check(paths: readonly string[], flags: { readonly quiet?: boolean }): ExitCode {
  const { program, files, warnings } = loadSpec(paths, flags.quiet ?? false);
  if (!program) return EXIT.mistake;
  if (!flags.quiet) {
    const { rules, facts } = program;
    const read = [plural(files.length, 'file'), plural(rules.length, 'rule'), plural(facts.length, 'fact')].join(', ');
    print(`${read}: ${warnings === 0 ? 'no problems' : plural(warnings, 'warning')}\n`);
  }
  return EXIT.ok;
}
