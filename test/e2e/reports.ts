/**
 * Reports to look at in a browser, made by the command line as users make them.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CheckResult, resultFromJson } from '../../src/report/schema.js';

/** Runs the command line on a spec; its report and its result land in a folder. */
export function makeReport(
  folder: string,
  spec: string,
  name: string,
  flags: readonly string[] = [],
): { readonly page: string; readonly checks: readonly CheckResult[] } {
  const [page, json] = [join(folder, `${name}.html`), join(folder, `${name}.json`)];
  const run = spawnSync('node', ['bin/ldfi.js', 'run', spec, '-q', '--json', json, '--report', page, ...flags], {
    encoding: 'utf8',
  });
  if (run.stderr !== '') throw new Error(run.stderr);
  const read = resultFromJson(readFileSync(json, 'utf8'));
  if ('problem' in read) throw new Error(read.problem);
  return { page, checks: read.result.checks };
}
