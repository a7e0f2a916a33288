/**
 * The audit of the check: what it says of a world must not depend on what was run before.
 *
 * A check that reads a variable which handlers fill (a log of deliveries beside the world, say) answers right after the run that filled it, and wrong for
 * every world that is only known to be possible. So the ends of some runs are judged again after other runs, and must be judged as they were.
 */
import { LdfiError } from '../../core/invariant.js';
import type { Outcome } from '../../core/outcome.js';
import type { Scenario } from '../../faults/fault.js';
import { heaviestScenarios } from '../../faults/sampling.js';
import { formatScenario } from '../../faults/scenario.js';
import type { AnyProtocol } from '../../protocol/types.js';
import { judge } from '../../protocol/world.js';
import type { ProtocolRun } from './run.js';
import { probes, singles } from './scenarios.js';
import type { ProtocolSystem } from './system.js';

/** Scenarios beside those without any and with all the faults: single ones, and counterexamples; and those with which every search begins. */
const MOST = { single: 8, counterexamples: 3, probes: 12 };

/**
 * Runs scenarios that differ as much as they can, and after each of them judges the ends of the first and of the one before again.
 * @returns the runs, one by one
 * @throws LdfiError 'impure-handler'
 */
export function* auditCheck(system: ProtocolSystem, found: readonly Scenario[]): Generator<ProtocolRun> {
  let first: ProtocolRun | undefined;
  let before: ProtocolRun | undefined;
  for (const scenario of telling(system, found)) {
    // On the plain simulator, so that the search's own knowledge stays what it is.
    const run = system.watchedPlain(scenario);
    sameAnswers(
      system.protocol,
      [first, before].filter((it) => it !== undefined),
      'after another run',
    );
    first ??= run;
    before = run;
    yield run;
  }
}

/** @param when what is different now */
export function sameAnswers(protocol: AnyProtocol, runs: readonly ProtocolRun[], when: string): void {
  for (const { scenario, finals, outcome } of runs) {
    if (inWords(outcome) === answer(() => judge(protocol, finals))) continue;
    const end = scenario.length === 0 ? 'without faults' : `with ${formatScenario(scenario)}`;
    throw new LdfiError(
      'impure-handler',
      `check says otherwise of the same world, the end of the run ${end}, when it is asked ${when}: it depends on something that handlers left in a variable. It must depend on nothing but the world`,
    );
  }
}

function telling(system: ProtocolSystem, found: readonly Scenario[]): Scenario[] {
  return [
    [],
    ...heaviestScenarios(system.space),
    ...singles(system.space, MOST.single),
    ...probes(system.space, MOST.probes),
    ...found.slice(0, MOST.counterexamples),
  ];
}

const inWords = ({ kind, witnesses }: Outcome): string => JSON.stringify([kind, witnesses]);

/** A check that throws where it answered before says otherwise, too. */
function answer(judged: () => Outcome): string {
  try {
    return inWords(judged());
  } catch (error) {
    if (error instanceof LdfiError) return error.message;
    throw error;
  }
}
