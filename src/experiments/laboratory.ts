/**
 * The laboratory: makes experiments, counts them, tries a doubtful one again, and learns from those that are sound.
 *
 * Invariant: what is learned had no problems and contradicts nothing that was learned before; whatever could not be
 * learned is in `reasons`, so that no verdict forgets it.
 */
import { atOnce } from './at-once.js';
import { type Experiment, type LiveSystem, SystemFailure } from './experiment.js';
import { type FaultSet, keyOf } from './fault-sets.js';
import { Knowledge } from './knowledge.js';
import type { Purpose, Settings } from './options.js';
import type { LiveStop } from './verdict.js';

/** Ends a search from within: the budget is spent, or the signal was aborted. */
export class Stopped extends Error {
  constructor(readonly reason: LiveStop) {
    super(reason);
  }
}

/** How often an experiment is made whose result is doubtful, before it counts as such. */
const ATTEMPTS = 2;

export class Laboratory<E extends Experiment> {
  readonly knowledge = new Knowledge<E>();
  /** Why a good answer would be worthless. */
  readonly reasons = new Set<string>();
  /** How many experiments were made. */
  made = 0;
  private readonly unresolvedKeys = new Map<string, FaultSet>();

  constructor(
    readonly system: LiveSystem<E>,
    readonly settings: Settings<E>,
  ) {}

  /** Sets of faults of which no experiment could tell what they do. */
  get unresolved(): FaultSet[] {
    return [...this.unresolvedKeys.values()];
  }

  isUnresolved(faults: FaultSet): boolean {
    return this.unresolvedKeys.has(keyOf(faults));
  }

  /** How many experiments may still be made. */
  get left(): number {
    return this.settings.maxRuns - this.made;
  }

  /** How many experiments may run at once. */
  get parallel(): number {
    return Math.max(1, Math.floor(this.system.parallel));
  }

  /** Makes one experiment and only counts it. @throws Stopped */
  async make(faults: FaultSet, purpose: Purpose): Promise<E> {
    const { signal, on } = this.settings;
    if (signal?.aborted) throw new Stopped('aborted');
    if (this.left <= 0) throw new Stopped('runs');
    const number = ++this.made;
    try {
      const experiment = await this.system.run(faults, signal);
      on?.({ kind: 'experiment', number, purpose, experiment });
      return experiment;
    } catch (error) {
      if (signal?.aborted) throw new Stopped('aborted');
      if (!(error instanceof SystemFailure)) throw error;
      this.reasons.add(error.message);
      throw new Stopped('system');
    }
  }

  /**
   * Makes an experiment and learns from it; undefined, with a reason, if nothing may be concluded from it.
   * @throws Stopped
   */
  async learn(faults: FaultSet, purpose: Purpose): Promise<E | undefined> {
    let doubts: readonly string[] = [];
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const experiment = await this.make(faults, purpose);
      const contradiction = this.knowledge.contradiction(experiment);
      doubts = [...experiment.problems, ...(contradiction === undefined ? [] : [contradiction])];
      if (doubts.length === 0) {
        this.knowledge.learn(experiment);
        return experiment;
      }
    }
    this.giveUp(faults, doubts);
    return undefined;
  }

  /** Says why nothing is known of some faults. */
  giveUp(faults: FaultSet, reasons: readonly string[]): void {
    this.unresolvedKeys.set(keyOf(faults), faults);
    for (const reason of reasons) this.reasons.add(reason);
  }

  /** Does some work for each item, as much of it at once as the system allows. @throws what the work throws first */
  each<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
    return atOnce(this.parallel, items, work);
  }
}
