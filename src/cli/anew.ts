/**
 * Whether a protocol behaves alike when its module is loaded anew: what handlers keep in variables of the module is full from earlier runs by the time the
 * audit looks, and only a fresh copy of the module shows it.
 */
import { LdfiError } from '../core/invariant.js';
import type { Scenario } from '../faults/fault.js';
import { formatScenario } from '../faults/scenario.js';
import type { ProtocolSystem } from '../lineage/learned/system.js';
import { compareTraces } from '../lineage/learned/trace.js';
import type { Counterexample } from '../search/verdict.js';
import { systemOf } from '../testing/check.js';
import { loadProtocols } from './protocols.js';
import type { ProtocolSubject } from './subject.js';

/** Scenarios for which the module is loaded again: a few with many faults, single ones, and counterexamples. */
const MOST = { random: 2, single: 2, counterexamples: 1 };

/** The mistake, if there is one. */
export async function staleState(
  { spec, protocol }: ProtocolSubject,
  system: ProtocolSystem,
  counterexamples: readonly Counterexample[],
): Promise<LdfiError | undefined> {
  const [path = ''] = spec.roots;
  for (const scenario of scenarios(system, counterexamples)) {
    const { protocols } = await loadProtocols(path);
    const fresh = protocols.find(({ name }) => name === protocol.name);
    // The file has changed under our feet.
    if (!fresh) return undefined;
    try {
      const again = systemOf(fresh, system.space.bounds);
      const where = `in a fresh copy of the module, in the scenario ${formatScenario(scenario)}`;
      compareTraces(system.trace(scenario), again.trace(scenario), where);
    } catch (error) {
      if (error instanceof LdfiError) return error;
      throw error;
    }
  }
  return undefined;
}

function scenarios(system: ProtocolSystem, counterexamples: readonly Counterexample[]): Scenario[] {
  const { faults } = system.space;
  const stride = Math.max(1, Math.floor(faults.length / MOST.single));
  const single = faults.filter((_, i) => i % stride === 0).slice(0, MOST.single);
  return [
    ...single.map((fault): Scenario => [fault]),
    ...[...system.probes()].slice(0, MOST.random),
    ...counterexamples.slice(0, MOST.counterexamples).map(({ faults: found }) => found),
  ];
}
