/**
 * The clock in a cube of scenarios: when messages arrive, and which nodes run, for certain or perhaps.
 */
import { getOrMake } from '../../core/memo.js';
import { kindOf } from '../kinds.js';
import { both, type Cube, not, type Scope, type Truth } from './cube.js';

export class Clock {
  private readonly arrivals = new Map<string, readonly [number, Truth][]>();

  constructor(
    private readonly scope: Scope,
    private readonly cube: Cube,
  ) {}

  /**
   * The ticks at which a message may arrive, and whether it does.
   * @param number of the message in its slot, from 1
   */
  arrives(from: string, to: string, sent: number, number: number): readonly [tick: number, is: Truth][] {
    const nth = Math.min(number, this.scope.bounds.perMessage ?? 0) || undefined;
    return getOrMake(this.arrivals, JSON.stringify([from, to, sent, nth]), () => {
      const ways = from === to ? [[sent + 1, 1] as const] : this.ways({ from, to, sent, nth });
      const ticks = [...new Set(ways.map(([tick]) => tick))];
      return ticks.map((tick): [number, Truth] => {
        const is = Math.max(...ways.map(([at, truth]) => (at === tick ? truth : -1))) as Truth;
        return [tick, both(is, both(this.runs(from, sent), this.runs(to, tick)))];
      });
    });
  }

  /** On time, late or once more; a fault of a slot that does not deny it brings it `by` ticks later. */
  private ways(slot: { from: string; to: string; sent: number; nth: number | undefined }) {
    const { scope, cube } = this;
    const { from, to, sent, nth } = slot;
    const shifts = scope.all(['shifts', from, to, sent, nth ?? 0], (fault, { fields, slot: hits }) => {
      const hit = 'by' in fields ? hits?.(fault) : undefined;
      return hit?.from === from && hit.to === to && hit.sent === sent && hit.nth === nth;
    });
    const isDelay = (i: number): boolean => !kindOf(scope.faults[i] as never).repeats;
    const byOf = (i: number): number => (scope.faults[i] as unknown as { by: number }).by;
    const alive = not(cube.some(scope.deniers(slot)));
    const onTime = not(cube.some(shifts.filter(isDelay)));
    const late = shifts.map((i) => [sent + 1 + byOf(i), both(alive, cube.some([i]))] as const);
    return [[sent + 1, both(alive, onTime)] as const, ...late];
  }

  /** Whether a node runs its rules, and takes what arrives. */
  runs(node: string, tick: number): Truth {
    return not(this.cube.some(this.scope.stops(node, tick)));
  }

  /** Whether timers of a node come no nearer. */
  stands(node: string, tick: number): Truth {
    return this.cube.some(
      this.scope.all(['stands', node, tick], (fault, { standstill }) => {
        const still = standstill?.(fault);
        return still?.node === node && still.from <= tick && tick <= still.until;
      }),
    );
  }

  /** When a node goes down so that assertions see it; whether it does at all, and whether at each tick. */
  seen(node: string): { readonly isDown: Truth; readonly ticks: readonly [tick: number, is: Truth][] } {
    const { scope, cube } = this;
    const at = (least: number, most: number): readonly number[] =>
      scope.all(['seen', node, least, most], (fault, { isSeen, downtime }) => {
        const down = isSeen ? downtime?.(fault) : undefined;
        return down?.node === node && down.from >= least && down.from <= most;
      });
    const ticks = Array.from({ length: scope.bounds.eot - 1 }, (_, i) => [i + 1, cube.some(at(i + 1, i + 1))] as const);
    return {
      isDown: cube.some(at(1, scope.bounds.eot)),
      ticks: ticks.filter(([, is]) => is > -1).map(([t, is]) => [t, is]),
    };
  }
}
