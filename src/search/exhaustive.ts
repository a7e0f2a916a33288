/**
 * The exhaustive strategy: every admissible scenario by size, up to `maxFaults`, leaving out supersets of
 * counterexamples found.
 */
import { pause } from '../core/event-loop.js';
import { subsetsOfSize } from '../core/subsets.js';
import type { Fault, Scenario } from '../faults/fault.js';
import { compareFaults, isAdmitted } from '../faults/scenario.js';
import type { SystemRun } from '../lineage/port.js';
import type { SearchEvent } from './events.js';
import type { Session } from './session.js';
import type { StopReason } from './verdict.js';

export async function* exhaustiveSearch<R extends SystemRun>(
  session: Session<R>,
): AsyncGenerator<SearchEvent, StopReason | undefined> {
  const { space } = session.system;
  const faults = [...space.faults].sort(compareFaults);
  const most = Math.min(session.options.maxFaults ?? faults.length, faults.length);
  const found: Scenario[] = [];
  const joins = (members: readonly Fault[], fault: Fault): boolean => isAdmitted([...members, fault], space.bounds);
  let steps = 0;
  for (let size = 1; size <= most; size++) {
    session.prove({ faults: size - 1 });
    for (const subset of subsetsOfSize(faults, size, joins)) {
      if (++steps % 4096 === 0) await pause();
      const stopped = session.mustStop();
      if (stopped) return stopped;
      if (found.some((known) => includes(subset, known))) continue;
      yield { kind: 'hypothesis', scenario: subset };
      const run = await session.run(subset);
      yield session.runEvent(run);
      if (run.outcome.kind !== 'violated') continue;
      found.push(subset);
      yield* session.recorded(run);
    }
  }
  session.prove({ faults: most });
  if (most < faults.length) return 'max-faults';
  if (session.promises === 'unknown') session.promises = 'none';
  return session.mustStop();
}

const includes = (scenario: Scenario, subset: readonly Fault[]): boolean =>
  subset.every((fault) => scenario.includes(fault));
