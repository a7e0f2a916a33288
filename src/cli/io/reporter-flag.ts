/**
 * `--reporter NAME[=FILE]`: which report to write and where to. Apart from `reporters.ts`, so that only those who
 * report load it.
 */
import { InvalidArgumentError } from 'commander';
import { REPORTER_NAMES, type ReporterName } from '../../report/reporters/model.js';

/** One report to write. */
export interface Target {
  readonly name: ReporterName;
  /** `-` for stdout. */
  readonly file: string;
}

/** What the flag does, for `--help`. */
export const REPORTER_HELP = `write a report, to stdout if no file is named; may be repeated: ${REPORTER_NAMES.join(', ')}`;

/** Reads `junit=reports/junit.xml`; without a file it goes to stdout. */
export function parseTarget(text: string): Target | { readonly problem: string } {
  const [, given = '', file = '-'] = /^([^=]*)(?:=(.*))?$/s.exec(text) ?? [];
  const name = REPORTER_NAMES.find((known) => known === given);
  if (!name) return { problem: `There is no reporter "${given}"; there are ${REPORTER_NAMES.join(', ')}.` };
  if (file === '') return { problem: `Name the file after the =, as in junit=reports/ldfi.xml.` };
  return { name, file };
}

/** For commander: collects the values of a flag that may be given several times. */
export function reporterFlag(text: string, before: readonly Target[] = []): Target[] {
  const target = parseTarget(text);
  if ('problem' in target) throw new InvalidArgumentError(target.problem);
  return [...before, target];
}
