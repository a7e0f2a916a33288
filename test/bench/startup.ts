/**
 * Start-up: `ldfi run` on the smallest spec and the smallest protocol beside `node -e 0`, a process that only loads the
 * solver, and one that only loads the protocol; interleaved.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { least, median } from './numbers.js';
import { ms, table, times } from './table.js';

/** Milliseconds of wall time. */
interface StartupTime {
  readonly median: number;
  readonly least: number;
}

const PROTOCOL = 'specs/typescript/broadcast-simple.ts';
const LOAD_SOLVER = "import { Cadical } from 'cadical-wasm'; (await Cadical.create({ quiet: true })).dispose();";
/** As a protocol would be loaded without a thread of its own. */
const LOAD_PROTOCOL = `import { createJiti } from 'jiti';
const ldfi = { defineProtocol: (protocol) => protocol };
await createJiti(process.cwd() + '/', { fsCache: false, virtualModules: { ldfi } }).import(${JSON.stringify(resolve(PROTOCOL))});`;

const script = (text: string): string[] => ['--input-type=module', '-e', text];
const run = (...words: string[]): string[] => ['bin/ldfi.js', 'run', ...words, '--quiet', '--json'];

const PROCESSES = {
  node: { name: 'node -e 0', words: ['-e', '0'] },
  solver: { name: 'node, load the solver', words: script(LOAD_SOLVER) },
  ldfi: { name: 'ldfi run specs/broadcast/simple.ded', words: run('specs/broadcast/simple.ded') },
  protocol: { name: 'node, load the protocol by jiti', words: script(LOAD_PROTOCOL) },
  ldfiProtocol: { name: `ldfi run ${PROTOCOL} --check one-loss`, words: run(PROTOCOL, '--check', 'one-loss') },
} as const;

type ProcessName = keyof typeof PROCESSES;
const NAMES = Object.keys(PROCESSES) as ProcessName[];

export interface Startup {
  readonly times: Readonly<Record<ProcessName, StartupTime>>;
  readonly rounds: number;
  readonly note: string;
}

/** Undefined if the command line is not built or fails. */
export function measureStartup(rounds: number): Startup | undefined {
  if (!existsSync('dist/cli/main.cjs')) return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'ldfi-bench-'));
  const samples = new Map<ProcessName, number[]>(NAMES.map((name) => [name, []]));
  try {
    // One round more: the first one warms the file cache and is not counted.
    for (let round = 0; round <= rounds; round++)
      for (const name of NAMES) {
        const words = PROCESSES[name].words.map(String);
        if (words.at(-1) === '--json') words.push(join(folder, 'result.json'));
        const from = performance.now();
        const { status, stderr } = spawnSync(process.execPath, words, { encoding: 'utf8' });
        const spent = performance.now() - from;
        if (status === null || status > 1 || (!name.startsWith('ldfi') && status !== 0)) {
          console.error(`start-up: ${name} failed: ${stderr.split('\n').find((line) => /error/i.test(line)) ?? ''}`);
          return undefined;
        }
        if (round > 0) samples.get(name)?.push(spent);
      }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const timed = [...samples].map(([name, some]) => [name, { median: median(some), least: least(some) }]);
  return { times: Object.fromEntries(timed), rounds, note: age() };
}

export function startupTable({ times: all, rounds, note }: Startup): string {
  const rows = NAMES.map((name) => [
    PROCESSES[name].name,
    ms(all[name].median),
    ms(all[name].least),
    times(all[name].median / all.solver.median),
  ]);
  return `${table(['process', 'median ms', 'least ms', 'ratio'], rows)}\n${rounds} rounds, interleaved, wall time${note}.`;
}

/** The built command line may be older than the sources. */
function age(): string {
  const built = statSync('dist/cli/main.cjs').mtime;
  return statSync('src/cli/main.ts').mtime > built ? '; dist/ is older than src/, run npm run build' : '';
}
