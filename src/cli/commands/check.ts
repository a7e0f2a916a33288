/**
 * `ldfi check FILE…`: diagnostics only.
 */
import { EXIT, type ExitCode } from '../../report/meaning.js';
import { plural } from '../../report/words.js';
import { print } from '../io/terminal.js';
import { loadSubjects } from '../load/load.js';

export async function check(paths: readonly string[], flags: { readonly quiet?: boolean }): Promise<ExitCode> {
  const { subjects, files, warnings } = await loadSubjects(paths, { quiet: flags.quiet ?? false });
  if (!subjects) return EXIT.mistake;
  if (flags.quiet) return EXIT.ok;
  const parts = new Map<string, number>();
  for (const [noun, count] of subjects.flatMap(({ parts }) => Object.entries(parts)))
    parts.set(noun, (parts.get(noun) ?? 0) + count);
  const counts = [plural(files.length, 'file'), ...[...parts].map(([noun, count]) => plural(count, noun))];
  print(`${counts.join(', ')}: ${warnings === 0 ? 'no problems' : plural(warnings, 'warning')}\n`);
  return EXIT.ok;
}
