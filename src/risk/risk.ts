/**
 * How probable it is that a system breaks its promise.
 *
 * Each possible fault happens with the rate of its kind, independently of the others, and only the scenarios that the
 * bounds admit are looked at: P(violated | admissible). Exactly where the formula of the promise is known in full and
 * its decision diagram is small enough; else by importance sampling, with a confidence interval.
 */

import { FALSE } from '../core/circuit.js';
import { pause } from '../core/event-loop.js';
import type { Outcome } from '../core/outcome.js';
import { prng } from '../core/prng.js';
import type { Scenario } from '../faults/fault.js';
import type { System, SystemRun } from '../lineage/port.js';
import { paced } from '../search/paced.js';
import { type Admissible, admissibleOf, countViolated } from './count.js';
import { type Estimate, Estimator } from './estimate.js';
import { found, type Known, learn } from './learn.js';
import { proposal } from './proposal.js';
import type { Rates } from './rates.js';

export interface RiskOptions {
  readonly rates: Rates;
  /** 'auto' (default): exact where that can be, else sampling. */
  readonly method?: 'auto' | 'sampling';
  /** Default 20,000. */
  readonly samples?: number;
  /** Default 1. */
  readonly seed?: number;
  /** Nodes of a decision diagram beyond which scenarios are sampled. Default 4,000,000. */
  readonly mostNodes?: number;
  /** Ends the sampling early, or all of it. */
  readonly signal?: AbortSignal;
}

interface Basis {
  /** The outcome without faults. */
  readonly failureFree: Outcome['kind'];
  /** Whether the promise is known as a formula in full, in part, or not at all. */
  readonly formula: 'whole' | 'part' | 'none';
  readonly mode: 'total' | 'run' | 'learned' | 'none';
  /** Possible faults: variables of the formula. */
  readonly faults: number;
}

/** `isPossible`: whether some scenario that can happen is known to break the promise. */
export type Risk = Basis & { readonly isPossible: boolean } & (
    | { readonly method: 'exact'; readonly probability: number; readonly nodes: number }
    | (Estimate & {
        readonly method: 'sampling';
        readonly seed: number;
        /** How many different scenarios were run; the formula judged the others. */
        readonly runs: number;
        /** Counterexamples that the samples were drawn around. */
        readonly counterexamples: number;
        /** Whether the signal ended it before all samples were drawn. */
        readonly isCut: boolean;
      })
  );

const DEFAULTS = { samples: 20_000, seed: 1, mostNodes: 4_000_000 } as const;

/** Executions of the search that sampling is drawn around. */
const EXECUTIONS = 500;

/** Samples between two pauses. */
const STRIDE = 64;

/**
 * @throws LdfiError 'limit-diagram' if even the bounds are too large a formula; what the system throws; the signal's
 * reason if it is aborted before there are samples
 */
export async function risk<R extends SystemRun>(system: System<R>, options: RiskOptions): Promise<Risk> {
  const { rates, method = 'auto', mostNodes = DEFAULTS.mostNodes, signal } = options;
  const { space } = system;
  const failureFree = await system.run([], signal);
  const known = await learn(system, { executions: EXECUTIONS, signal });
  const admissible = await admissibleOf(space, rates, mostNodes, signal);
  const basis: Basis = {
    failureFree: failureFree.outcome.kind,
    formula: known.exact ? 'whole' : known.holds === FALSE ? 'none' : 'part',
    mode: known.size?.mode ?? 'none',
    faults: space.faults.length,
  };
  const counted =
    known.exact && method === 'auto' ? await countViolated(space, admissible, known.holds, signal) : undefined;
  const result: Risk = counted
    ? { ...basis, method: 'exact', ...counted }
    : { ...basis, ...(await sampled(system, known, admissible, options)) };
  // What ends early says so, and nothing else is made of it.
  if (system.audit && !signal?.aborted) for await (const _ of paced(system.audit([]), signal));
  return result;
}

type Sampled = Omit<Extract<Risk, { readonly method: 'sampling' }>, keyof Basis>;

async function sampled<R extends SystemRun>(
  system: System<R>,
  known: Known<R>,
  admissible: Admissible,
  { samples = DEFAULTS.samples, seed = DEFAULTS.seed, signal }: RiskOptions,
): Promise<Sampled> {
  const { order } = admissible;
  const scenarios = known.exact
    ? await found(system, { executions: EXECUTIONS, signal }, known.lineage)
    : known.counterexamples;
  const around = placesOf(system, scenarios, order);
  const { draw, most } = proposal(admissible, around, uniform(seed));
  const estimator = new Estimator(most);
  const judge = new Judge(system, known);
  try {
    for (let i = 0; i < samples; i++) {
      if (i % STRIDE === 0) await pause();
      signal?.throwIfAborted();
      const { scenario, weight } = draw();
      estimator.add((await judge.isViolated(scenario.map((place) => order[place] as number))) ? weight : 0);
    }
  } catch (error) {
    if (!signal?.aborted || error !== signal.reason) throw error;
  }
  const { estimate } = estimator;
  if (estimate.samples === 0) signal?.throwIfAborted();
  return {
    method: 'sampling',
    ...estimate,
    isPossible: estimate.violated > 0,
    seed,
    runs: judge.runs,
    counterexamples: around.length,
    isCut: estimate.samples < samples,
  };
}

/** Scenarios by the places of their faults. */
function placesOf({ space }: System, scenarios: readonly Scenario[], order: readonly number[]): number[][] {
  const places = new Map(order.map((number, place) => [number, place]));
  return scenarios.map((scenario) =>
    scenario.map((fault) => places.get(space.circuit.variableOf(space.variable(fault))) as number),
  );
}

/** Uniform in [0, 1), with all bits of a double: rates may be smaller than what one integer tells apart. */
function uniform(seed: number): () => number {
  const below = prng(seed);
  return () => (below(2 ** 26) * 2 ** 27 + below(2 ** 27)) / 2 ** 53;
}

/** Says of scenarios whether they break the promise: by the formula where that decides, else by a run. */
class Judge<R extends SystemRun> {
  runs = 0;
  private readonly answers = new Map<string, boolean>();

  constructor(
    private readonly system: System<R>,
    private readonly known: Known<R>,
  ) {}

  async isViolated(faults: readonly number[]): Promise<boolean> {
    const { space } = this.system;
    const { holds, exact } = this.known;
    const injected = new Set(faults);
    const key = faults.join(' ');
    const answer = this.answers.get(key);
    if (answer !== undefined) return answer;
    let isViolated = !space.circuit.evaluator((variable) => injected.has(variable))(holds);
    if (isViolated && !exact) {
      this.runs++;
      isViolated = (await this.system.run(space.scenario(faults))).outcome.kind === 'violated';
    }
    this.answers.set(key, isViolated);
    return isViolated;
  }
}
