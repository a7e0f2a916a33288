/**
 * Where things are in the diagrams of nodes: the same lane and the same tick are at the same place in both.
 */
import type { Arrow, NodesPicture } from '../nodes/report/picture.js';

/** Pixels: room for labels before the first lane, between lanes, of a tick and of a gap, before the first tick. */
const SIZES = { left: 196, lane: 150, right: 40, tick: 26, gap: 38, top: 44 } as const;
/** How long the arrow of a client is. */
const STUB = 30;
/** How far a message gets that does not arrive. */
const HALF = 0.55;

type Line = readonly [x1: number, y1: number, x2: number, y2: number];

export interface Placed {
  readonly width: number;
  readonly height: number;
  readonly top: number;
  readonly bottom: number;
  /** The last tick. */
  readonly last: number;
  has(lane: string): boolean;
  x(lane: string): number;
  y(tick: number): number;
  /** One line for each arrival, or one that ends on the way. */
  lines(arrow: Arrow): Line[];
}

export function place({ lanes, ticks }: Pick<NodesPicture, 'lanes' | 'ticks'>): Placed {
  const at = new Map<number, number>();
  let y: number = SIZES.top;
  for (const [i, tick] of ticks.entries()) {
    if (i > 0) y += tick - (ticks[i - 1] ?? 0) > 1 ? SIZES.gap : SIZES.tick;
    at.set(tick, y);
  }
  const x = (lane: string): number => SIZES.left + Math.max(0, lanes.indexOf(lane)) * SIZES.lane;
  const height = (tick: number): number => at.get(tick) ?? y + SIZES.tick;
  const lines = ({ from, to, sent, arrivals }: Arrow): Line[] => {
    const isIn = lanes.includes(to);
    const start = lanes.includes(from) ? x(from) : x(to) - STUB;
    const end = isIn ? x(to) : start - STUB;
    const share = arrivals.length > 0 ? 1 : HALF;
    return (arrivals.length > 0 ? arrivals : [sent + 1]).map((tick): Line => {
      const [y1, y2] = [height(sent), height(tick)];
      return [start, y1, start + (end - start) * share, y1 + (y2 - y1) * share];
    });
  };
  return {
    width: SIZES.left + Math.max(0, lanes.length - 1) * SIZES.lane + SIZES.right,
    height: y + 34,
    top: SIZES.top - 14,
    bottom: y + 20,
    last: ticks.at(-1) ?? 0,
    has: (lane) => lanes.includes(lane),
    x,
    y: height,
    lines,
  };
}
