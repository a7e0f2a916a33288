/**
 * `import 'ldfi/nodes'`: experiments on a program in any language, from a test. See docs/nodes.md.
 *
 * ```ts
 * const broadcast = defineNodes({ program: ['node', 'broadcast.js'], workload: 'broadcast', eff: 23, eot: 73 });
 * test('a lost message', () =>
 *   assertNodesSurvive(broadcast, [{ kind: 'omission', call: 'n0 > n1 tell 2453d0ad #1' }]), 60_000);
 * ```
 * `ldfi nodes --emit FILE` writes such tests. Experiments are made in real time, so a test takes some seconds.
 */
import type { LiveFault } from '../experiments/experiment.js';
import { faultText } from '../live/nodes/faults.js';
import { replayOnNodes, TIMES } from '../live/nodes/replay.js';
import { type NodesSetup, questionOf } from '../live/nodes/setup.js';
import { assertKept, type Replayed, replayedOf } from './replayed.js';

export type { LiveFault } from '../experiments/experiment.js';
export type { NodesSetup } from '../live/nodes/setup.js';
export type { WorkloadName } from '../live/nodes/workloads/names.js';
export type { Replayed } from './replayed.js';
export { ToleranceError } from './tolerance-error.js';

export interface NodesReplayOptions {
  /** How often the faults are injected, 1 to 1,000. Default 5. */
  readonly times?: number;
  /** How many of the experiments without faults may run at once. Default 1. */
  readonly parallel?: number;
  /** Ends it soon after it is aborted; no process is left. */
  readonly signal?: AbortSignal;
}

/**
 * A program as nodes, for `replayNodes` and `assertNodesSurvive`. Nothing is started.
 * @throws LdfiError 'bad-options' that lists every problem
 */
export function defineNodes(setup: NodesSetup): NodesSetup {
  questionOf(setup, []);
  return setup;
}

/**
 * Makes five experiments without faults, then injects the faults some times, each in fresh processes.
 * @param faults at most one for each message; `call` is its name, as `ldfi nodes` prints it after the `@`
 * @throws LdfiError 'bad-options'; 'bad-program' if the program does not start or does not speak the protocol; the
 * signal's reason
 */
export async function replayNodes(
  nodes: NodesSetup,
  faults: readonly LiveFault[],
  { times = TIMES, parallel = 1, signal }: NodesReplayOptions = {},
): Promise<Replayed> {
  return replayedOf(await replayOnNodes(nodes, [faults], { times, parallel, signal }), signal);
}

/**
 * Asserts that the program keeps its promise in spite of some faults.
 * @throws ToleranceError if it does not, and if that cannot be told: the faults did not all happen, or the promise is
 * broken without them; what `replayNodes` throws
 */
export async function assertNodesSurvive(
  nodes: NodesSetup,
  faults: readonly LiveFault[],
  options: NodesReplayOptions = {},
): Promise<void> {
  assertKept(await replayNodes(nodes, faults, options), faults.map(faultText).join('; '));
}
