/**
 * The cells of one slice, and what is known of them: an order in which whatever breaks breaks in all larger cells, and
 * whatever is kept is kept in all smaller ones.
 *
 * So one counterexample settles every cell whose bounds admit it, and one proof every cell below. The next question is
 * the one that settles most of what is open, whatever its answer: a bisection along the staircase between the two.
 */
import type { VerdictKind } from '../dedalus/program.js';
import { makeBounds } from '../faults/bounds.js';
import type { Bounds, Scenario } from '../faults/fault.js';
import { problemsOf } from '../faults/scenario.js';
import type { Axis } from './axes.js';

/** A cell: the bounds at one place on the axes. */
export interface Cell {
  /** The values of the bounds, in the order of the axes. */
  readonly at: readonly number[];
  readonly bounds: Bounds;
}

/** A counterexample, and the cells that admit it. */
interface Found {
  readonly faults: Scenario;
  readonly admits: readonly boolean[];
}

export class Staircase {
  /** The smallest first, the last axis fastest. */
  readonly cells: readonly Cell[];
  readonly found: Found[] = [];
  /** By cell: whether the promise is kept there; undefined as long as it is open. */
  private readonly kept: (boolean | undefined)[];
  /** By cell: whether no counterexample within it has fewer faults than those found. */
  private readonly smallest: boolean[];

  /** @throws LdfiError 'bad-bounds' */
  constructor(base: Bounds, eot: number, axes: readonly Axis[]) {
    const places = axes.reduce<number[][]>(
      (all, { values }) => all.flatMap((place) => values.map((value) => [...place, value])),
      [[]],
    );
    this.cells = places.map((at) => {
      const own = Object.fromEntries(axes.map(({ name }, i) => [name, at[i]]));
      return { at, bounds: makeBounds({ ...base, ...own, eot }) };
    });
    this.kept = this.cells.map(() => undefined);
    this.smallest = this.cells.map(() => false);
  }

  isOpen(cell: number): boolean {
    return this.kept[cell] === undefined;
  }

  isBroken(cell: number): boolean {
    return this.kept[cell] === false;
  }

  /** Whether all that a cell admits is admitted by another one. */
  isWithin(cell: number, other: number): boolean {
    const { at } = this.cells[other] as Cell;
    return (this.cells[cell] as Cell).at.every((value, axis) => value <= (at[axis] as number));
  }

  /** The open cells within one. */
  openWithin(top: number): number[] {
    return this.cells.flatMap((_, cell) => (this.isOpen(cell) && this.isWithin(cell, top) ? [cell] : []));
  }

  /** The open cell within `top` whose answer settles most, whatever it is; undefined if none is open. */
  next(top: number): number | undefined {
    const open = this.openWithin(top);
    let [best, most] = [open[0], -1];
    for (const cell of open) {
      const below = open.filter((other) => this.isWithin(other, cell)).length;
      const above = open.filter((other) => this.isWithin(cell, other)).length;
      if (Math.min(below, above) > most) [best, most] = [cell, Math.min(below, above)];
    }
    return best;
  }

  /** Nothing breaks within a cell. */
  holds(cell: number): void {
    for (const other of this.cells.keys()) if (this.isWithin(other, cell)) this.kept[other] ??= true;
  }

  /** It is not known after all that nothing breaks within these cells. */
  reopen(cells: Iterable<number>): void {
    for (const cell of cells) if (this.kept[cell]) this.kept[cell] = undefined;
  }

  /** A counterexample breaks all cells that admit it. */
  breaks(faults: Scenario): void {
    const admits = this.cells.map(({ bounds }) => problemsOf(faults, bounds).length === 0);
    this.found.push({ faults, admits });
    for (const [cell, isAdmitted] of admits.entries()) if (isAdmitted) this.kept[cell] = false;
  }

  /** The first of the counterexamples within a cell with the fewest faults; undefined if there is none. */
  smallestOf(cell: number): number | undefined {
    const own = [...this.found.keys()].filter((i) => this.found[i]?.admits[cell]);
    const size = (i: number): number => this.found[i]?.faults.length ?? 0;
    return own.length === 0 ? undefined : own.reduce((best, i) => (size(i) < size(best) ? i : best));
  }

  /** No counterexample within a cell has fewer faults than the smallest one found there. */
  provenSmallest(cell: number): void {
    this.smallest[cell] = true;
  }

  /** Whether that is known: also where a larger cell has none with fewer faults, and where one fault breaks it. */
  isSmallest(cell: number): boolean {
    const size = this.sizeOf(cell);
    if (size <= 1 || this.smallest[cell]) return size < Number.POSITIVE_INFINITY;
    return this.smallest.some((known, other) => known && this.isWithin(cell, other) && this.sizeOf(other) === size);
  }

  private sizeOf(cell: number): number {
    const found = this.smallestOf(cell);
    return found === undefined ? Number.POSITIVE_INFINITY : (this.found[found]?.faults.length ?? 0);
  }

  /**
   * What a search of each cell would say.
   * @param quiet the verdict of what does not break: `holds`, or `vacuous` if nothing is promised without faults
   */
  verdicts(quiet: VerdictKind): VerdictKind[] {
    return this.kept.map((kept) => (kept === undefined ? 'inconclusive' : kept ? quiet : 'violated'));
  }
}
