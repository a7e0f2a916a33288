/**
 * Counterexamples once more: are these faults still too much for the system as it is now?
 *
 * ```ts
 * const { replayed } = await replayFaults(system, [faults], { times: 3, baselines: 1 });
 * replayed[0]?.standing; // 'broken'
 * ```
 * A promise counts as kept only if all the faults happened and it was kept every time: what did not happen proves
 * nothing.
 */
import { type Experiment, type LiveFault, type LiveSystem, SystemFailure } from './experiment.js';
import type { LiveEvent } from './options.js';

export interface ReplayPlan<E extends Experiment = Experiment> {
  /** How often each set of faults is tried. */
  readonly times: number;
  /** Experiments without faults, to begin with. */
  readonly baselines: number;
  /** What there is by then is given back soon after it is aborted. */
  readonly signal?: AbortSignal | undefined;
  readonly on?: ((event: LiveEvent<E>) => void) | undefined;
}

/**
 * - `broken`: the faults broke the promise at least once;
 * - `kept`: they happened every time, and it was kept every time;
 * - `missed`: it was not broken, but at times the faults did not all happen, or the experiment was doubtful;
 * - `not-tried`: nothing can be told, or the replay was stopped before.
 */
export type ReplayStanding = 'broken' | 'kept' | 'missed' | 'not-tried';

interface ReplayedFaults<E extends Experiment = Experiment> {
  readonly faults: readonly LiveFault[];
  readonly standing: ReplayStanding;
  /** How often they were tried, broke the promise, and did not all happen. */
  readonly times: number;
  readonly broken: number;
  readonly missed: number;
  /** What broke, the first time. */
  readonly why: readonly string[];
  /** The experiment in which it broke first, else the last one. */
  readonly experiment: E | undefined;
}

export interface Replay<E extends Experiment = Experiment> {
  /** Why the promise is broken without any fault; then no fault was tried. */
  readonly broken: readonly string[];
  /** Why nothing can be told, or why not all was tried. Each once. */
  readonly reasons: readonly string[];
  readonly isStopped: boolean;
  /** One for each set, in the order in which they were given. */
  readonly replayed: readonly ReplayedFaults<E>[];
  readonly experiments: number;
}

/** @throws what the system throws, but for failures of the system and the signal's reason: these stop the replay */
export async function replayFaults<E extends Experiment>(
  system: LiveSystem<E>,
  sets: readonly (readonly LiveFault[])[],
  plan: ReplayPlan<E>,
): Promise<Replay<E>> {
  const replay = new Replayer(system, plan);
  try {
    if (await replay.begin()) for (const faults of sets) await replay.tryOut(faults);
  } catch (error) {
    if (!replay.stops(error)) throw error;
  }
  return replay.conclude(sets);
}

class Replayer<E extends Experiment> {
  private readonly broken = new Set<string>();
  private readonly reasons = new Set<string>();
  private readonly replayed: ReplayedFaults<E>[] = [];
  private made = 0;
  private isStopped = false;

  constructor(
    private readonly system: LiveSystem<E>,
    private readonly plan: ReplayPlan<E>,
  ) {}

  /** Experiments without faults. @returns whether there is a point in going on */
  async begin(): Promise<boolean> {
    for (let i = 0; i < this.plan.baselines; i++) {
      const { outcome, problems } = await this.make([]);
      if (outcome.kind === 'bad') for (const why of outcome.why) this.broken.add(why);
      for (const problem of problems) this.reasons.add(problem);
    }
    return this.broken.size === 0 && this.reasons.size === 0;
  }

  async tryOut(faults: readonly LiveFault[]): Promise<void> {
    const runs: E[] = [];
    try {
      for (let i = 0; i < this.plan.times; i++) runs.push(await this.make(faults));
    } finally {
      this.replayed.push(comesTo(faults, runs, this.plan.times));
    }
  }

  /** Whether an error ends the replay with what there is. */
  stops(error: unknown): boolean {
    const isAborted = this.plan.signal?.aborted === true;
    this.isStopped = isAborted || error instanceof SystemFailure;
    if (!isAborted && error instanceof SystemFailure) this.reasons.add(error.message);
    return this.isStopped;
  }

  conclude(sets: readonly (readonly LiveFault[])[]): Replay<E> {
    for (const doubt of this.system.doubts?.() ?? []) this.reasons.add(doubt);
    const isDoubtful = this.reasons.size > 0;
    return {
      broken: [...this.broken],
      reasons: [...this.reasons],
      isStopped: this.isStopped,
      replayed: sets.map((faults, i) => {
        const done = this.replayed[i] ?? comesTo(faults, [], this.plan.times);
        return isDoubtful && done.standing === 'kept' ? { ...done, standing: 'missed' } : done;
      }),
      experiments: this.made,
    };
  }

  private async make(faults: readonly LiveFault[]): Promise<E> {
    const { signal, on } = this.plan;
    signal?.throwIfAborted();
    const experiment = await this.system.run(faults, signal);
    const number = ++this.made;
    const purpose = faults.length === 0 ? 'baseline' : 'reproduction';
    on?.({ kind: 'experiment', number, purpose, experiment });
    return experiment;
  }
}

/** @param planned how many runs there should be */
function comesTo<E extends Experiment>(
  faults: readonly LiveFault[],
  runs: readonly E[],
  planned: number,
): ReplayedFaults<E> {
  const sound = runs.filter(({ problems }) => problems.length === 0);
  const broken = sound.filter(({ outcome }) => outcome.kind === 'bad');
  const kept = sound.filter(({ outcome, fired }) => outcome.kind === 'good' && fired.length === faults.length);
  const [first] = broken;
  const missed = runs.length - broken.length - kept.length;
  return {
    faults,
    standing: first ? 'broken' : runs.length < planned ? 'not-tried' : missed > 0 ? 'missed' : 'kept',
    times: runs.length,
    broken: broken.length,
    missed,
    why: first?.outcome.kind === 'bad' ? first.outcome.why : [],
    experiment: first ?? runs.at(-1),
  };
}
