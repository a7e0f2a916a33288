/**
 * The checks of `ldfi test` that are not as expected, each with its whole story and the command that goes on from there.
 */
import { commandLine } from '../../core/shell.js';
import { visible } from '../../core/text.js';
import type { Answer } from '../../report/answer.js';
import { answerToText } from '../../report/formats/text.js';
import { isUnexpected } from '../../report/meaning.js';
import { plural } from '../../report/words.js';
import { paletteFor } from '../io/terminal.js';
import type { Job } from '../load/load.js';
import type { Planned } from '../load/plan.js';

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

/**
 * Searches the check again, with a page to look at; under the bounds of a configuration only `ldfi test` does so.
 * @param specs with what the configuration says of them
 */
export function nextCommand({ subject, check }: Job, specs: readonly Planned[]): string {
  const { roots } = subject.spec;
  const isOverridden = specs.some(({ path, bounds }) => roots.includes(path) && Object.keys(bounds).length > 0);
  if (!isOverridden) return commandLine(['npx', 'ldfi', 'run', ...roots, '--check', check.name, '--report']);
  const result = 'reports/ldfi.json';
  const words = [
    ['test', ...roots, '--json', result],
    ['report', result],
  ];
  return words.map((command) => commandLine(['npx', 'ldfi', ...command])).join('; ');
}
