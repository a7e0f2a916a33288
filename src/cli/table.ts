/**
 * The table of `ldfi test`: a line per check, and a last one that counts them.
 */
import { visible } from '../core/text.js';
import { boundNames, boundValues } from '../faults/bounds.js';
import type { CheckResult } from '../report/result.js';
import { plural } from '../report/words.js';
import { EXIT, type ExitCode } from './exit.js';
import type { Subject } from './subject.js';
import { paletteFor } from './terminal.js';

/** One line of the table. */
export interface Line {
  readonly spec: string;
  readonly subject: Subject;
  readonly result: CheckResult;
  readonly exit: ExitCode;
}

/** All that was found out so far. */
export interface Tally {
  readonly lines: Line[];
  /** Specs with at least one check. */
  specs: number;
  /** Specs and folders that could not be used. */
  broken: number;
}

/** The interrupt or the timeout came first. */
export const wasNotRun = ({ stopped, executions }: CheckResult): boolean => stopped === 'aborted' && executions === 0;

export function tableLine({ spec, result, exit }: Line, stream: { isTTY?: boolean }): string {
  const palette = paletteFor(stream);
  const good = exit === EXIT.ok;
  const mark = good ? palette.green('✓') : palette.red('✗');
  const columns = [
    `${spec} ${result.name}`.padEnd(62),
    boundValues(result.bounds).join('/').padEnd(9),
    result.verdict.padEnd(12),
  ];
  const found = result.counterexamples.length;
  const details = [
    ...(found > 0 ? [plural(found, 'counterexample')] : []),
    plural(result.executions, 'execution'),
    ...(result.otherReading
      ? [`${result.otherReading.verdict} under --invariant ${result.otherReading.invariant}`]
      : []),
    ...(result.notice !== undefined ? ['see the notice'] : []),
  ];
  const failed = result.stopped === 'error' ? 'stopped by an error' : `expected ${result.expect ?? 'holds'}`;
  const wanted = good ? '' : palette.red(`  ${failed}`);
  return `${mark} ${visible(columns.join(' '))} ${palette.dim(details.join(', '))}${wanted}\n`;
}

export function summary({ lines, specs, broken }: Tally): string {
  const palette = paletteFor(process.stdout);
  const ran = lines.filter(({ result }) => !wasNotRun(result));
  const good = ran.filter(({ exit }) => exit === EXIT.ok).length;
  const notRun = lines.length - ran.length;
  const counts = [
    `${good} as expected`,
    `${ran.length - good} not`,
    ...(notRun > 0 ? [`${notRun} not run`] : []),
    ...(broken > 0 ? [`${plural(broken, 'spec')} could not be read`] : []),
  ];
  const text = `${plural(lines.length, 'check')} of ${plural(specs, 'spec')}: ${counts.join(', ')}`;
  const fine = good === lines.length && broken === 0;
  return `\n${fine ? palette.green(text) : palette.red(text)} ${palette.dim(`(bounds are ${boundNames().join('/')})`)}\n`;
}
