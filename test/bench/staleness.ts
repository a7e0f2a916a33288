/**
 * `ldfi pbs` with a million samples, of each model that comes with it, as a process of its own.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { MODEL_NAMES } from '../../src/staleness/models.js';
import { table } from './table.js';

export interface StalenessTime {
  readonly name: string;
  /** Wall time, the least of some. */
  readonly seconds: number;
}

const ROUNDS = 3;

/** Nothing if the command line is not built, or something else is to be measured. */
export function measureStaleness(only: string): StalenessTime[] {
  if (!(only === '' || only.startsWith('pbs/')) || !existsSync('dist/cli/main.cjs')) return [];
  return MODEL_NAMES.map((name) => ({ name, seconds: Math.min(...Array.from({ length: ROUNDS }, () => once(name))) }));
}

function once(model: string): number {
  const from = performance.now();
  const words = ['bin/ldfi.js', 'pbs', '--model', model, '--samples', '1000000', '--quiet'];
  const { status, stderr } = spawnSync(process.execPath, words, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`ldfi pbs --model ${model} ended with ${status}: ${stderr}`);
  return (performance.now() - from) / 1_000;
}

export const stalenessTable = (times: readonly StalenessTime[]): string =>
  table(
    ['model', 's'],
    times.map(({ name, seconds }) => [name, seconds.toFixed(2)]),
  );
