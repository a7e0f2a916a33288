/** Pictures of specs: the first counterexample of each that has one, as a space-time diagram. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { diagram } from '../../src/cli/commands/diagram.js';
import { type Result, resultFromJson } from '../../src/report/schema.js';
import { ROOT } from './specs.js';

/**
 * Searches all specs, each check up to its first counterexample, and draws what is found.
 * @param folder where to write `specs/broadcast/retry.ded.svg` and so on
 * @returns the paths of the specs that have a picture
 */
export async function drawAll(folder: string): Promise<Set<string>> {
  const json = join(folder, 'results.json');
  mkdirSync(folder, { recursive: true });
  const words = ['test', 'specs', '--first', '--jobs', '2', '--force', '--json', json];
  const { status } = spawnSync('node', ['bin/ldfi.js', ...words], {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (status !== 0) throw new Error('the specs do not give the verdicts that they expect: see `npx ldfi test`');
  const result = readResult(json);
  const drawn = new Set<string>();
  for (const check of result.checks) {
    const path = check.spec.roots[0] ?? '';
    if (check.counterexamples.length === 0 || drawn.has(path) || isWithoutRuns(check)) continue;
    const out = join(folder, `${path}.svg`);
    mkdirSync(dirname(out), { recursive: true });
    if ((await diagram(json, { ...result, checks: [check] }, { format: 'svg', out, force: true })) === 0)
      drawn.add(path);
  }
  return drawn;
}

/** Whether nothing was learned of the handlers, so that there is nothing to draw from. */
const isWithoutRuns = ({ spec, learned }: Result['checks'][number]): boolean =>
  spec.kind === 'protocol' && (learned === undefined || 'missing' in learned);

function readResult(path: string): Result {
  const read = resultFromJson(readFileSync(path, 'utf8'));
  if ('problem' in read) throw new Error(`${path}: ${read.problem}`);
  return read.result;
}
