/**
 * One plain execution of a protocol, without faults: bundled as users get it (a TypeScript runner would wrap every
 * function it makes), in a process of its own, warm. `plainMain` is the other side.
 */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { firstGiven } from '../../src/faults/bounds.js';
import { ProtocolSystem } from '../../src/lineage/learned/system.js';
import type { AnyProtocol } from '../../src/protocol/types.js';
import { stopwatch } from './clock.js';
import { least, median } from './numbers.js';

/** Microseconds of CPU time per execution, over the rounds. */
export interface PlainTime {
  readonly least: number;
  readonly median: number;
}

const BUNDLE = 'dist/bench/plain.js';
/** Executions before the first round, and per round. */
const RUNS = { warm: 3_000, round: 1_000 };

/** Bundles what the measuring process runs. */
export async function bundlePlain(): Promise<void> {
  await build({
    entryPoints: [fileURLToPath(new URL('./plain-main.ts', import.meta.url))],
    outfile: BUNDLE,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    packages: 'external',
    alias: { ldfi: fileURLToPath(new URL('../../src/index.ts', import.meta.url)) },
    logLevel: 'error',
  });
}

/**
 * Undefined if the process failed.
 * @param file a protocol in specs/typescript, without its extension
 * @param check number of the check
 */
export function measurePlain(file: string, check: number, rounds: number): PlainTime | undefined {
  try {
    const job = JSON.stringify({ file, check, rounds });
    return JSON.parse(execFileSync(process.execPath, [BUNDLE, job], { encoding: 'utf8' })) as PlainTime;
  } catch (error) {
    console.error(`measuring an execution of ${file} failed: ${(error as Error).message.split('\n')[0]}`);
    return undefined;
  }
}

/** @param load gives a protocol by the name of its file */
export async function plainMain(text: string, load: (file: string) => Promise<AnyProtocol>): Promise<void> {
  const { file, check, rounds } = JSON.parse(text) as { file: string; check: number; rounds: number };
  const protocol = await load(file);
  const { eot, eff, crashes } = firstGiven(protocol.checks[check]);
  const system = new ProtocolSystem(protocol, { eot, eff, crashes });
  for (let i = 0; i < RUNS.warm; i++) system.plain([]);
  const samples = Array.from({ length: rounds }, () => {
    const elapsed = stopwatch();
    for (let i = 0; i < RUNS.round; i++) system.plain([]);
    return (elapsed().cpu * 1000) / RUNS.round;
  });
  process.stdout.write(JSON.stringify({ least: least(samples), median: median(samples) } satisfies PlainTime));
}
