/**
 * The engine against brute force for all kinds of faults, alone and mixed: random programs and random protocols.
 *
 * Brute force runs every set of at most one or two faults (`all-kinds.ts`) on the naive evaluators, whose clock is
 * written apart from the engine's.
 */
import type { Bounds, Scenario } from '../../src/faults/fault.js';
import { canonical, compareScenarios, formatScenario } from '../../src/faults/scenario.js';
import { DedalusSystem } from '../../src/lineage/ground/system.js';
import { ProtocolSystem } from '../../src/lineage/learned/system.js';
import type { System, SystemRun } from '../../src/lineage/port.js';
import { search } from '../../src/search/search.js';
import { everyFault, minimalSets } from './all-kinds.js';
import { naiveRun } from './naive.js';
import { protocolOf } from './protocol/compare.js';
import { naively } from './protocol/definition.js';
import type { Draft } from './protocol/draft.js';
import { randomProtocol } from './protocol/random-protocol.js';
import { randomSpec } from './random-program.js';
import { load } from './testing.js';

/** Which kinds there are, beside omissions in every third case. */
export const PROGRAM_MIXES: Readonly<Record<string, Partial<Bounds>>> = {
  delay: { delay: 2 },
  dup: { dup: 2 },
  partition: { partitions: 1, oneWay: 1 },
  restart: { restarts: 2 },
  halt: { halts: 1 },
  skew: { skews: 2 },
  all: { delay: 1, dup: 1, partitions: 1, restarts: 1, halts: 1, crashes: 1 },
  costs: { delay: 1, partitions: 1, restarts: 1, costs: { partition: 2 } },
};
export const PROTOCOL_MIXES: Readonly<Record<string, Partial<Bounds>>> = {
  late: { delay: 2, dup: 2 },
  partition: { partitions: 1, oneWay: 1 },
  restart: { restarts: 2 },
  skew: { skews: 2 },
  order: { orders: 2 },
  message: { perMessage: 2, delay: 1, omissions: 2 },
  all: { delay: 1, dup: 1, partitions: 1, restarts: 1, skews: 1, orders: 1, crashes: 1 },
};

/** Faults up to which every pair of them is run. */
const MOST_PAIRED = 60;

function boundsOf(seed: number, usual: Bounds, mix: Partial<Bounds>): Bounds {
  const bounds: Bounds = { ...usual, crashes: 0, ...(seed % 3 > 0 && { omissions: 0 }), ...mix };
  return { ...bounds, maxCost: everyFault(bounds).length > MOST_PAIRED ? 1 : 2 };
}

const inOrder = (sets: readonly Scenario[]): string =>
  sets
    .map((set) => canonical(set))
    .sort(compareScenarios)
    .map(formatScenario)
    .join(' ');

/** What a search finds; undefined where it gives up. */
async function found<R extends SystemRun>(system: System<R>): Promise<string | undefined> {
  for await (const event of search(system, { maxExecutions: 3_000 }))
    if (event.kind === 'verdict')
      return event.verdict.complete ? inOrder(event.verdict.counterexamples.map(({ faults }) => faults)) : undefined;
  return undefined;
}

export interface KindsComparison {
  readonly mix: string;
  /** Of brute force. */
  readonly wanted: string;
  /** By way of searching, those that differ. */
  readonly differ: Readonly<Record<string, string>>;
}

async function compared(mix: string, wanted: string, ways: Readonly<Record<string, System<SystemRun>>>) {
  const differ: Record<string, string> = {};
  for (const [way, system] of Object.entries(ways)) {
    const sets = await found(system).catch((error: unknown) => String(error));
    if (sets !== undefined && sets !== wanted) differ[way] = sets;
  }
  return { mix, wanted, differ };
}

/** One program under one mix; undefined if its run without faults is violated already. */
export async function compareProgram(seed: number, mix: string): Promise<KindsComparison | undefined> {
  const spec = randomSpec(seed);
  const usual = load(spec.text);
  // Of a random program, some relations are said to be timers.
  const counting = usual.rules.filter(({ time }) => time === 'inductive').map(({ head }) => head.relation);
  const timers = [...new Set(counting)].filter((_, i) => (seed + i) % 2 === 0);
  const program = { ...usual, timers };
  const bounds = boundsOf(seed, spec.bounds, PROGRAM_MIXES[mix] ?? {});
  const isViolated = (scenario: Scenario): boolean => naiveRun(program, bounds, scenario).outcome.kind === 'violated';
  if (isViolated([])) return undefined;
  const { sets } = minimalSets(bounds, bounds.maxCost ?? 0, isViolated);
  return compared(mix, inOrder(sets), {
    total: new DedalusSystem(program, bounds, { lineage: 'total' }),
    run: new DedalusSystem(program, bounds, { lineage: 'run' }),
  });
}

const FIELDS = ['count', 'flag', 'done', 'word', 'seen', 'table', 'list', 'record', 'nested'];

/** A random protocol that keeps some of its state, and in some cases does something when it comes back. */
export function durableProtocol(seed: number): Draft {
  const draft = randomProtocol(seed);
  const ops = Object.values(draft.onTimer)[0];
  return {
    ...draft,
    ...(seed % 2 > 0 && { durable: FIELDS.filter((_, i) => ((seed * 2_654_435_761) >>> (i + 3)) % 2 > 0) }),
    ...(seed % 5 < 2 && ops && { onRestart: ops }),
  };
}

/** The same for one protocol, by learned transitions, by whole runs, and with next to no budget. */
export async function compareProtocol(seed: number, mix: string): Promise<KindsComparison | undefined> {
  const usual = durableProtocol(seed);
  const bounds = boundsOf(seed, usual.bounds, PROTOCOL_MIXES[mix] ?? {});
  const draft = { ...usual, bounds };
  const run = naively(draft);
  const isViolated = (scenario: Scenario): boolean => run(scenario).outcome === 'violated';
  if (isViolated([])) return undefined;
  const { sets } = minimalSets(bounds, bounds.maxCost ?? 0, isViolated);
  const little = { tries: 3, checks: { first: 1, each: 1, most: 3 }, probes: 0 };
  return compared(mix, inOrder(sets), {
    learned: new ProtocolSystem(protocolOf(draft), bounds),
    runs: new ProtocolSystem(protocolOf(draft), bounds, { lineage: 'run' }),
    little: new ProtocolSystem(protocolOf(draft), bounds, { limits: little }),
  });
}
