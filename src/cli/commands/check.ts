/**
 * `ldfi check FILE…`: diagnostics, and what is known of the checks without a search.
 */
import { foreseen } from '../../answer/warnings.js';
import { LdfiError } from '../../core/invariant.js';
import { visible } from '../../core/text.js';
import { EXIT, type ExitCode } from '../../report/meaning.js';
import { warningLines } from '../../report/warnings.js';
import { plural } from '../../report/words.js';
import { complain, paletteFor, print } from '../io/terminal.js';
import { type Job, jobsOf, loadSubjects } from '../load/load.js';

interface CheckFlags {
  readonly quiet?: boolean;
  readonly strict?: boolean;
}

export async function check(paths: readonly string[], { quiet = false, strict }: CheckFlags): Promise<ExitCode> {
  const { subjects, files, warnings } = await loadSubjects(paths, { quiet });
  if (!subjects) return EXIT.mistake;
  const lists = subjects.filter(({ hasChecks }) => hasChecks).map((subject) => jobsOf(subject, {}, quiet));
  if (!lists.every((jobs) => jobs !== undefined)) return EXIT.mistake;
  let count = warnings;
  for (const job of lists.flat()) count += await foretold(job, quiet);
  const exit = strict && count > 0 ? EXIT.falseGreen : EXIT.ok;
  if (quiet) return exit;
  const parts = new Map<string, number>();
  for (const [noun, count] of subjects.flatMap(({ parts }) => Object.entries(parts)))
    parts.set(noun, (parts.get(noun) ?? 0) + count);
  const counts = [plural(files.length, 'file'), ...[...parts].map(([noun, count]) => plural(count, noun))];
  print(`${counts.join(', ')}: ${count === 0 ? 'no problems' : plural(count, 'warning')}\n`);
  return exit;
}

/** Says what is known of a check without a search. @returns how many warnings there are */
async function foretold({ subject, check, label }: Job, quiet: boolean): Promise<number> {
  try {
    const found = await foreseen(subject, check);
    const { yellow } = paletteFor(process.stderr);
    if (!quiet && found.length > 0) complain(`${visible(`check ${label}`)}:\n`);
    const lines = found.flatMap(warningLines);
    if (!quiet)
      for (const line of lines) complain(`  ${line.startsWith('Warning') ? yellow(visible(line)) : visible(line)}\n`);
    return found.length;
  } catch (error) {
    // What is too large to be looked at ahead is left to the search.
    if (error instanceof LdfiError && error.code.startsWith('limit-')) return 0;
    throw error;
  }
}
