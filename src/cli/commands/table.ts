/**
 * The table of `ldfi test`: a line per check, and a last one that counts them.
 */
import { visible } from '../../core/text.js';
import { boundsInShort, usualBoundNames } from '../../faults/bounds.js';
import { EXIT, exitOf, expectedOf, gatesOf, wasNotRun } from '../../report/meaning.js';
import type { CheckResult } from '../../report/result.js';
import { plural, probabilityInWords } from '../../report/words.js';
import { paletteFor } from '../io/terminal.js';

/** Most columns that a label gets: whoever has a longer one pays with a ragged line. */
const MOST_WIDE = 62;

/** Columns for the labels of a table, so that its lines fit a terminal where they can. */
export const labelWidth = (labels: readonly string[]): number =>
  labels.reduce((wide, { length }) => (length > MOST_WIDE ? wide : Math.max(wide, length)), 0);

/**
 * @param label the spec and the name of the check
 * @param wide columns for the label
 */
export function tableLine(label: string, result: CheckResult, wide: number, stream: { isTTY?: boolean }): string {
  const palette = paletteFor(stream);
  const good = exitOf(result, 'expectation') === EXIT.ok;
  const mark = good ? palette.green('✓') : palette.red('✗');
  const columns = [label.padEnd(wide), boundsInShort(result.bounds).padEnd(9), result.verdict.padEnd(12)];
  const [first] = result.counterexamples;
  const found = result.counterexamples.length;
  const details = [
    ...(found > 0 ? [plural(found, 'counterexample')] : []),
    ...(first?.probability !== undefined
      ? [`the first with a probability of ${probabilityInWords(first.probability)}`]
      : []),
    plural(result.executions, 'execution'),
    ...(result.otherReading
      ? [`${result.otherReading.verdict} under --invariant ${result.otherReading.invariant}`]
      : []),
    ...(result.notice !== undefined ? ['see the notice'] : []),
    ...(result.warnings ? [plural(result.warnings.length, 'warning')] : []),
  ];
  const expected = expectedOf(result, 'expectation');
  const failed =
    result.stopped === 'error'
      ? 'stopped by an error'
      : expected === result.verdict
        ? `--strict: ${[...new Set(gatesOf(result).map(({ code }) => code))].join(', ')}`
        : `expected ${expected}`;
  const wanted = good ? '' : palette.red(`  ${failed}`);
  return `${mark} ${visible(columns.join(' '))} ${palette.dim(details.join(', '))}${wanted}\n`;
}

export interface Duration {
  /** The spec and the name of the check. */
  readonly label: string;
  /** Milliseconds. */
  readonly took: number;
}

/** Most lines. */
const MOST_SLOW = 10;

/** The checks that took longest, the slowest first. @param least milliseconds that are worth a line */
export function slowest(durations: readonly Duration[], least: number): string {
  const slow = durations.filter(({ took }) => took >= least).sort((a, b) => b.took - a.took);
  if (slow.length === 0) return '';
  const lines = slow.slice(0, MOST_SLOW).map(({ label, took }) => {
    const seconds = (took / 1_000).toFixed(1).padStart(7);
    return `${seconds} s  ${visible(label)}\n`;
  });
  return `${paletteFor(process.stderr).dim('Slowest')}\n${lines.join('')}`;
}

/**
 * @param specs how many there were with a check
 * @param broken how many could not be read
 */
export function summary(checks: readonly CheckResult[], specs: number, broken: number): string {
  const palette = paletteFor(process.stdout);
  const many = (wanted: (check: CheckResult) => boolean): number => checks.filter(wanted).length;
  const good = many((check) => !wasNotRun(check) && exitOf(check, 'expectation') === EXIT.ok);
  const notRun = many(wasNotRun);
  const counts = [
    `${good} as expected`,
    `${checks.length - notRun - good} not`,
    ...(notRun > 0 ? [`${notRun} not run`] : []),
    ...(broken > 0 ? [`${plural(broken, 'spec')} could not be read`] : []),
  ];
  const text = `${plural(checks.length, 'check')} of ${plural(specs, 'spec')}: ${counts.join(', ')}`;
  const fine = good === checks.length && broken === 0;
  return `\n${fine ? palette.green(text) : palette.red(text)} ${palette.dim(`(bounds are ${usualBoundNames().join('/')})`)}\n`;
}
