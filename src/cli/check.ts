/**
 * `ldfi check FILE…`: diagnostics only.
 */
import { plural } from '../report/words.js';
import { EXIT, type ExitCode } from './exit.js';
import { loadSubjects, type ProtocolSubject } from './subject.js';
import { print } from './terminal.js';

export async function check(paths: readonly string[], flags: { readonly quiet?: boolean }): Promise<ExitCode> {
  const { subjects, files, warnings } = await loadSubjects(paths, { quiet: flags.quiet ?? false });
  const [first] = subjects ?? [];
  if (!subjects || !first) return EXIT.mistake;
  if (flags.quiet) return EXIT.ok;
  const counts = [plural(files.length, 'file')];
  if (first.kind === 'dedalus') {
    const { rules, facts } = first.program;
    counts.push(plural(rules.length, 'rule'), plural(facts.length, 'fact'));
  } else {
    const protocols = subjects.filter((it): it is ProtocolSubject => it.kind === 'protocol');
    const checks = protocols.reduce((sum, { protocol }) => sum + protocol.checks.length, 0);
    counts.push(plural(protocols.length, 'protocol'), plural(checks, 'check'));
  }
  print(`${counts.join(', ')}: ${warnings === 0 ? 'no problems' : plural(warnings, 'warning')}\n`);
  return EXIT.ok;
}
