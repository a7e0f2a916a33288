/**
 * The flags for what the commands for real systems write. Apart from `experiment-outputs.ts`, so that only those who
 * write load it.
 */
import { type Command, InvalidArgumentError } from 'commander';
import type { Runner } from '../../report/formats/emit-import.js';
import { FORCE_HELP, htmlFile } from '../flags.js';
import { REPORTER_HELP, reporterFlag, type Target } from './reporter-flag.js';

/** A test that is to be written. */
export interface EmitTarget {
  readonly runner: Runner;
  /** `-` for stdout. */
  readonly file: string;
}

export interface OutputFlags {
  readonly json?: string;
  readonly html?: string;
  readonly reporter?: readonly Target[];
  readonly emit?: EmitTarget;
  readonly force?: boolean;
  readonly quiet?: boolean;
}

const RUNNERS: readonly Runner[] = ['vitest', 'jest', 'node:test'];

/** Reads `test/loss.test.ts` (for vitest) or `node:test=test/loss.test.js`. */
function emitTarget(text: string): EmitTarget {
  const runner = RUNNERS.find((name) => text.startsWith(`${name}=`));
  const file = runner ? text.slice(runner.length + 1) : text;
  if (file === '') throw new InvalidArgumentError('Name the file, as in node:test=test/loss.test.js.');
  return { runner: runner ?? 'vitest', file };
}

/** Adds the flags for what a replay writes, too. */
export const reportFlags = (command: Command): Command =>
  command
    .option('--json <file>', 'where to write the result, - for stdout')
    .option('--reporter <name[=file]>', REPORTER_HELP, reporterFlag)
    .option('--force', FORCE_HELP)
    .option('-q, --quiet', 'print nothing but errors');

/** Adds the flags for all that a search writes. */
export const searchOutputFlags = (command: Command): Command =>
  reportFlags(command)
    .option('--html <file.html>', 'write a page with the run without faults and the one with them', htmlFile)
    .option(
      '--emit <[runner=]file>',
      `write a test that injects what was found again, for ${RUNNERS.join(', ')} (default: vitest)`,
      emitTarget,
    );
