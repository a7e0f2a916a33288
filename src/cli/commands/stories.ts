/**
 * The checks of `ldfi test` that are not as expected, each with its whole story and the command that goes on from there.
 */
import { commandLine, fileWord } from '../../core/shell.js';
import { visible } from '../../core/text.js';
import type { Answer } from '../../report/answer.js';
import { runCommand } from '../../report/commands.js';
import { answerToText } from '../../report/formats/text.js';
import { isUnexpected } from '../../report/meaning.js';
import { pageNames } from '../../report/overview/page-names.js';
import { plural } from '../../report/words.js';
import { paletteFor } from '../io/terminal.js';
import type { Job } from '../load/load.js';
import type { Planned } from '../load/plan.js';
import type { TestFlags } from './prepare.js';

/** Most stories: whoever has broken everything begins with one of them. */
const MOST = 5;

/** A check that was searched. */
export interface Row {
  /** Its spec and its name. */
  readonly label: string;
  readonly answer: Answer;
  /** The command that goes on from there. */
  readonly next: string;
}

/** @param isErrorTold whether errors that ended searches have been told on stderr */
export function storiesOf(rows: readonly Row[], isErrorTold: boolean): string {
  const palette = paletteFor(process.stdout);
  const failed = rows.filter(({ answer }) => isUnexpected(answer.check));
  const stories = failed.slice(0, MOST).map(({ label, answer, next }) => {
    const story = answerToText({ ...answer, check: { ...answer.check, name: label } }, { palette, isErrorTold });
    return `\n${story}\n  ${palette.bold('Next')}  ${visible(next)}\n`;
  });
  const more = failed.length - stories.length;
  const rest = more > 0 ? `\n… and ${plural(more, 'more check')} not as expected: see the table\n` : '';
  return stories.join('') + rest;
}

/** How to see the warnings of checks that are as expected, and so without a story; nothing if there are none. */
export function warningsNote(rows: readonly Row[]): string {
  const warned = rows.filter(({ answer }) => answer.check.warnings && !isUnexpected(answer.check));
  const [first] = warned;
  if (!first) return '';
  const count = warned.reduce((sum, { answer }) => sum + (answer.check.warnings?.length ?? 0), 0);
  const where = warned.length === 1 ? '1 check; to see' : `${warned.length} checks; to see those of the first`;
  const them = warned.length === 1 ? ` ${count === 1 ? 'it' : 'them'}` : '';
  const note = `${plural(count, 'warning')} in ${where}${them}: ${visible(first.next)}`;
  return `${paletteFor(process.stdout).yellow(note)}\n`;
}

/**
 * Searches the check again, with a page to look at; under the bounds of a configuration only `ldfi test` does so.
 * @param specs with what the configuration says of them
 */
export function nextCommand(
  { subject, check }: Job,
  specs: readonly Planned[],
  { config, invariant }: Pick<TestFlags, 'config' | 'invariant'>,
): string {
  const { roots } = subject.spec;
  const isOverridden = specs.some(({ path, bounds }) => roots.includes(path) && Object.keys(bounds).length > 0);
  if (!isOverridden) return runCommand(roots, check.name, invariant, ['--report']);
  const configured = config === undefined ? [] : ['--config', config];
  const page = ['--html', `reports/${pageNames([roots])[0]}`];
  return commandLine(['npx', 'ldfi', 'test', ...roots.map(fileWord), ...configured, ...page]);
}
