/**
 * Start-up: `ldfi run` on the smallest spec beside `node -e 0` and beside a process that only loads the solver,
 * interleaved.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { least, median } from './numbers.js';
import { ms, table, times } from './table.js';

/** Milliseconds of wall time. */
interface StartupTime {
  readonly median: number;
  readonly least: number;
}

export interface Startup {
  readonly node: StartupTime;
  /** Node and the solver's load. */
  readonly solver: StartupTime;
  readonly ldfi: StartupTime;
  /** Of medians: ldfi over solver. */
  readonly ratio: number;
  readonly rounds: number;
  readonly note: string;
}

const LOAD_SOLVER = "import { Cadical } from 'cadical-wasm'; (await Cadical.create({ quiet: true })).dispose();";

/** Undefined if the command line is not built or fails. */
export function measureStartup(rounds: number): Startup | undefined {
  if (!existsSync('dist/cli/main.js')) return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'ldfi-bench-'));
  const samples = { node: [] as number[], solver: [] as number[], ldfi: [] as number[] };
  const result = join(folder, 'result.json');
  const commands = {
    node: ['-e', '0'],
    solver: ['--input-type=module', '-e', LOAD_SOLVER],
    ldfi: ['bin/ldfi.js', 'run', 'specs/broadcast/simple.ded', '--quiet', '--json', result],
  };
  try {
    // One round more: the first one warms the file cache and is not counted.
    for (let round = 0; round <= rounds; round++)
      for (const name of ['node', 'solver', 'ldfi'] as const) {
        const from = performance.now();
        const { status, stderr } = spawnSync(process.execPath, commands[name], { encoding: 'utf8' });
        const spent = performance.now() - from;
        if (status === null || status > 1 || (name !== 'ldfi' && status !== 0)) {
          console.error(`start-up: ${name} failed: ${stderr.split('\n')[0] ?? ''}`);
          return undefined;
        }
        if (round > 0) samples[name].push(spent);
      }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const [node, solver, ldfi] = [samples.node, samples.solver, samples.ldfi].map(timeOf) as [
    StartupTime,
    StartupTime,
    StartupTime,
  ];
  return { node, solver, ldfi, ratio: ldfi.median / solver.median, rounds, note: age() };
}

export function startupTable({ node, solver, ldfi, rounds, note }: Startup): string {
  const row = (name: string, time: StartupTime): string[] => [
    name,
    ms(time.median),
    ms(time.least),
    times(time.median / solver.median),
  ];
  const rows = [
    row('node -e 0', node),
    row('node, load the solver', solver),
    row('ldfi run specs/broadcast/simple.ded', ldfi),
  ];
  return `${table(['process', 'median ms', 'least ms', 'ratio'], rows)}\n${rounds} rounds, interleaved, wall time${note}.`;
}

const timeOf = (samples: readonly number[]): StartupTime => ({ median: median(samples), least: least(samples) });

/** The built command line may be older than the sources. */
function age(): string {
  const built = statSync('dist/cli/main.js').mtime;
  return statSync('src/cli/main.ts').mtime > built ? '; dist/ is older than src/, run npm run build' : '';
}
