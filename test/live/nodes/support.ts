/**
 * Helpers of the tests of nodes: the programs, histories made by hand, and a question with its defaults.
 */
import { fileURLToPath } from 'node:url';
import { askNodes } from '../../../src/live/nodes/ask.js';
import { faultsFrom, kindsFrom } from '../../../src/live/nodes/faults.js';
import type { Body } from '../../../src/live/nodes/message.js';
import type { Asked } from '../../../src/live/nodes/record.js';
import type { NodesResult } from '../../../src/live/nodes/report/schema.js';
import { WORKLOADS } from '../../../src/live/nodes/workloads/index.js';
import type { WorkloadName } from '../../../src/live/nodes/workloads/names.js';
import type { Evidence } from '../../../src/live/nodes/workloads/workload.js';

export const program = (name: string): string => fileURLToPath(new URL(`programs/${name}`, import.meta.url));

export const javascript = (name: string, ...args: string[]): string[] => [
  process.execPath,
  program(`javascript/${name}.js`),
  ...args,
];
export const python = (name: string, ...args: string[]): string[] => ['python3', program(`python/${name}.py`), ...args];

export interface Asking {
  readonly faults?: string;
  readonly nodes?: number;
  readonly maxFaults?: number;
  readonly maxRuns?: number;
  readonly first?: boolean;
  readonly inject?: string;
  readonly signal?: AbortSignal;
  readonly startMs?: number;
  readonly parallel?: number;
}

/** What `ldfi nodes` would find, with ticks that are long enough for a loaded machine. */
export function ask(workload: WorkloadName, command: readonly string[], options: Asking = {}): Promise<NodesResult> {
  const {
    faults = 'omission,crash',
    nodes = 3,
    maxFaults = 1,
    maxRuns = 150,
    first,
    inject,
    signal,
    startMs,
    parallel = 2,
  } = options;
  return askNodes({
    question: {
      command,
      nodes: Array.from({ length: nodes }, (_, i) => `n${i}`),
      workload: WORKLOADS[workload],
      kinds: kindsFrom(faults),
      tickMs: 25,
      eff: undefined,
      eot: undefined,
      ...(startMs !== undefined && { startMs }),
    },
    version: '0.0.0',
    parallel,
    maxFaults,
    maxRuns,
    ...(first && { first }),
    ...(inject !== undefined && { inject: faultsFrom(inject) }),
    signal,
  });
}

let order = 0;

/** An operation that was answered (null: it was not), at ticks `2i` to `2i + 1`. */
export function told(node: string, body: Body, reply: Body | null, round = 0): Asked {
  const invoked = 2 * order++;
  const isError = reply?.type === 'error';
  return {
    ...{ client: `c-${node}`, node, body, round, invoked },
    ...(reply && { completed: invoked + 1, reply }),
    status: reply === null ? 'unknown' : isError ? 'failed' : 'ok',
  };
}

export const evidence = (history: readonly Asked[], live: readonly string[] = ['n0', 'n1']): Evidence => ({
  nodes: ['n0', 'n1'],
  live,
  history,
  round: Math.max(0, ...history.map(({ round }) => round)),
});
