/**
 * Figures from samples: how probable a consistent read is after some time, from when on one is as probable as asked, and
 * latencies; each with an interval of 95 %.
 */
import { quantileRanks, shareInterval } from '../core/intervals.js';
import type { Samples } from './wars.js';

/** A probability. */
interface Share {
  readonly probability: number;
  readonly least: number;
  readonly most: number;
}

/** A number of milliseconds, with bounds where there are samples enough. */
export interface Quantile {
  readonly quantile: number;
  readonly ms: number;
  readonly least?: number;
  readonly most?: number;
}

interface Point extends Share {
  /** Milliseconds after the write was done. */
  readonly ms: number;
}

export interface Staleness {
  /** The probability of a consistent read over time, from 0 on. */
  readonly curve: readonly Point[];
  /** From when on so many reads are consistent. */
  readonly visible: readonly Quantile[];
  readonly read: readonly Quantile[];
  readonly write: readonly Quantile[];
}

const QUANTILES = [0.5, 0.9, 0.99, 0.999] as const;

/** Steps of one decade of the curve, and how many decades there are. */
const STEPS = [1, 1.25, 1.6, 2, 2.5, 3.15, 4, 5, 6.3, 8] as const;
const DECADES = 3;

/** What the samples say. They are sorted where they are. */
export function measure({ visible, read, write }: Samples): Staleness {
  for (const times of [visible, read, write]) times.sort();
  const quantiles = QUANTILES.map((quantile) => atLeastZero(quantileOf(visible, quantile)));
  const last = quantiles[quantiles.length - 1]?.ms || (visible[visible.length - 1] ?? 0);
  return {
    curve: [0, ...gridTo(last)].map((ms) => pointAt(visible, ms)),
    visible: quantiles,
    read: QUANTILES.map((quantile) => quantileOf(read, quantile)),
    write: QUANTILES.map((quantile) => quantileOf(write, quantile)),
  };
}

/** @param sorted ascending, at least one */
export function quantileOf(sorted: Float64Array, quantile: number): Quantile {
  const { length } = sorted;
  const [least, most] = quantileRanks(length, quantile);
  const ms = sorted[Math.ceil(length * quantile) - 1] as number;
  const [low, high] = [sorted[least - 1], sorted[most - 1]];
  return { quantile, ms, ...(low !== undefined && { least: low }), ...(high !== undefined && { most: high }) };
}

/** A time before the write was done is no time to wait. */
const atLeastZero = ({ quantile, ms, least, most }: Quantile): Quantile => ({
  quantile,
  ms: Math.max(0, ms),
  ...(least !== undefined && { least: Math.max(0, least) }),
  ...(most !== undefined && { most: Math.max(0, most) }),
});

/** The probability of a consistent read some time after the write was done. */
function pointAt(sorted: Float64Array, ms: number): Point {
  const hits = countUpTo(sorted, ms);
  const [least, most] = shareInterval(hits, sorted.length);
  return { ms, probability: hits / sorted.length, least, most };
}

/** How many are at most so much. */
function countUpTo(sorted: Float64Array, ms: number): number {
  let [from, to] = [0, sorted.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((sorted[middle] as number) <= ms) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** Round times, growing by about a quarter each, up to the first that is no less than the last one asked for. */
function gridTo(last: number): number[] {
  if (last <= 0) return [];
  const top = Math.ceil(Math.log10(last));
  const times = Array.from({ length: DECADES + 1 }, (_, i) => top - DECADES + i).flatMap((power) =>
    STEPS.map((step) => Number((step * 10 ** power).toPrecision(3))),
  );
  const end = times.findIndex((ms) => ms >= last);
  return times.slice(Math.max(0, end - DECADES * STEPS.length), end + 1);
}
