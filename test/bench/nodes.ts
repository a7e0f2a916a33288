/**
 * Programs as nodes: experiments and time to the first counterexample, which is then tried four times more.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { askNodes } from '../../src/live/nodes/ask.js';
import { kindsFrom } from '../../src/live/nodes/faults.js';
import { WORKLOADS } from '../../src/live/nodes/workloads/index.js';
import type { WorkloadName } from '../../src/live/nodes/workloads/names.js';
import { ms, table } from './table.js';

const program = (path: string): string => fileURLToPath(new URL(`../live/nodes/programs/${path}`, import.meta.url));

interface NodesCase {
  readonly name: string;
  readonly workload: WorkloadName;
  readonly command: readonly string[];
  readonly faults: string;
}

const CASES: readonly NodesCase[] = [
  {
    name: 'nodes/broadcast, no retry (JavaScript)',
    workload: 'broadcast',
    command: [process.execPath, program('javascript/broadcast-once.js')],
    faults: 'omission,crash',
  },
  {
    name: 'nodes/broadcast, one retries (Python)',
    workload: 'broadcast',
    command: ['python3', program('python/broadcast_retry.py')],
    faults: 'omission,crash',
  },
  {
    name: 'nodes/counter over seq-kv (Python)',
    workload: 'g-counter',
    command: ['python3', program('python/counter.py')],
    faults: 'omission',
  },
];

export interface NodesTimes {
  readonly name: string;
  /** Experiments up to the first that broke the promise; those without faults are counted. */
  readonly experiments: number | undefined;
  /** Milliseconds of wall time, to that experiment, and until it was tried again. */
  readonly found: number | undefined;
  readonly confirmed: number;
  readonly faults: number;
}

/** All cases whose names contain `only`, with three nodes. */
export async function measureNodes(only: string, progress: (text: string) => void): Promise<NodesTimes[]> {
  const results: NodesTimes[] = [];
  for (const it of CASES) {
    if (!it.name.includes(only) || spawnSync(it.command[0] ?? '', ['--version']).status !== 0) continue;
    progress(it.name);
    results.push(await measured(it));
  }
  return results;
}

async function measured({ name, workload, command, faults }: NodesCase): Promise<NodesTimes> {
  const from = performance.now();
  let first: { readonly experiments: number; readonly found: number } | undefined;
  const result = await askNodes({
    question: {
      ...{ command, nodes: ['n0', 'n1', 'n2'], workload: WORKLOADS[workload], kinds: kindsFrom(faults) },
      ...{ tickMs: 20, eff: undefined, eot: undefined },
    },
    ...{ version: '', parallel: 2, maxFaults: 2, maxRuns: 200, first: true },
    on: (event) => {
      if (event.kind !== 'experiment' || event.experiment.outcome.kind === 'good') return;
      first ??= { experiments: event.number, found: performance.now() - from };
    },
  });
  return {
    ...{ name, experiments: first?.experiments, found: first?.found },
    confirmed: performance.now() - from,
    faults: result.counterexamples[0]?.faults.length ?? 0,
  };
}

export const nodesTable = (results: readonly NodesTimes[]): string =>
  table(
    ['program', 'faults', 'experiments', 'ms to it', 'ms confirmed'],
    results.map(({ name, faults, experiments, found, confirmed }) => [
      ...[name, faults, experiments],
      found === undefined ? undefined : ms(found),
      ms(confirmed),
    ]),
  );
