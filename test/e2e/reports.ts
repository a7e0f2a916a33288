/**
 * Reports to look at in a browser, made by the command line as users make them.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inject } from 'vitest';
import { type CheckResult, resultFromJson } from '../../src/report/schema.js';

export interface Report {
  readonly page: string;
  readonly checks: readonly CheckResult[];
}

const FOLDER = mkdtempSync(join(inject('scratch'), 'reports-'));

const made = new Map<string, Report>();

/** The report of a spec of the repository, which is made once for all test files of this process. */
export function reportOf(spec: string): Report {
  const report = made.get(spec) ?? makeReport(FOLDER, spec, String(made.size));
  made.set(spec, report);
  return report;
}

/** Runs the command line on a spec; its report and its result land in a folder. */
export function makeReport(folder: string, spec: string, name: string, flags: readonly string[] = []): Report {
  const [page, json] = [join(folder, `${name}.html`), join(folder, `${name}.json`)];
  const run = spawnSync('node', ['bin/ldfi.js', 'run', spec, '-q', '--json', json, '--report', page, ...flags], {
    encoding: 'utf8',
  });
  if (run.stderr !== '') throw new Error(run.stderr);
  const read = resultFromJson(readFileSync(json, 'utf8'));
  if ('problem' in read) throw new Error(read.problem);
  return { page, checks: read.result.checks };
}
