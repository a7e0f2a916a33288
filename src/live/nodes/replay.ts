/**
 * Counterexamples of a program again, on the program as it is now.
 */
import type { LiveFault } from '../../experiments/experiment.js';
import { type Replay, type ReplayPlan, replayFaults } from '../../experiments/replay.js';
import { faultsOf } from '../faults.js';
import { kindFrom } from './faults.js';
import { type NodesSetup, questionOf } from './setup.js';
import { REPRODUCTIONS } from './stages.js';
import { BASELINES, type NodesExperiment, NodesSystem } from './system.js';

/** How often a counterexample is tried, if nothing else is said: as often as the search does. */
export const TIMES = REPRODUCTIONS + 1;

export interface NodesReplayPlan extends Omit<ReplayPlan<NodesExperiment>, 'baselines'> {
  /** How many experiments may run at once. */
  readonly parallel: number;
}

/**
 * @param sets of faults, as they come from outside
 * @throws LdfiError 'bad-options'; 'bad-program' if a program does not start or does not speak the protocol; the
 * signal's reason if it is aborted before the first fault
 */
export async function replayOnNodes(
  setup: NodesSetup,
  sets: readonly (readonly LiveFault[])[],
  { parallel, ...plan }: NodesReplayPlan,
): Promise<Replay<NodesExperiment>> {
  const checked = sets.map((faults) => faultsOf(faults, kindFrom));
  const all = checked.flat();
  const question = questionOf(setup, [...new Set(all.map(({ kind }) => kind))]);
  const system = await NodesSystem.prepare(question, parallel, plan.signal, all);
  return replayFaults(system, checked, { ...plan, baselines: BASELINES });
}
