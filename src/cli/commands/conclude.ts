/**
 * The end of `ldfi test`, and of `ldfi merge`, which says the same: lines of the table as answers come, then what is
 * not as expected, the summary, how to see warnings, and where the outputs are.
 */
import { isUnexpected, wasNotRun } from '../../report/meaning.js';
import type { CheckResult } from '../../report/result.js';
import { type Destination, printPlaces } from '../io/outputs.js';
import { complain, isTerminal, print, printText } from '../io/terminal.js';
import { type Row, storiesOf, warningsNote } from './stories.js';
import { type Duration, slowest, summary, tableLine } from './table.js';

/**
 * @param wide columns for the label
 * @param speaks whether stdout is free; if not, only what is not as expected is said
 */
export function sayLine(label: string, check: CheckResult, wide: number, speaks: boolean): void {
  if (wasNotRun(check)) return;
  if (speaks) printText(tableLine(label, check, wide, process.stdout));
  else if (isUnexpected(check)) complain(tableLine(label, check, wide, process.stderr));
}

export interface Ending {
  readonly rows: readonly Row[];
  /** How many specs could not be used. */
  readonly broken: number;
  readonly written: readonly Destination[];
  /** Whether errors that ended searches have been told on stderr. */
  readonly isErrorTold: boolean;
}

export function conclude({ rows, broken, written, isErrorTold }: Ending): void {
  printText(storiesOf(rows, isErrorTold));
  const checks = rows.map(({ answer }) => answer.check);
  print(summary(checks, new Set(checks.map(({ spec }) => spec.roots[0])).size, broken));
  print(warningsNote(rows));
  printPlaces(written);
}

/** @param lists whether durations were asked for; where `speaks`, a person at a terminal sees the long ones unasked */
export function sayDurations(durations: readonly Duration[], lists: boolean, speaks: boolean): void {
  if (lists || (speaks && isTerminal(process.stderr))) complain(slowest(durations, lists ? 0 : 1_000));
}
