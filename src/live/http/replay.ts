/**
 * Counterexamples of running services again, on the services as they are now.
 */
import { LdfiError } from '../../core/invariant.js';
import type { LiveFault } from '../../experiments/experiment.js';
import { type Replay, type ReplayPlan, replayFaults } from '../../experiments/replay.js';
import { faultsOf } from '../faults.js';
import { KINDS } from './faults.js';
import type { HttpExperiment, HttpSystem } from './system.js';

/** How often a counterexample is tried, if nothing else is said. */
export const TIMES = 3;

/** @throws LdfiError 'bad-options' */
function kindFrom(text: string): string {
  const known: readonly string[] = KINDS;
  if (known.includes(text)) return text;
  throw new LdfiError('bad-options', `"${text}" is no kind of fault of a call; there are ${KINDS.join(', ')}`);
}

/** Faults of calls, as they come from outside. @throws LdfiError 'bad-options' */
export const callFaultsOf = (data: unknown): LiveFault[] => faultsOf(data, kindFrom);

/**
 * @param system whose proxies are open
 * @param sets of faults, as they come from outside
 * @throws LdfiError 'bad-options'; SystemFailure; the signal's reason if it is aborted before the first fault
 */
export async function replayOnServices(
  system: HttpSystem,
  sets: readonly (readonly LiveFault[])[],
  plan: Omit<ReplayPlan<HttpExperiment>, 'baselines'>,
): Promise<Replay<HttpExperiment>> {
  const checked = sets.map(callFaultsOf);
  await system.rehearse(plan.signal);
  return replayFaults(system, checked, { ...plan, baselines: 1 });
}
