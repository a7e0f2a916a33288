/**
 * Precedents: traced runs of the same simulator from which a new run takes over every tick that must come out as theirs
 * did.
 *
 * A tick is a function of the crashes, of which nodes run, of what enters it, of the look-ups at fixed ticks before it,
 * and of which messages arrive. Where all of these are equal, orders included, so is all that the tick makes: the new
 * run is the one that evaluating every tick gives. Most of a what-if is like another run, before its fault and often
 * soon after it.
 */
import type { Formula } from '../core/circuit.js';
import type { FaultSpace } from '../faults/space.js';
import type { RawRun, RawTick } from './run.js';
import type { RawFact } from './slots.js';

export type Happens = (formula: Formula) => boolean;

export class Precedents {
  private runs: readonly RawRun[];

  /**
   * @param happens the truth of formulas in the new run
   * @param crashes its `crash` tuples, which hold at every tick
   * @param crash id of that relation
   */
  constructor(
    runs: readonly RawRun[],
    private readonly space: FaultSpace,
    private readonly happens: Happens,
    crashes: readonly number[],
    crash: number,
  ) {
    this.runs = runs.filter(({ ticks, made }) => made.length > 0 && isEqual(ticks[1]?.[crash] ?? [], crashes));
  }

  /** A run of which the tick can be taken over. */
  find(tick: number, entering: RawTick['entering'], running: readonly boolean[]): RawRun | undefined {
    const now = running.join();
    let other: RawTick | undefined;
    return this.runs.find(({ made }) => {
      const known = made[tick];
      // Runs that share this tick need but one look.
      if (!known || known === other) return false;
      other = known;
      return known.running.join() === now && isSame(known.entering, entering) && this.isDeliveredAlike(known);
    });
  }

  /** Leaves only those of which this is true. */
  retain(wanted: (run: RawRun) => boolean): void {
    this.runs = this.runs.filter(wanted);
  }

  /** Whether all that was sent at a tick arrives in the new run when it did then. */
  private isDeliveredAlike({ messages, arrivals }: RawTick): boolean {
    return messages.every(({ from, to, sent, nth }, i) => {
      const before = arrivals[i] ?? [];
      let count = 0;
      for (const { at, when } of this.space.arrivals(from, to, sent, nth))
        if (this.happens(when) && before[count++] !== at) return false;
      return count === before.length;
    });
  }
}

/** Whether two lists of numbers are equal. */
export function isEqual(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** Whether two lists of facts are equal, order included. */
export function isSame(a: readonly RawFact[], b: readonly RawFact[]): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i]?.[0] !== b[i]?.[0] || a[i]?.[1] !== b[i]?.[1]) return false;
  return true;
}
