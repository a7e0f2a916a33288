/**
 * The exhaustive strategy: every admissible scenario by size, up to `maxFaults`, leaving out supersets of counterexamples found.
 */
import type { Fault, Scenario } from '../faults/fault.js';
import { canonical, compareFaults } from '../faults/scenario.js';
import type { SystemRun } from '../lineage/port.js';
import type { SearchEvent } from './events.js';
import { pause } from './pause.js';
import type { Session } from './session.js';
import { subsetsOfSize } from './subsets.js';

export async function* exhaustiveSearch<R extends SystemRun>(session: Session<R>): AsyncGenerator<SearchEvent> {
  const { space } = session.system;
  const faults = [...space.faults].sort(compareFaults);
  const most = Math.min(session.options.maxFaults ?? faults.length, faults.length);
  const found: Scenario[] = [];
  let steps = 0;
  for (let size = 1; size <= most; size++) {
    for (const subset of subsetsOfSize(faults, size)) {
      if (++steps % 4096 === 0) await pause();
      const stopped = session.mustStop();
      if (stopped) return yield session.conclude(stopped);
      if (!isAdmissible(subset, space.bounds.crashes) || found.some((known) => includes(subset, known))) continue;
      if (canonical(subset).length < size) continue;
      yield { kind: 'hypothesis', scenario: subset };
      const run = session.run(subset);
      yield session.runEvent(run);
      if (run.outcome.kind !== 'violated') continue;
      found.push(subset);
      yield session.record(run);
    }
  }
  yield session.conclude(most < faults.length ? 'max-faults' : session.mustStop());
}

/** At most `crashes` nodes crash, each once. */
function isAdmissible(scenario: Scenario, crashes: number): boolean {
  const nodes = scenario.flatMap((fault) => (fault.kind === 'crash' ? [fault.node] : []));
  return nodes.length <= crashes && new Set(nodes).size === nodes.length;
}

const includes = (scenario: Scenario, subset: readonly Fault[]): boolean =>
  subset.every((fault) => scenario.includes(fault));
