/**
 * `ldfi test specs` with one job and with two, which must write the same; and shards, merged.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { table, times } from './table.js';

export interface JobsTimes {
  /** Seconds of wall time, the least of the rounds. */
  readonly one: number;
  readonly two: number;
  /** One job that has only one processor; undefined if no job can be held on one here. */
  readonly pinned: number | undefined;
  /** Whether both have written the same, and four shards, merged, too. */
  readonly isSame: boolean;
}

const SHARDS = [1, 2, 3, 4];

/** What comes before a command that is to have one processor. */
const ONE_PROCESSOR = ['taskset', '--cpu-list', '0'] as const;

/**
 * Undefined if the command line is not built.
 * @param say is told of each run: all of them take minutes, and many under load
 */
export function measureJobs(quick: boolean, say: (text: string) => void): JobsTimes | undefined {
  if (!existsSync('dist/cli/main.cjs')) return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'ldfi-bench-'));
  const timed = (before: readonly string[], words: readonly string[]): number => {
    const [command = '', ...rest] = [...before, process.execPath, 'bin/ldfi.js', ...words, '--quiet'];
    const from = performance.now();
    const { status } = spawnSync(command, rest, { stdio: 'ignore' });
    if (status === null) throw new Error(`ldfi ${words.join(' ')} was ended from outside`);
    const seconds = (performance.now() - from) / 1_000;
    const named = [...before, 'ldfi', ...words].filter((word) => !word.startsWith(folder));
    say(`${named.join(' ')}: ${seconds.toFixed(1)} s`);
    return seconds;
  };
  const ldfi = (...words: string[]): number => timed([], words);
  const isPinnable = spawnSync(ONE_PROCESSOR[0], ['--version']).status === 0;
  const file = (name: string): string => join(folder, name);
  try {
    const seconds = { one: Number.POSITIVE_INFINITY, two: Number.POSITIVE_INFINITY };
    for (let round = 0; round < (quick ? 1 : 2); round++) {
      seconds.one = Math.min(seconds.one, ldfi('test', 'specs', '--json', file('one')));
      seconds.two = Math.min(seconds.two, ldfi('test', 'specs', '--jobs', '2', '--json', file('two')));
    }
    const pinned = isPinnable ? timed(ONE_PROCESSOR, ['test', 'specs']) : undefined;
    const parts = SHARDS.map((number) => file(`part-${number}`));
    for (const [i, part] of parts.entries())
      ldfi('test', 'specs', '--jobs', '2', '--shard', `${i + 1}/${parts.length}`, '--out', part);
    ldfi('merge', ...parts, '--json', file('merged'));
    const [one, ...others] = ['one', 'two', 'merged'].map((name) => readFileSync(file(name), 'utf8'));
    return { ...seconds, pinned, isSame: others.every((text) => text === one) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export function jobsTable({ one, two, pinned, isSame }: JobsTimes): string {
  const rows = [
    ...(pinned === undefined ? [] : [['1, on one processor', pinned.toFixed(1), times(one / pinned)]]),
    ['1', one.toFixed(1), times(1)],
    ['2', two.toFixed(1), times(one / two)],
  ];
  const said = isSame ? 'The same bytes, of four shards merged, too.' : 'NOT THE SAME BYTES';
  return `${table(['jobs', 's', 'ratio'], rows)}\n${said}`;
}
