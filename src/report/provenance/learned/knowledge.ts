/**
 * What a report takes along of a protocol: transitions and answers of the check, learned by running what its reader
 * will look at first.
 */
import { LdfiError } from '../../../core/invariant.js';
import type { Scenario } from '../../../faults/fault.js';
import { kinds, ofKind } from '../../../faults/kinds.js';
import { canonical, formatScenario, isAdmitted } from '../../../faults/scenario.js';
import type { ProtocolSystem } from '../../../lineage/learned/system.js';
import type { CheckResult, Learned } from '../../schema.js';

export type { Learned } from '../../schema.js';

/** Most counterexamples, and most scenarios one fault away from the first, that are run. */
const MOST = { counterexamples: 200, changes: 400 } as const;

/** Most characters of what is learned. */
const LARGEST = 4_000_000;

const WHOLE_RUNS: Learned = { missing: 'of an asynchronous system only whole runs are known' };

/**
 * What is known of a protocol when it has been searched, and what its readers will ask first.
 * @param system the one that was searched
 * @returns why there is nothing to be known, if so
 */
export async function learn(system: ProtocolSystem, check: CheckResult): Promise<Learned> {
  if (system.protocol.kind === 'system') return WHOLE_RUNS;
  try {
    const scenarios = scenariosFor(system, check);
    system.askAhead(scenarios);
    for (const scenario of scenarios) await system.run(scenario);
    return knownOf(system);
  } catch (error) {
    return refused(error);
  }
}

/** The same at once, of a protocol that runs in this very process. */
export function learnNow(system: ProtocolSystem, check: CheckResult): Learned {
  if (system.protocol.kind === 'system') return WHOLE_RUNS;
  try {
    for (const scenario of scenariosFor(system, check)) system.simulate(scenario);
    return knownOf(system);
  } catch (error) {
    return refused(error);
  }
}

function knownOf(system: ProtocolSystem): Learned {
  const known = system.knowledge();
  if (!known) return { missing: system.fallback ?? 'lineage is that of whole runs' };
  return JSON.stringify(known).length <= LARGEST ? known : { missing: 'what was learned is too large to be kept' };
}

/** Handlers that do what they must not: the result says so. */
function refused(error: unknown): Learned {
  if (error instanceof LdfiError) return { missing: error.message };
  throw error;
}

/** The run without faults, the counterexamples, each with one fault less, and what is one fault away from the first. */
function scenariosFor({ space }: ProtocolSystem, { counterexamples }: CheckResult): Scenario[] {
  const found = counterexamples.slice(0, MOST.counterexamples).map(({ faults }) => faults as Scenario);
  const less = found.flatMap((faults) => faults.map((_, i) => faults.filter((_fault, j) => j !== i)));
  const [first = []] = found;
  const more = ofEachKind(space.faults, MOST.changes).flatMap((fault) => [[...first, fault], [fault]]);
  const all = new Map<string, Scenario>();
  for (const faults of [[], ...found, ...less, ...more]) {
    const scenario = canonical(faults);
    // Two crashes of one node, say, are nothing that the page could ask for.
    if (isAdmitted(scenario, space.bounds)) all.set(formatScenario(scenario), scenario);
  }
  return [...all.values()];
}

/** At most so many faults, of every kind alike. */
function ofEachKind(faults: Scenario, most: number): Scenario {
  if (faults.length <= most) return faults;
  const groups = kinds().map((kind) => ofKind(faults, kind));
  const longest = Math.max(...groups.map(({ length }) => length));
  return Array.from({ length: longest }, (_, i) => groups.flatMap((group) => group[i] ?? []))
    .flat()
    .slice(0, most);
}
