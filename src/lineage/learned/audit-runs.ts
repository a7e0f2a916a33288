/**
 * The audit before a verdict: what a scenario leads to must not depend on what was run before it.
 *
 * Scenarios that differ as much as they can are run again, in other orders, where no code of the protocol has run
 * before if there are such hosts: a memo that the run without faults has filled is then filled by another scenario, and
 * shows. After each run the check judges earlier ends once more: one that reads a variable which handlers fill would
 * answer right only after the run that filled it.
 */
import { LdfiError } from '../../core/invariant.js';
import type { Outcome } from '../../core/outcome.js';
import { type Work, wait } from '../../core/work.js';
import type { Scenario } from '../../faults/fault.js';
import { heaviestScenarios } from '../../faults/sampling.js';
import { formatScenario } from '../../faults/scenario.js';
import type { FaultSpace } from '../../faults/space.js';
import type { ProtocolHost } from '../../protocol/runtime/host.js';
import type { TracedRun } from './run.js';
import { probes, singles } from './scenarios.js';
import { compareTraces } from './trace.js';

/**
 * Scenarios beside those without any and with all the faults: single ones, counterexamples, and those with which every
 * search begins.
 */
const MOST = { single: 8, counterexamples: 3, probes: 12 };

/** Runs a scenario on a host, slot by slot. */
export type Rerun = (host: ProtocolHost, scenario: Scenario) => Work<TracedRun>;

/** A host to compare with. */
export interface Other {
  readonly host: ProtocolHost;
  /** Whether no code of the protocol has run there. */
  readonly fresh: boolean;
}

/** The scenarios of an audit, each once; first the one without faults, then the most telling ones. */
export function tellingScenarios(space: FaultSpace, found: readonly Scenario[]): Scenario[] {
  const [most = [], ...heavy] = heaviestScenarios(space);
  const one = singles(space, MOST.single);
  const some = [...probes(space, MOST.probes)];
  const all = [
    most,
    found[0] ?? some[1] ?? [],
    one[0] ?? [],
    ...heavy,
    ...found.slice(0, MOST.counterexamples),
    ...some,
    ...one,
  ];
  const byName = new Map(all.map((scenario) => [formatScenario(scenario), scenario]));
  byName.delete(formatScenario([]));
  return [[], ...byName.values()];
}

/**
 * Runs the scenarios on the host of the search, and on others in other orders; yields after each run.
 * @throws LdfiError 'hidden-state', 'impure-handler'
 */
export function* auditRuns(
  rerun: Rerun,
  own: ProtocolHost,
  others: readonly Other[],
  scenarios: readonly Scenario[],
): Work<readonly TracedRun[], 'run'> {
  const runs = yield* judgedAgain(rerun, own, scenarios);
  for (const [i, { host, fresh }] of others.entries()) {
    const where = fresh ? 'in a fresh process' : 'when scenarios are run in another order';
    const order = orderOf(runs, i);
    // One of them is enough: in the others handlers come first.
    if (fresh && i === 0) yield* sameAnswers(host, order, `${where}, where no handler has run`);
    for (const run of order) {
      const again = yield* rerun(host, run.scenario);
      const [first] = order;
      const when = `${where}${fresh ? ` that begins with the scenario ${formatScenario(first?.scenario ?? [])}` : ''}`;
      compareTraces(run.slots, again.slots, `${when}, in the scenario ${formatScenario(run.scenario)}`);
      if (inWords(run.outcome) !== inWords(again.outcome)) throw checkDiffers(run.scenario, when);
      yield 'run';
    }
  }
  return runs;
}

/**
 * Each of the others begins with another scenario, goes on forwards or backwards, and ends with the one that was first.
 */
function orderOf<T>([good, ...others]: readonly T[], number: number): T[] {
  const start = number % Math.max(1, others.length);
  const rest = others.filter((_, i) => i !== start);
  return [...others.slice(start, start + 1), ...(number % 2 === 0 ? rest.reverse() : rest), ...(good ? [good] : [])];
}

/** Runs scenarios, and after each of them judges the ends of the first and of the one before again. */
function* judgedAgain(rerun: Rerun, host: ProtocolHost, scenarios: readonly Scenario[]): Work<TracedRun[], 'run'> {
  const runs: TracedRun[] = [];
  for (const scenario of scenarios) {
    const earlier = [...runs.slice(0, 1), ...runs.slice(1).slice(-1)];
    runs.push(yield* rerun(host, scenario));
    yield* sameAnswers(host, earlier, 'after another run');
    yield 'run';
  }
  return runs;
}

/**
 * The check must say of the ends of runs what it said before.
 * @param when what is different now
 * @throws LdfiError 'impure-handler'
 */
export function* sameAnswers(host: ProtocolHost, runs: readonly Omit<TracedRun, 'slots'>[], when: string): Work<void> {
  const judged = runs.filter(({ finals }) => finals.every(({ failure }) => failure === undefined));
  if (judged.length === 0) return;
  const answers = yield* wait(
    host.judge(
      judged.map(({ finals }) => finals),
      'none',
    ),
  );
  judged.forEach(({ scenario, outcome }, i) => {
    const answer = answers[i];
    // A check that throws where it answered before says otherwise, too.
    if (answer === undefined || answer instanceof LdfiError || inWords(answer.outcome) !== inWords(outcome))
      throw checkDiffers(scenario, when);
  });
}

function checkDiffers(scenario: Scenario, when: string): LdfiError {
  const end = scenario.length === 0 ? 'without faults' : `with ${formatScenario(scenario)}`;
  return new LdfiError(
    'impure-handler',
    `check says otherwise of the same world, the end of the run ${end}, when it is asked ${when}: it depends on something that was left in a variable. It must depend on nothing but the world`,
  );
}

const inWords = ({ kind, witnesses }: Outcome): string => JSON.stringify([kind, witnesses]);
