/**
 * What a report takes along of a protocol: transitions and answers of the check, learned by running what its reader will look at first.
 */
import type { Scenario } from '../../../faults/fault.js';
import { admit, canonical, formatScenario } from '../../../faults/scenario.js';
import type { Knowledge, ProtocolSystem } from '../../../lineage/learned/system.js';
import type { Oracle } from '../../../solver/oracle.js';
import type { CheckResult } from '../../schema.js';

/** Most counterexamples, and most scenarios one fault away from the first, that are run. */
const MOST = { counterexamples: 200, changes: 400 } as const;

/** Most characters of what is learned beyond the runs. */
const LARGEST = 4_000_000;

/** What is known, or why nothing can be. */
export type Learned = Knowledge | { readonly missing: string };

/**
 * Learns what the report of a check needs, by runs alone.
 * @param system a fresh one, of the check's protocol and bounds
 * @throws LdfiError for handlers that do what they must not
 */
export function learnFromRuns(system: ProtocolSystem, check: CheckResult): Learned {
  for (const scenario of scenariosFor(system, check)) system.simulate(scenario);
  return system.knowledge() ?? { missing: system.fallback ?? 'lineage is that of whole runs' };
}

/** The same, and what no run has shown yet, as far as the search's own budget goes. @param oracle of the system's space */
export async function learn(system: ProtocolSystem, check: CheckResult, oracle: Oracle): Promise<Learned> {
  const runs = learnFromRuns(system, check);
  if ('missing' in runs) return runs;
  const steps = system.lineage(oracle);
  while (!(await steps.next()).done);
  const all = system.knowledge();
  return all && JSON.stringify(all).length <= LARGEST ? all : runs;
}

/** The run without faults, the counterexamples, each with one fault less, and what is one fault away from the first. */
function scenariosFor({ space }: ProtocolSystem, { counterexamples }: CheckResult): Scenario[] {
  const found = counterexamples.slice(0, MOST.counterexamples).map(({ faults }) => faults as Scenario);
  const less = found.flatMap((faults) => faults.map((_, i) => faults.filter((_fault, j) => j !== i)));
  const [first = []] = found;
  const more = space.faults.slice(0, MOST.changes).flatMap((fault) => [[...first, fault], [fault]]);
  const all = new Map<string, Scenario>();
  for (const faults of [[], ...found, ...less, ...more]) {
    const scenario = admitted(faults, space.bounds);
    if (scenario) all.set(formatScenario(scenario), scenario);
  }
  return [...all.values()];
}

function admitted(faults: Scenario, bounds: ProtocolSystem['space']['bounds']): Scenario | undefined {
  try {
    return admit(canonical(faults), bounds);
  } catch {
    // Two crashes of one node, say: nothing that the page could ask for.
    return undefined;
  }
}
