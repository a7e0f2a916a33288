/**
 * `ldfi frontier` of every spec under specs/, each a process of its own: how long it takes, and whether all cells are
 * settled. `--only frontier/bugs` for some of them.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { frontiersFromJson } from '../../src/report/frontier/read.js';
import { table } from './table.js';

export interface FrontierTime {
  readonly name: string;
  /** Wall time. */
  readonly seconds: number;
  readonly cells: number;
  /** How many are not settled. */
  readonly open: number;
  /** Runs of scenarios. */
  readonly executions: number;
}

const SPEC = /^(?:.*\.ded|(?:typescript|adapters)\/.*\.ts)$/;

/** Nothing if the command line is not built, or something else is to be measured. */
export function measureFrontiers(only: string, progress: (text: string) => void): FrontierTime[] {
  const isAsked = only === '' || only.startsWith('frontier/');
  if (!isAsked || !existsSync('dist/cli/main.cjs')) return [];
  const wanted = only.replace(/^frontier\//, '');
  const names = readdirSync('specs', { recursive: true, encoding: 'utf8' }).filter((name) => SPEC.test(name));
  const folder = mkdtempSync(join(tmpdir(), 'ldfi-bench-'));
  try {
    return names
      .filter((name) => name.includes(wanted))
      .sort()
      .map((name) => {
        progress(`frontier ${name}`);
        return measured(name, join(folder, 'frontier.json'));
      });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function measured(name: string, json: string): FrontierTime {
  const from = performance.now();
  const words = ['bin/ldfi.js', 'frontier', join('specs', name), '--quiet', '--json', json];
  const { status, stderr } = spawnSync(process.execPath, words, { encoding: 'utf8' });
  const seconds = (performance.now() - from) / 1_000;
  const read = status === 0 || status === 3 ? frontiersFromJson(readFileSync(json, 'utf8')) : { problem: stderr };
  if ('problem' in read) throw new Error(`ldfi frontier specs/${name} ended with ${status}: ${read.problem}`);
  const slices = read.frontiers.frontiers.flatMap((one) => one.slices);
  const cells = slices.flatMap((slice) => slice.cells);
  const open = cells.filter(({ verdict }) => verdict === 'inconclusive').length;
  const executions = slices.reduce((sum, slice) => sum + slice.executions, 0);
  return { name, seconds, cells: cells.length, open, executions };
}

export const frontierTable = (times: readonly FrontierTime[]): string =>
  table(
    ['spec', 's', 'cells', 'not settled', 'executions'],
    times.map(({ name, seconds, cells, open, executions }) => [name, seconds.toFixed(2), cells, open, executions]),
  );
