/**
 * Where things are in the diagrams of nodes: the same lane and the same tick are at the same place in both.
 */
import type { Arrow, NodesPicture } from '../nodes/report/picture.js';

/** Pixels: room for labels before the first lane, and after the last; before the first tick. */
const SIZES = { left: 166, right: 30, top: 44 } as const;
/** So that two diagrams stand side by side, lanes move together as long as they can. */
const WIDTH = 575;
const LANE = { most: 150, least: 80 } as const;
/** Of a tick, and of one after a gap; where there are many ticks. */
const TICK = { usual: 22, gap: 34, many: 40, dense: 15 } as const;
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
  const step = ticks.length > TICK.many ? TICK.dense : TICK.usual;
  for (const [i, tick] of ticks.entries()) {
    if (i > 0) y += tick - (ticks[i - 1] ?? 0) > 1 ? TICK.gap : step;
    at.set(tick, y);
  }
  const gaps = Math.max(1, lanes.length - 1);
  const room = Math.floor((WIDTH - SIZES.left - SIZES.right) / gaps);
  const lane = Math.max(LANE.least, Math.min(LANE.most, room));
  const x = (name: string): number => SIZES.left + Math.max(0, lanes.indexOf(name)) * lane;
  const height = (tick: number): number => at.get(tick) ?? y + step;
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
    width: SIZES.left + Math.max(0, lanes.length - 1) * lane + SIZES.right,
    height: y + 34,
    top: SIZES.top - 14,
    bottom: y + 20,
    last: ticks.at(-1) ?? 0,
    has: (name) => lanes.includes(name),
    x,
    y: height,
    lines,
  };
}
