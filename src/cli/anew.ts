/**
 * Whether a protocol behaves alike when its module is loaded anew: what handlers keep in variables of the module is full from earlier runs by the time the
 * audit looks, and only a fresh copy of the module shows it. Its check, too, must judge worlds without having seen how they came about.
 */
import { LdfiError } from '../core/invariant.js';
import type { Scenario } from '../faults/fault.js';
import { formatScenario } from '../faults/scenario.js';
import { auditCheck, sameAnswers } from '../lineage/learned/check-audit.js';
import { probes, singles } from '../lineage/learned/scenarios.js';
import type { ProtocolSystem } from '../lineage/learned/system.js';
import { compareTraces } from '../lineage/learned/trace.js';
import type { AnyProtocol } from '../protocol/types.js';
import type { Counterexample } from '../search/verdict.js';
import { systemOf } from '../testing/check.js';
import { loadProtocols } from './protocols.js';
import type { ProtocolSubject } from './subject.js';

/** Scenarios for which the module is loaded again: a few with many faults, single ones, and counterexamples. */
const MOST = { random: 2, single: 2, counterexamples: 1 };

const FRESH = 'in a fresh copy of the module';

/** The mistake, if there is one. */
export async function staleState(
  subject: ProtocolSubject,
  system: ProtocolSystem,
  counterexamples: readonly Counterexample[],
): Promise<LdfiError | undefined> {
  try {
    const found = counterexamples.map(({ faults }) => faults);
    const runs = [...auditCheck(system, found)];
    const judge = await freshCopy(subject);
    if (judge) sameAnswers(judge, runs, `${FRESH}, where no handler has run`);
    for (const scenario of scenarios(system, counterexamples)) {
      const fresh = await freshCopy(subject);
      // The file has changed under our feet.
      if (!fresh) return undefined;
      const again = systemOf(fresh, system.space.bounds);
      const where = `${FRESH}, in the scenario ${formatScenario(scenario)}`;
      compareTraces(system.trace(scenario), again.trace(scenario), where);
    }
    return undefined;
  } catch (error) {
    if (error instanceof LdfiError) return error;
    throw error;
  }
}

async function freshCopy({ spec, protocol }: ProtocolSubject): Promise<AnyProtocol | undefined> {
  const { protocols } = await loadProtocols(spec.roots[0] ?? '');
  return protocols.find(({ name }) => name === protocol.name);
}

function scenarios({ space }: ProtocolSystem, counterexamples: readonly Counterexample[]): Scenario[] {
  return [
    ...singles(space, MOST.single),
    ...probes(space, MOST.random),
    ...counterexamples.slice(0, MOST.counterexamples).map(({ faults }) => faults),
  ];
}
