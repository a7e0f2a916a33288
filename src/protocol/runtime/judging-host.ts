/**
 * What all hosts in this thread have in common: they judge worlds, under the guards and a watchdog's eyes.
 */
import { LdfiError } from '../../core/invariant.js';
import { formatScenario } from '../../faults/scenario.js';
import { FaultSpace } from '../../faults/space.js';
import { guarded } from '../guards/guards.js';
import type { Delivery } from './delivery.js';
import { deliveryOf } from './delivery.js';
import type { HostRun, Judge, Judgement, Reading, RunRequest } from './host.js';
import { answerOf, type Judged, judge, outcomeOf } from './judge.js';
import { recordingWorld, wholeWorld } from './recording-world.js';
import type { Final } from './run.js';
import type { Simulation } from './simulator.js';

export interface HostOptions<C> {
  /**
   * Runs work that may not come to an end; it may throw. `current`: the call under way, undefined where it is none of a
   * handler.
   */
  readonly watchdog?: <T>(work: () => T, current: () => string | undefined) => T;
  /** Told of every call before it is made, and of the check (undefined). */
  readonly announce?: (call: C | undefined) => void;
}

export abstract class JudgingHost<P extends Judged, C> {
  private last: C | undefined;
  /** Evaluates scenarios within the bounds that were last asked for. */
  private space: FaultSpace | undefined;

  constructor(
    readonly protocol: P,
    private readonly options: HostOptions<C>,
    private readonly inWords: (call: C) => string,
  ) {}

  judge(worlds: readonly (readonly Final[])[], reading: Reading, by: Judge): readonly (Judgement | LdfiError)[] {
    // A check may be slow: each call is watched on its own.
    return this.each(worlds, 1, (finals) => ({
      outcome: judge(this.protocol, finals, '', by),
      followed: this.followed(finals, reading, by),
    }));
  }

  /** What a scenario does to nodes and messages. */
  protected delivery({ bounds, scenario }: RunRequest): Delivery {
    if (this.space?.bounds !== bounds) this.space = new FaultSpace(bounds);
    return deliveryOf(this.space, scenario);
  }

  /** A simulation with what is to be said of its end, and of its ticks. */
  protected judged(simulation: Simulation, { scenario, reading, always }: RunRequest): HostRun {
    this.announce(undefined);
    const end = scenario.length === 0 ? ' without faults' : ` in the scenario ${formatScenario(scenario)}`;
    const outcome = judge(this.protocol, simulation.finals, end);
    const failed = simulation.finals.some(({ failure }) => failure !== undefined);
    const followed = failed ? undefined : this.followed(simulation.finals, reading, 'check');
    const ticks = (failed ? [] : simulation.ticks).map((finals, i) => ({
      finals,
      outcome: judge(this.protocol, finals, ` at tick ${i + 1}${end}`, 'always'),
      followed: this.followed(finals, always, 'always'),
    }));
    return { ...simulation, outcome, followed, ticks };
  }

  /**
   * Work on each item, a few of them under one watch, which takes longer than most handlers do.
   * @param most so many under one
   */
  protected each<T, R>(items: readonly T[], most: number, work: (item: T) => R): (R | LdfiError)[] {
    const done: (R | LdfiError)[] = [];
    while (done.length < items.length) {
      const some = items.slice(done.length, done.length + most);
      const made: (R | LdfiError)[] = [];
      const error = orError(() =>
        this.watched(() => {
          made.length = 0;
          for (const item of some) {
            this.announce(undefined);
            made.push(orError(() => work(item)));
          }
        }),
      );
      done.push(...made);
      // The one that did not come to an end; the others have a turn of their own.
      if (error instanceof LdfiError) done.push(error);
    }
    return done;
  }

  protected readonly announce = (call: C | undefined): void => {
    this.last = call;
    this.options.announce?.(call);
  };

  /** Under the guards, and the watchdog's eyes. */
  protected watched<T>(work: () => T): T {
    this.announce(undefined);
    const { watchdog } = this.options;
    const under = (): T => guarded(work);
    return watchdog ? watchdog(under, () => this.last && this.inWords(this.last)) : under();
  }

  /** What the check says and reads, if that can be followed. */
  private followed(finals: readonly Final[], reading: Reading, by: Judge): Judgement['followed'] {
    if (reading === 'none') return undefined;
    const { nodes } = this.protocol;
    const { world, reads, isBlind } = reading === 'whole' ? wholeWorld(nodes, finals) : recordingWorld(nodes, finals);
    try {
      const outcome = outcomeOf(answerOf(this.protocol, world, '', by), by);
      return isBlind() ? undefined : { outcome, reads };
    } catch (error) {
      // It did not throw in the plain world.
      if (reading === 'single' && error instanceof LdfiError && error.code === 'bad-protocol') return undefined;
      throw error;
    }
  }
}

function orError<T>(work: () => T): T | LdfiError {
  try {
    return work();
  } catch (error) {
    if (error instanceof LdfiError) return error;
    throw error;
  }
}
