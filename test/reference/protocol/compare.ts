/**
 * The engine against the reference, on one random protocol.
 *
 * `compareSets`: verdict and minimal counterexamples of the search (by learned transitions, by whole runs, and with
 * next to no budget) are those of brute force on the naive simulator. `compareRuns`: scenario by scenario, messages,
 * logs, states and answers of both simulators are equal.
 */

import type { Scenario } from '../../../src/faults/fault.js';
import { canonical, formatScenario } from '../../../src/faults/scenario.js';
import type { Operation } from '../../../src/history/history.js';
import type { ProtocolRun } from '../../../src/lineage/learned/run.js';
import { type ProtocolOptions, ProtocolSystem } from '../../../src/lineage/learned/system.js';
import { defineProtocol } from '../../../src/protocol/define.js';
import type { AnyProtocol, CheckAnswer } from '../../../src/protocol/types.js';
import { search } from '../../../src/search/search.js';
import type { Verdict } from '../../../src/search/verdict.js';
import { orderScenarios } from '../scenarios.js';
import { bruteForce } from './brute-force.js';
import { definitionOf, naively } from './definition.js';
import { Dice } from './dice.js';
import type { Draft } from './draft.js';
import type { NaiveRun } from './naive.js';
import { show } from './show.js';

/** What a search found: the verdict and the minimal sets, in one line each. */
export interface Answer {
  readonly verdict: string;
  readonly sets: string;
}

export interface Found extends Answer {
  /** How it was searched. */
  readonly way: string;
  readonly executions: number;
}

export interface Comparison {
  readonly brute: Answer;
  readonly scenarios: number;
  readonly found: readonly Found[];
}

const inOrder = (scenarios: readonly Scenario[]): string =>
  [...scenarios]
    .map((scenario) => canonical(scenario))
    .sort(orderScenarios)
    .map(formatScenario)
    .sort()
    .join(' ');

export const protocolOf = (draft: Draft): AnyProtocol => defineProtocol(definitionOf(draft));

/** The answer of brute force; undefined if that takes more than `most` runs. */
export function bruteAnswer(draft: Draft, most?: number): (Answer & { readonly runs: number }) | undefined {
  const run = naively(draft);
  const { outcome } = run([]);
  if (outcome === 'violated') return { verdict: 'violated-failure-free', sets: '{}', runs: 1 };
  const result = bruteForce(run, draft.bounds, undefined, most);
  if (!result) return undefined;
  const { minimal, runs } = result;
  const verdict = minimal.length > 0 ? 'violated' : outcome;
  return { verdict, sets: inOrder(minimal), runs };
}

async function verdictOf(draft: Draft, options: ProtocolOptions): Promise<Verdict> {
  for await (const event of search(new ProtocolSystem(protocolOf(draft), draft.bounds, options)))
    if (event.kind === 'verdict') return event.verdict;
  throw new Error('a search ended without a verdict');
}

/** Ways to search: by default, by whole runs, and with so little budget that most is learned from runs. */
export function waysOf(seed: number): Readonly<Record<string, ProtocolOptions>> {
  const dice = new Dice(seed);
  const limits = dice.chance(70)
    ? {
        tries: dice.between(0, 5),
        checks: { first: dice.between(0, 2), each: dice.between(0, 2), most: dice.pick([0, 3, 1_000]) },
        gates: dice.pick([0, 50, 400_000]),
        probes: dice.pick([0, 12]),
      }
    : { checks: { first: 0, each: 0, most: 0 }, gates: dice.pick([100, 1_000, 10_000]) };
  return { auto: {}, run: { lineage: 'run' }, [JSON.stringify(limits)]: { limits, large: 0 } };
}

/** All answers; undefined if brute force would take too long. */
export async function compareSets(
  draft: Draft,
  ways: Readonly<Record<string, ProtocolOptions>>,
): Promise<Comparison | undefined> {
  const brute = bruteAnswer(draft);
  if (!brute) return undefined;
  const found: Found[] = [];
  for (const [way, options] of Object.entries(ways)) found.push(await searched(draft, way, options));
  const { verdict, sets, runs } = brute;
  return { brute: { verdict, sets }, scenarios: runs, found };
}

/** A search's answer; an error is one as well. Mistakes made on purpose call it by name. @public */
export async function searched(draft: Draft, way: string, options: ProtocolOptions): Promise<Found> {
  try {
    const { kind, counterexamples, statistics, complete } = await verdictOf(draft, options);
    const verdict = complete ? kind : `${kind}, not complete`;
    return {
      way,
      verdict,
      sets: inOrder(counterexamples.map(({ faults }) => faults)),
      executions: statistics.executions,
    };
  } catch (error) {
    return {
      way,
      verdict: error instanceof Error ? (error.stack ?? error.message) : String(error),
      sets: '',
      executions: 0,
    };
  }
}

/** The answers that are not that of brute force. */
export const wrong = ({ brute, found }: Comparison): Found[] =>
  found.filter(({ verdict, sets }) => verdict !== brute.verdict || sets !== brute.sets);

/** The first difference between the two simulators in words, over the given scenarios; or undefined. */
export function compareRuns(draft: Draft, scenarios: readonly Scenario[]): string | undefined {
  const run = naively(draft);
  const system = new ProtocolSystem(protocolOf(draft), draft.bounds);
  for (const scenario of scenarios) {
    const [ours, theirs] = [seen(draft, run(scenario)), seenBySystem(system.simulate(canonical(scenario)))];
    for (const what of ['messages', 'finals', 'outcome'] as const)
      if (ours[what] !== theirs[what])
        return `${formatScenario(scenario)}: ${what} differ\n  naive ${ours[what]}\n  core  ${theirs[what]}`;
  }
  return undefined;
}

/** What can be seen of a run, in three texts. */
interface Sight {
  readonly messages: string;
  readonly finals: string;
  readonly outcome: string;
}

function seen({ bounds }: Draft, run: NaiveRun): Sight {
  const failed = new Set(run.thrown.map(({ node }) => node));
  const arrives = (lost: boolean, sent: number): boolean => !lost && sent < bounds.eot;
  return {
    messages: show(
      run.messages
        .map(({ from, to, sent, message, lost }) => [sent, from, to, message, lost, arrives(lost, sent)])
        .sort(bySender),
    ),
    finals: show(
      bounds.nodes.map((node) => [
        run.alive.includes(node),
        failed.has(node) ? undefined : run.states.get(node),
        run.logs.get(node),
        run.history.filter(({ client }) => client === node).map(operationOf),
      ]),
    ),
    outcome: show([run.outcome, witnesses(run)]),
  };
}

/** Rows in order. */
function witnesses({ answer, broken }: NaiveRun): string[] {
  const rowsOf = (said: CheckAnswer): unknown[] => {
    if (typeof said === 'string') return [];
    return typeof said.violated === 'string' ? [[said.violated]] : [...said.violated];
  };
  const there = broken ? rowsOf(broken.answer).map((row) => ({ tick: broken.tick, row })) : [];
  return [...rowsOf(answer), ...there].map(show).sort();
}

function seenBySystem({ messages, finals, outcome }: ProtocolRun): Sight {
  return {
    messages: show(
      messages
        .map(({ from, to, sent, message, lost, at }) => [sent, from, to, message.copy, lost, at.length > 0])
        .sort(bySender),
    ),
    finals: show(finals.map(({ alive, state, log, history }) => [alive, state, log, history.map(operationOf)])),
    outcome: show([outcome.kind, outcome.witnesses.map(show).sort()]),
  };
}

const operationOf = ({ op, invoked, completed, result, turns }: Omit<Operation, 'client'>): unknown[] => [
  ...[op, invoked, completed, result, turns],
];

/** By tick and sender; sorting is stable, so the order of sending stays. */
function bySender(a: readonly unknown[], b: readonly unknown[]): number {
  const [tickA, tickB] = [a[0] as number, b[0] as number];
  if (tickA !== tickB) return tickA - tickB;
  const [left, right] = [a[1] as string, b[1] as string];
  return left < right ? -1 : left > right ? 1 : 0;
}
