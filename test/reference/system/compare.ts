/**
 * The search over asynchronous systems against brute force: minimal sets must be equal, and the ends of runs.
 */
import type { Bounds, Scenario } from '../../../src/faults/fault.js';
import { canonical, compareScenarios, formatScenario } from '../../../src/faults/scenario.js';
import { ProtocolSystem } from '../../../src/lineage/learned/system.js';
import { search } from '../../../src/search/search.js';
import { everyFault, minimalSets } from '../all-kinds.js';
import { systemOf } from './as-system.js';
import { type Draft, isKept, randomDraft, randomPromises } from './draft.js';
import { naiveRun } from './naive.js';

/** What may fail, beside omissions in some cases. */
const MIXES: readonly Partial<Bounds>[] = [
  {},
  { crashes: 1 },
  { delay: 2, dup: 1 },
  { restarts: 1 },
  { partitions: 1, oneWay: 1 },
  { skews: 1 },
  { orders: 1, delay: 1 },
  { perMessage: 2 },
  { crashes: 1, restarts: 1, skews: 1, dup: 1, partitions: 1 },
];

/** Faults up to which every pair of them is run. */
const MOST_PAIRED = 40;

export interface Compared {
  readonly seed: number;
  readonly wanted: string;
  readonly found: string;
  /** Runs by brute force. */
  readonly runs: number;
}

const inOrder = (sets: readonly Scenario[]): string =>
  sets
    .map((set) => canonical(set))
    .sort(compareScenarios)
    .map(formatScenario)
    .join(' ');

/** Random bounds of a system. */
function boundsOf({ seed, bounds }: Draft): Bounds {
  const mix = MIXES[seed % MIXES.length] as Partial<Bounds>;
  const others = Object.keys(mix).length > 0 && !mix.perMessage && seed % 2 === 0;
  const all: Bounds = { ...bounds, ...(others && { omissions: 0 }), ...mix };
  return { ...all, maxCost: everyFault(all).length > MOST_PAIRED ? 1 : 2 };
}

/** One system; undefined if it breaks without faults already. */
export async function compareSystem(seed: number): Promise<Compared | undefined> {
  const draft = randomDraft(seed);
  const bounds = boundsOf(draft);
  const good = naiveRun(draft, bounds, []);
  if (good.failed) return undefined;
  const promises = randomPromises(seed, good.ends);
  const isViolated = (scenario: Scenario): boolean => {
    const { failed, ends } = naiveRun(draft, bounds, scenario);
    return failed || promises.some((promised) => !isKept(promised, ends.get(promised.node) ?? { log: [], stored: 0 }));
  };
  const { sets, runs } = minimalSets(bounds, bounds.maxCost ?? 0, isViolated);
  const system = new ProtocolSystem(systemOf(draft, promises), bounds);
  return { seed, wanted: inOrder(sets), found: await found(system), runs };
}

async function found(system: ProtocolSystem): Promise<string> {
  for await (const event of search(system)) {
    if (event.kind !== 'verdict') continue;
    const { complete, counterexamples, kind } = event.verdict;
    return complete ? inOrder(counterexamples.map(({ faults }) => faults)) : kind;
  }
  return 'nothing';
}

/** The end of a run, in every scenario of at most two faults, a few of them. */
export async function compareEnds(
  seed: number,
): Promise<{ scenario: string; wanted: string; found: string } | undefined> {
  const draft = randomDraft(seed);
  const bounds = boundsOf(draft);
  const system = new ProtocolSystem(systemOf(draft, []), bounds);
  const faults = everyFault(bounds);
  for (let i = 0; i < 8; i++) {
    const scenario =
      faults.length === 0 || i === 0 ? [] : [faults[(seed * 7 + i * 13) % faults.length] as (typeof faults)[0]];
    const run = await system.trace(scenario);
    const { ends } = naiveRun(draft, bounds, scenario);
    const wanted = JSON.stringify([...ends].map(([id, { log, stored }]) => [id, log, stored]));
    const seen = run.finals.map(({ log, state, failure }, node) => {
      const { stored = 0 } = (state ?? {}) as { stored?: number };
      return [run.nodes[node], log, failure === undefined ? stored : ends.get(run.nodes[node] ?? '')?.stored];
    });
    if (JSON.stringify(seen) !== wanted)
      return { scenario: formatScenario(scenario), wanted, found: JSON.stringify(seen) };
  }
  return undefined;
}
