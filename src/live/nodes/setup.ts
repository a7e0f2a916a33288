/**
 * A program as nodes, as a test or a saved result describes it: checked, and with what is left out filled in.
 *
 * ```ts
 * questionOf({ program: ['node', 'broadcast.js'], workload: 'broadcast', eff: 23, eot: 73 }, ['omission']);
 * ```
 */
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { LdfiError } from '../../core/invariant.js';
import type { NodesQuestion } from './system.js';
import { WORKLOADS } from './workloads/index.js';
import { WORKLOAD_NAMES, type WorkloadName } from './workloads/names.js';

export interface NodesSetup {
  /** The program of one node, and its arguments. It is started without a shell. */
  readonly program: readonly string[];
  /** The folder in which it is started: a path, or a URL like `new URL('..', import.meta.url)`. Default: the working folder. */
  readonly cwd?: string | URL;
  /** What clients ask for, and what is promised. */
  readonly workload: WorkloadName;
  /** How many nodes there are, 1 to 25; they are called n0, n1 … Default 3. */
  readonly nodes?: number;
  /** Length of a tick in milliseconds, 1 to 10,000. Default 20. */
  readonly tickMs?: number;
  /** Faults are at messages that are sent before this tick. Default: ten ticks after the last request. */
  readonly eff?: number;
  /** The promise must be kept by this tick. Default: fifty after `eff`. */
  readonly eot?: number;
}

const setupSchema = z
  .strictObject({
    program: z.array(z.string()).min(1, 'name the program'),
    cwd: z
      .union([z.string().min(1), z.instanceof(URL).refine(({ protocol }) => protocol === 'file:', 'it is no file')])
      .optional(),
    workload: z.enum(WORKLOAD_NAMES),
    nodes: z.int().min(1).max(25).default(3),
    tickMs: z.int().min(1).max(10_000).default(20),
    eff: z.int().min(0).max(1_000_000).optional(),
    eot: z.int().min(1).max(1_000_000).optional(),
  })
  .refine(({ eff = 0, eot = eff }) => eot >= eff, { path: ['eot'], error: 'it is before eff' });

/**
 * @param setup a `NodesSetup`
 * @param kinds of the faults that there may be
 * @throws LdfiError 'bad-options' that lists every problem
 */
export function questionOf(setup: unknown, kinds: readonly string[]): NodesQuestion {
  const parsed = setupSchema.safeParse(setup);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => ({ path: path.map(String), message }));
    const words = problems.map(({ path, message }) => `${path.join('.') || 'it'}: ${message}`);
    throw new LdfiError('bad-options', `these are no nodes: ${words.join('; ')}`, problems);
  }
  const { program, cwd, workload, nodes, tickMs, eff, eot } = parsed.data;
  return {
    command: program,
    cwd: cwd instanceof URL ? fileURLToPath(cwd) : cwd,
    nodes: Array.from({ length: nodes }, (_, i) => `n${i}`),
    workload: WORKLOADS[workload],
    kinds,
    ...{ tickMs, eff, eot },
  };
}
