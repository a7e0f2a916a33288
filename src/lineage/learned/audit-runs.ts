/**
 * The audit before a verdict: what a scenario leads to must not depend on what was run before it.
 *
 * Scenarios that differ as much as they can are run again, in other orders, where no code of the protocol has run
 * before if there are such hosts: a memo that the run without faults has filled is then filled by another scenario, and
 * shows. After all of them the check judges all ends once more: one that reads a variable which handlers fill would
 * answer right only after the run that filled it.
 */
import { LdfiError } from '../../core/invariant.js';
import type { Outcome } from '../../core/outcome.js';
import { type Work, wait, whenDone } from '../../core/work.js';
import type { Scenario } from '../../faults/fault.js';
import { heaviestScenarios } from '../../faults/sampling.js';
import { formatScenario } from '../../faults/scenario.js';
import type { FaultSpace } from '../../faults/space.js';
import type { Judge, ProtocolHost } from '../../protocol/runtime/host.js';
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

/**
 * The scenarios of an audit, each once; first the one without faults, then the most telling ones.
 * @param found those of the counterexamples
 * @param few whether each step of each run is compared with others anyway
 */
export function tellingScenarios(space: FaultSpace, found: readonly Scenario[], few: boolean): Scenario[] {
  const [most = [], ...heavy] = heaviestScenarios(space);
  const one = few ? [] : singles(space, MOST.single);
  const some = few ? [] : [...probes(space, MOST.probes)];
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

/** Runs on hosts where no code of the protocol has run before, while the search goes on. */
export class FreshRuns {
  private readonly asked: { readonly host: ProtocolHost; readonly runs: Map<string, Promise<TracedRun>> }[];
  private readonly judged: Promise<void>;

  /**
   * Each host begins with another scenario than the search did, and so does the check.
   * @param runs what scenarios led to, the one without faults first
   */
  constructor(
    private readonly rerun: Rerun,
    hosts: readonly ProtocolHost[],
    runs: readonly TracedRun[],
  ) {
    const [first] = hosts;
    // One of them is enough: in the others handlers come first.
    const judged = first ? sameAnswers(first, orderOf(runs, 0), `${FRESH}, where no handler has run`) : nothing();
    this.judged = begun(judged);
    this.asked = hosts.map((host) => ({ host, runs: new Map() }));
    this.asked.forEach((one, i) => {
      for (const { scenario } of orderOf(runs, i)) this.ask(one, scenario);
    });
  }

  /**
   * Compares them with what the scenarios led to elsewhere; yields after each run.
   * @throws LdfiError 'hidden-state', 'impure-handler'
   */
  *compare(runs: readonly TracedRun[]): Work<void, 'run'> {
    for (const one of this.asked) for (const { scenario } of runs) this.ask(one, scenario);
    yield* wait(this.judged);
    for (const { host, runs: again } of this.asked) {
      const when = `${FRESH} that begins with the scenario ${again.keys().next().value}`;
      const byName = new Map(runs.map((run) => [formatScenario(run.scenario), run]));
      for (const [name, other] of again) {
        const run = byName.get(name);
        if (run) compareRuns(run, yield* wait(other), when, host);
        yield 'run';
      }
    }
  }

  private ask({ host, runs }: (typeof this.asked)[number], scenario: Scenario): void {
    const name = formatScenario(scenario);
    if (!runs.has(name)) runs.set(name, begun(this.rerun(host, scenario)));
  }
}

const FRESH = 'in a fresh thread';

function* nothing(): Work<void> {}

/** Runs scenarios again in another order, where they were run before. */
export function* compareOrder(rerun: Rerun, host: ProtocolHost, runs: readonly TracedRun[]): Work<void, 'run'> {
  for (const run of orderOf(runs, 0)) {
    compareRuns(run, yield* rerun(host, run.scenario), 'when scenarios are run in another order', host);
    yield 'run';
  }
}

function compareRuns(run: TracedRun, again: TracedRun, when: string, { protocol: { kind } }: ProtocolHost): void {
  compareTraces(run.slots, again.slots, `${when}, in the scenario ${formatScenario(run.scenario)}`, kind);
  if (inWords(run.outcome) !== inWords(again.outcome)) throw checkDiffers(run.scenario, when);
}

/** Work that goes on by itself; whoever waits for it hears of its errors. */
function begun<T>(work: Work<T>): Promise<T> {
  const promise = whenDone(work);
  promise.catch(() => undefined);
  return promise;
}

/**
 * Each of the others begins with another scenario, goes on forwards or backwards, and ends with the one that was first.
 */
function orderOf<T>([good, ...others]: readonly T[], number: number): T[] {
  const start = number % Math.max(1, others.length);
  const rest = others.filter((_, i) => i !== start);
  return [...others.slice(start, start + 1), ...(number % 2 === 0 ? rest.reverse() : rest), ...(good ? [good] : [])];
}

/**
 * The check must say of the ends of runs what it said before.
 * @param when what is different now
 * @throws LdfiError 'impure-handler'
 */
export function* sameAnswers(host: ProtocolHost, runs: readonly Omit<TracedRun, 'slots'>[], when: string): Work<void> {
  const judged = runs.filter(({ finals }) => finals.every(({ failure }) => failure === undefined));
  const ends = judged.map(({ scenario, finals, checked }) => ({ scenario, finals, outcome: checked }));
  yield* sameSaid(host, 'check', ends, when);
  const ticks = judged.flatMap(({ scenario, ticks }) => ticks.map((tick) => ({ ...tick, scenario })));
  yield* sameSaid(host, 'always', ticks, when);
}

function* sameSaid(
  host: ProtocolHost,
  by: Judge,
  worlds: readonly Pick<TracedRun, 'scenario' | 'outcome' | 'finals'>[],
  when: string,
): Work<void> {
  if (worlds.length === 0) return;
  const finals = worlds.map((world) => world.finals);
  const answers = yield* wait(host.judge(finals, 'none', by));
  worlds.forEach(({ scenario, outcome }, i) => {
    const answer = answers[i];
    // A check that throws where it answered before says otherwise, too.
    if (answer === undefined || answer instanceof LdfiError || inWords(answer.outcome) !== inWords(outcome))
      throw checkDiffers(scenario, when, by);
  });
}

function checkDiffers(scenario: Scenario, when: string, by: Judge = 'check'): LdfiError {
  const end = scenario.length === 0 ? 'without faults' : `with ${formatScenario(scenario)}`;
  return new LdfiError(
    'impure-handler',
    `${by} says otherwise of the same world, ${by === 'check' ? 'the end' : 'a tick'} of the run ${end}, when it is asked ${when}: it depends on something that was left in a variable. It must depend on nothing but the world`,
  );
}

const inWords = ({ kind, witnesses }: Outcome): string => JSON.stringify([kind, witnesses]);
