/**
 * The search in two stages: all single faults first, to the end, then larger sets with the experiments that are left.
 *
 * A program takes about a second for an experiment, so sets of two are often more than there is time for. What is known
 * of single faults by then is a verdict of its own. No experiment is made twice for it: the second stage is told what
 * the first has seen.
 */
import type { LiveFault, LiveSystem } from '../../experiments/experiment.js';
import { keyOf } from '../../experiments/fault-sets.js';
import type { LiveEvent } from '../../experiments/options.js';
import { searchLive } from '../../experiments/search.js';
import type { LiveVerdict } from '../../experiments/verdict.js';
import { BASELINES, type NodesExperiment } from './system.js';

/** How often a counterexample is tried again, so that it was seen five times. */
export const REPRODUCTIONS = 4;

/** Most faults at once, if nothing else is said and there is time for so many. */
const USUAL_FAULTS = 2;

export interface Stages {
  /** Undefined: as many as there is time for, up to two. */
  readonly maxFaults: number | undefined;
  readonly maxRuns: number;
  /** One stage, and no set is left out, however many experiments that takes. */
  readonly exact: boolean;
  readonly signal: AbortSignal;
  readonly on: ((event: LiveEvent<NodesExperiment>) => void) | undefined;
}

export interface Staged {
  readonly verdict: LiveVerdict<NodesExperiment>;
  /** The verdict is about sets of up to so many. */
  readonly maxFaults: number;
  /** Experiments with larger sets, which found nothing before the budget was spent. */
  readonly beyond: number;
}

/** @throws LdfiError 'bad-options', and what the system throws */
export async function searchInStages(system: LiveSystem<NodesExperiment>, stages: Stages): Promise<Staged> {
  const { exact, maxFaults = USUAL_FAULTS, maxRuns, on } = stages;
  const known = new Known(system, maxRuns);
  const search = async (size: number): Promise<LiveVerdict<NodesExperiment>> => {
    const verdict = await searchLive(known, {
      ...{ maxFaults: size, exact: size, insist: exact, signal: AbortSignal.any([stages.signal, known.spent]) },
      ...{ baselines: BASELINES, reproductions: REPRODUCTIONS },
      maxRuns: Math.max(1, maxRuns - known.made + known.left),
      on: (event) => on?.(event.kind === 'experiment' ? { ...event, number: known.made } : event),
    });
    const stopped = known.spent.aborted && verdict.stopped === 'aborted' ? 'runs' : verdict.stopped;
    return { ...verdict, stopped, experiments: known.made };
  };
  if (exact || maxFaults === 1) return { verdict: await search(maxFaults), maxFaults, beyond: 0 };
  const single = await search(1);
  if (single.kind !== 'exact') return { verdict: single, maxFaults, beyond: 0 };
  const before = known.made;
  known.replay();
  const more = await search(maxFaults);
  const learned = [...new Set([...single.learned, ...more.learned])];
  if (stages.maxFaults === undefined && more.stopped === 'runs' && more.kind === 'stopped')
    return { verdict: { ...single, learned, experiments: known.made }, maxFaults: 1, beyond: known.made - before };
  return { verdict: { ...more, learned, exact: Math.max(1, more.exact) }, maxFaults, beyond: 0 };
}

/**
 * A system that gives the experiments that were made again, each once, before it makes new ones; and no more of these than
 * it may. The search counts both.
 */
class Known implements LiveSystem<NodesExperiment> {
  /** Experiments that were made. */
  made = 0;
  private readonly all: NodesExperiment[] = [];
  private readonly stock = new Map<string, NodesExperiment[]>();
  private readonly end = new AbortController();

  constructor(
    private readonly system: LiveSystem<NodesExperiment>,
    private readonly most: number,
  ) {}

  /** Is aborted when one more than may be made is asked for. */
  get spent(): AbortSignal {
    return this.end.signal;
  }

  get parallel(): number {
    return this.system.parallel;
  }

  /** Experiments that are to be given again. */
  get left(): number {
    return [...this.stock.values()].reduce((sum, list) => sum + list.length, 0);
  }

  /** From now on. */
  replay(): void {
    for (const experiment of this.all) {
      const key = keyOf(experiment.faults);
      this.stock.set(key, [...(this.stock.get(key) ?? []), experiment]);
    }
  }

  async run(faults: readonly LiveFault[], signal?: AbortSignal): Promise<NodesExperiment> {
    const again = this.stock.get(keyOf(faults))?.shift();
    if (again) return again;
    if (this.made >= this.most) {
      this.end.abort();
      throw this.end.signal.reason;
    }
    this.made++;
    const experiment = await this.system.run(faults, signal);
    this.all.push(experiment);
    return experiment;
  }
}
