/**
 * The engine against brute force for all kinds of faults, alone and mixed: random programs and random protocols.
 *
 * Brute force runs every set of at most one or two faults (`all-kinds.ts`) on the naive evaluators, whose clock is
 * written apart from the engine's.
 */
import type { Program } from '../../src/dedalus/program.js';
import type { Bounds, Scenario } from '../../src/faults/fault.js';
import { canonical, compareScenarios, formatScenario } from '../../src/faults/scenario.js';
import { DedalusSystem } from '../../src/lineage/ground/system.js';
import { ProtocolSystem } from '../../src/lineage/learned/system.js';
import type { System, SystemRun } from '../../src/lineage/port.js';
import { search } from '../../src/search/search.js';
import { everyFault, minimalSets } from './all-kinds.js';
import { naiveRun } from './naive.js';
import { neverSpec } from './never.js';
import { protocolOf } from './protocol/compare.js';
import { naively } from './protocol/definition.js';
import type { Draft } from './protocol/draft.js';
import { randomProtocol } from './protocol/random-protocol.js';
import { withHistory } from './protocol/with-history.js';
import { type RandomSpec, randomSpec } from './random-program.js';
import { relayProgram } from './relays.js';
import { load } from './testing.js';

const NAMED: Partial<Bounds> = { crashes: 1, halts: 1, restarts: 1, skews: 1, partitions: 1, oneWay: 1 };

/** Which kinds there are, beside omissions in every third case; of `NAMED`, some nodes only. */
export const PROGRAM_MIXES: Readonly<Record<string, Partial<Bounds>>> = {
  delay: { delay: 2 },
  dup: { dup: 2 },
  partition: { partitions: 1, oneWay: 1 },
  restart: { restarts: 2 },
  halt: { halts: 1 },
  skew: { skews: 2 },
  all: { delay: 1, dup: 1, partitions: 1, restarts: 1, halts: 1, crashes: 1 },
  costs: { delay: 1, partitions: 1, restarts: 1, costs: { partition: 2 } },
  names: NAMED,
  message: { perMessage: 2, delay: 1, dup: 1, omissions: 2 },
};
export const PROTOCOL_MIXES: Readonly<Record<string, Partial<Bounds>>> = {
  late: { delay: 2, dup: 2 },
  partition: { partitions: 1, oneWay: 1 },
  restart: { restarts: 2 },
  skew: { skews: 2 },
  order: { orders: 2 },
  message: { perMessage: 2, delay: 1, omissions: 2 },
  all: { delay: 1, dup: 1, partitions: 1, restarts: 1, skews: 1, orders: 1, crashes: 1 },
  costs: { delay: 1, partitions: 1, skews: 1, costs: { partition: 2 } },
  names: NAMED,
};

/** Faults up to which every pair of them is run. */
const MOST_PAIRED = 60;
/** Faults up to which the search is done with next to no budget too: it thinks long after each of many runs. */
const MOST_CRAWLED = 24;

/** A node that never fails, and a link; the naive clock knows of no link that outlasts a partition. */
function sparedOf({ nodes: [first = '', second = first], partitions }: Bounds): string[] {
  return [first, ...(partitions || first === second ? [] : [`${second}>${first}`])];
}

/** For each kind that strikes nodes all of them but one, or all; of more than two nodes two are one group. */
function namesOf(seed: number, { nodes }: Bounds): Partial<Bounds> {
  const without = (i: number): string[] => nodes.filter((_, at) => at !== (Math.floor(seed / 5 ** i) + i) % 5);
  const first = seed % nodes.length;
  const [a = '', b = '', ...others] = [...nodes.slice(first), ...nodes.slice(0, first)];
  return {
    ...{ crashable: without(0), haltable: without(1), restartable: without(2), skewable: without(3) },
    orderable: without(4),
    ...(others.length > 0 && { groups: { pair: [a, b], rest: others.slice(0, 1 + (seed % 2)) } }),
  };
}

function boundsOf(seed: number, usual: Bounds, mix: Partial<Bounds>): Bounds {
  const bounds: Bounds = {
    ...usual,
    crashes: 0,
    ...(seed % 3 > 0 && { omissions: 0 }),
    ...mix,
    ...(mix === NAMED && namesOf(seed, usual)),
  };
  const reliable = Math.floor(seed / 16) % 4 === 0 ? sparedOf(bounds) : undefined;
  return { ...bounds, ...(reliable && { reliable }), maxCost: everyFault(bounds).length > MOST_PAIRED ? 1 : 2 };
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

/** Programs by seed: each is compared under several mixes, and drawing one takes many runs. */
const specs = new Map<number, RandomSpec>();

/** A random program with bounds of a mix; some of its relations are said to be timers. */
export function mixedSpec(seed: number, mix: string): { readonly program: Program; readonly bounds: Bounds } {
  const spec = specs.get(seed) ?? randomSpec(seed);
  specs.set(seed, spec);
  return { program: timed(seed, load(spec.text)), bounds: boundsOf(seed, spec.bounds, PROGRAM_MIXES[mix] ?? {}) };
}

function timed(seed: number, program: Program): Program {
  const counting = program.rules.filter(({ time }) => time === 'inductive').map(({ head }) => head.relation);
  return { ...program, timers: [...new Set(counting)].filter((_, i) => (seed + i) % 2 === 0) };
}

/** One program under one mix; undefined if its run without faults is violated already. */
export function compareProgram(seed: number, mix: string): Promise<KindsComparison | undefined> {
  const { program, bounds } = mixedSpec(seed, mix);
  return compareSpec(program, bounds, mix);
}

/** The same for a program that promises something of every tick; under no mix with omissions and crashes. */
export async function compareNever(seed: number, mix: string): Promise<KindsComparison | undefined> {
  const spec = neverSpec(seed);
  const kinds = PROGRAM_MIXES[mix];
  const bounds = spec && (kinds ? boundsOf(seed, spec.bounds, kinds) : { ...spec.bounds, maxCost: 2 });
  return spec && bounds && compareSpec(timed(seed, spec.program), bounds, mix);
}

/** The same for a program in which faults decide what is in a slot, and messages have fates of their own. */
export function compareRelays(seed: number): Promise<KindsComparison | undefined> {
  const { program, bounds } = relayProgram(seed);
  return compareSpec(timed(seed, program), bounds, 'relays');
}

async function compareSpec(program: Program, bounds: Bounds, mix: string): Promise<KindsComparison | undefined> {
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

/** A random protocol with bounds of a mix. */
export function mixedProtocol(seed: number, mix: string): Draft {
  const usual = durableProtocol(seed);
  return { ...usual, bounds: boundsOf(seed, usual.bounds, PROTOCOL_MIXES[mix] ?? {}) };
}

/** The same for one protocol, by learned transitions, by whole runs, and in some cases with next to no budget. */
export async function compareProtocol(seed: number, mix: string): Promise<KindsComparison | undefined> {
  return compareDraft(mixedProtocol(seed, mix), mix);
}

/** The same for a protocol that records operations; undefined where nothing that is promised of them holds. */
export async function compareHistory(seed: number, mix: string): Promise<KindsComparison | undefined> {
  const usual = withHistory(durableProtocol(seed), seed);
  if (!usual) return undefined;
  const kinds = PROTOCOL_MIXES[mix];
  const bounds = kinds ? boundsOf(seed, usual.bounds, kinds) : { ...usual.bounds, maxCost: 2 };
  return compareDraft({ ...usual, bounds, ...(seed % 3 === 0 && { always: { promise: usual.promise } }) }, mix);
}

/**
 * The same for a protocol that promises something of every tick as well: what another one promises of its end. Half of
 * them promise nothing of their own end.
 */
export async function compareAlways(seed: number, mix: string): Promise<KindsComparison | undefined> {
  const usual = durableProtocol(seed);
  const kinds = PROTOCOL_MIXES[mix];
  const bounds = kinds ? boundsOf(seed, usual.bounds, kinds) : { ...usual.bounds, maxCost: 2 };
  for (let other = seed + 1; other < seed + 30; other++) {
    const { promise, provided, bounds: theirs } = randomProtocol(other);
    if (theirs.nodes.join() !== bounds.nodes.join()) continue;
    const always = { promise, ...(provided && { provided }) };
    const draft = { ...usual, bounds, always, ...(seed % 2 === 0 && { provided: ['living', 9] as const }) };
    if (naively(draft)([]).outcome === 'holds') return compareDraft(draft, mix);
  }
  return undefined;
}

async function compareDraft(draft: Draft, mix: string): Promise<KindsComparison | undefined> {
  const { bounds } = draft;
  const run = naively(draft);
  const isViolated = (scenario: Scenario): boolean => run(scenario).outcome === 'violated';
  if (isViolated([])) return undefined;
  const { sets } = minimalSets(bounds, bounds.maxCost ?? 0, isViolated);
  const limits = { tries: 3, checks: { first: 1, each: 1, most: 3 }, probes: 0 };
  const little = everyFault(bounds).length <= MOST_CRAWLED && {
    little: new ProtocolSystem(protocolOf(draft), bounds, { limits, large: 0 }),
  };
  // Half of them deepen from the start.
  const deepens = draft.seed % 2 === 0 && { large: 0 };
  return compared(mix, inOrder(sets), {
    learned: new ProtocolSystem(protocolOf(draft), bounds, { ...deepens }),
    runs: new ProtocolSystem(protocolOf(draft), bounds, { lineage: 'run' }),
    ...little,
  });
}
