/**
 * The engine against the reference, on one spec: the three-way comparison that everything rests on.
 *
 * `compareSets`: verdict and minimal counterexamples of total lineage, run lineage and brute force are equal.
 * `compareScenarios`: scenario by scenario, the simulator's facts and outcome, the ground program's truth and the total
 * lineage agree with the naive evaluator, and every run lineage is true of its run and sound.
 */
import { parseProgram } from '../../src/dedalus/load.js';
import type { Program } from '../../src/dedalus/program.js';
import { scenarioCount } from '../../src/faults/count.js';
import type { Bounds, Scenario } from '../../src/faults/fault.js';
import { compareScenarios as byOrder, canonical, formatScenario } from '../../src/faults/scenario.js';
import type { Mistake } from '../../src/lineage/ground/mistakes.js';
import { type DedalusOptions, DedalusSystem } from '../../src/lineage/ground/system.js';
import { search } from '../../src/search/search.js';
import type { Verdict } from '../../src/search/verdict.js';
import type { Invariant } from '../../src/simulator/outcome.js';
import type { Run } from '../../src/simulator/run.js';
import { everyFault, isBeyondUsual, minimalSets } from './all-kinds.js';
import { bruteForce } from './brute-force.js';
import { type NaiveRun, naiveRun, postRows, referenceOutcome } from './naive.js';
import { allScenarios } from './scenarios.js';
import { orderRows } from './values.js';

/** A spec as text with bounds. */
export interface Spec {
  readonly text: string;
  readonly bounds: Bounds;
}

/** What a search found, in one line: the verdict and the minimal sets. */
export interface Answer {
  readonly verdict: string;
  readonly sets: string;
  /** Of a vacuous verdict: whether some scenario promises anything. */
  readonly promises?: Verdict['promises'];
}

export interface Comparison {
  readonly brute: Answer;
  readonly total: Answer;
  readonly run: Answer;
  /** Executions of the search by run lineage. */
  readonly executions: number;
}

const inOrder = (scenarios: readonly Scenario[]): string =>
  scenarios
    .map((scenario) => canonical(scenario))
    .sort(byOrder)
    .map(formatScenario)
    .join(' ');

/** The program of a text, or undefined if the front end rejects it. */
export const programOf = (text: string): Program | undefined => parseProgram(text).program;

/** The answer of brute force, or undefined if that takes more than `maxRuns` runs. */
export function bruteAnswer(
  program: Program,
  bounds: Bounds,
  maxRuns = 20_000,
  invariant: Invariant = 'strict',
): Answer | undefined {
  if (isBeyondUsual(bounds)) return bruteKinds(program, bounds, maxRuns);
  const result = bruteForce(program, bounds, { maxRuns, invariant });
  if (!result) return undefined;
  const { failureFree, minimal, promises } = result;
  if (failureFree.kind === 'no-post') return { verdict: failureFree.kind, sets: '' };
  if (failureFree.kind === 'violated') return { verdict: 'violated-failure-free', sets: '{}' };
  if (minimal.length > 0) return { verdict: 'violated', sets: inOrder(minimal) };
  if (failureFree.kind === 'vacuous') return { verdict: 'vacuous', sets: '', promises: promises ? 'some' : 'none' };
  return { verdict: 'holds', sets: '' };
}

/** The same where there are more kinds of faults; every scenario is run. */
function bruteKinds(program: Program, bounds: Bounds, maxRuns: number): Answer | undefined {
  if (scenarioCount(bounds) > BigInt(maxRuns)) return undefined;
  const outcome = (scenario: Scenario): string => naiveRun(program, bounds, scenario).outcome.kind;
  const most = bounds.maxCost ?? everyFault(bounds).length;
  const { sets } = minimalSets(bounds, most, (scenario) => outcome(scenario) === 'violated');
  return { verdict: sets.length > 0 ? 'violated' : outcome([]), sets: inOrder(sets) };
}

/** The verdict of the engine. */
export async function engineVerdict(program: Program, bounds: Bounds, options: DedalusOptions): Promise<Verdict> {
  for await (const event of search(new DedalusSystem(program, bounds, options)))
    if (event.kind === 'verdict') return event.verdict;
  throw new Error('a search ended without a verdict');
}

export const answerOf = ({ kind, counterexamples, promises }: Verdict): Answer => ({
  verdict: kind,
  sets: inOrder(counterexamples.map(({ faults }) => faults)),
  ...(promises && { promises }),
});

/** All three answers; undefined if the front end rejects the text or brute force would take too long. */
export async function compareSets(
  { text, bounds }: Spec,
  maxRuns?: number,
  mistake?: Mistake,
  invariant: Invariant = 'strict',
): Promise<Comparison | undefined> {
  const program = programOf(text);
  const brute = program && bruteAnswer(program, bounds, maxRuns, invariant);
  if (!program || !brute) return undefined;
  const options = mistake ? { mistake, invariant } : { invariant };
  const total = await engineVerdict(program, bounds, { ...options, lineage: 'total' });
  const run = await engineVerdict(program, bounds, { ...options, lineage: 'run' });
  return { brute, total: answerOf(total), run: answerOf(run), executions: run.statistics.executions };
}

/** Whether all three are equal. */
export const agree = ({ brute, total, run }: Comparison): boolean =>
  [total, run].every((answer) => answer.verdict === brute.verdict && answer.sets === brute.sets) &&
  total.promises === brute.promises &&
  (run.promises === brute.promises || run.promises === 'unknown');

/** The first disagreement over all (up to `most`) scenarios in words, or undefined. */
export async function compareScenarios(
  { text, bounds }: Spec,
  most = 400,
  invariant: Invariant = 'strict',
): Promise<string | undefined> {
  const program = programOf(text);
  if (!program) return undefined;
  const scenarios = allScenarios(bounds)
    .slice(0, most)
    .map((scenario) => canonical(scenario));
  const system = new DedalusSystem(program, bounds, { lineage: 'total', invariant });
  const byRun = new DedalusSystem(program, bounds, { lineage: 'run', invariant });
  const { known } = await finish(system.lineage());
  const perRun = await finish(byRun.lineage());
  const promised = postRows(naiveRun(program, bounds, []));
  const holding = new Map<Scenario, boolean>();
  for (const scenario of scenarios) {
    const run = system.simulate(scenario);
    const naive = naiveRun(program, bounds, scenario);
    const difference = differentRuns(program, bounds, run, naive);
    if (difference) return `${formatScenario(scenario)}: ${difference}`;
    const expected = invariant === 'strict' ? naive.outcome : referenceOutcome(naive, promised);
    const violated = expected.kind === 'violated' || (expected.kind === 'no-post' && run.outcome.kind === 'violated');
    holding.set(scenario, !violated);
    if ((run.outcome.kind === 'violated') !== violated)
      return `${formatScenario(scenario)}: outcome ${run.outcome.kind}, reference ${expected.kind}`;
    if (system.space.evaluator(scenario)(known) === violated)
      return `${formatScenario(scenario)}: the total lineage says the opposite of ${expected.kind}`;
  }
  for (const [scenario, holds] of [...holding].slice(0, 40)) {
    if (!holds) continue;
    const learned = await perRun.learn(byRun.simulate(scenario));
    if (!byRun.space.evaluator(scenario)(learned)) return `${formatScenario(scenario)}: its lineage is not true of it`;
    for (const [other, otherHolds] of holding)
      if (!otherHolds && byRun.space.evaluator(other)(learned))
        return `the lineage of ${formatScenario(scenario)} says that ${formatScenario(other)} holds`;
  }
  return undefined;
}

/** Runs a generator to its end. */
export async function finish<T>(steps: Generator<unknown, T> | AsyncGenerator<unknown, T>): Promise<T> {
  for (;;) {
    const step = await steps.next();
    if (step.done) return step.value;
  }
}

/** The first difference between two runs' facts and messages. */
function differentRuns(program: Program, bounds: Bounds, run: Run, naive: NaiveRun): string | undefined {
  for (let tick = 1; tick <= bounds.eot; tick++)
    for (const relation of program.relations.keys()) {
      const ours = JSON.stringify([...run.rows(relation, tick)].sort(orderRows));
      const theirs = JSON.stringify([...(naive.ticks[tick]?.get(relation) ?? [])].sort(orderRows));
      if (ours !== theirs) return `${relation}@${tick}: ${ours}, reference ${theirs}`;
    }
  return differentMessages(run, naive, bounds);
}

/** Messages as sets of (from, to, sent, relation, row, arrived), those sent at the end of time left out. */
function differentMessages(run: Run, naive: NaiveRun, { eot }: Bounds): string | undefined {
  const ours = new Set(
    run
      .messages()
      .filter(({ sent }) => sent < eot)
      .map((m) => JSON.stringify([m.from, m.to, m.sent, m.relation, m.row, !m.lost])),
  );
  const theirs = new Set(
    naive.messages
      .filter(({ sent }) => sent < eot)
      .map((m) => JSON.stringify([m.from, m.to, m.sent, m.relation, m.row, m.arrived])),
  );
  const extra = [...ours].find((message) => !theirs.has(message));
  const missing = [...theirs].find((message) => !ours.has(message));
  if (extra) return `message ${extra} is not in the reference`;
  return missing && `message ${missing} is missing`;
}
