/**
 * Lines of the dataflow between boxes in layers: ahead, back, to a box of the same layer, and from a box to itself. None
 * is taken for another, or for a line to a box that it only passes.
 */

export const HEIGHT = 28;
export const GAP = 26;

/** A box, its layer, and whether nothing of its layer stands over or under it. */
export interface Placed {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly layer: number;
  readonly isTop: boolean;
  readonly isBottom: boolean;
}

export interface Curve {
  readonly path: string;
  /** It begins and ends there, and lies within them. */
  readonly points: readonly Point[];
  /** Where signs are written: their middle, on their base line. */
  readonly x: number;
  readonly y: number;
}

export type Point = readonly [x: number, y: number];

/**
 * @param nth how many others there are between the same two
 * @param all boxes, of which those in its way are passed
 */
export function curveOf(from: Placed, to: Placed, nth: number, all: readonly Placed[]): Curve {
  const by = nth * 8;
  if (from === to) return loop(from, nth);
  if (from.layer < to.layer) return ahead(from, to, by);
  return from.layer === to.layer ? beside(from, to, by) : back(from, to, by, all);
}

/** A number of pixels, short and the same everywhere. */
export const px = (value: number): string => String(Math.round(value * 10) / 10);

function curve(points: readonly [Point, Point, Point, Point], x: number, y: number): Curve {
  const [start, ...rest] = points.map((point) => point.map(px).join(' '));
  return { path: `M${start}C${rest.join(' ')}`, points, x, y };
}

/** In an arc over the boxes between, if there are some at its height. */
function ahead(from: Placed, to: Placed, by: number): Curve {
  const [x1, y1] = [from.x + from.width + 3, from.y + HEIGHT / 2 + by];
  const [x2, y2] = [to.x - 4, to.y + HEIGHT / 2 + by];
  const rise = to.layer - from.layer > 1 && Math.abs(y1 - y2) < HEIGHT ? HEIGHT + GAP / 2 : 0;
  const middle = (x1 + x2) / 2;
  const [left, right] = rise > 0 ? [x1 + GAP, x2 - GAP] : [middle, middle];
  return curve(
    [
      [x1, y1],
      [left, y1 - rise],
      [right, y2 - rise],
      [x2, y2],
    ],
    middle,
    (y1 + y2) / 2 - rise * 0.75 - 4,
  );
}

/** Down on the right side, up on the left one. */
function beside(from: Placed, to: Placed, by: number): Curve {
  const isDown = from.y < to.y;
  const edge = ({ x, width }: Placed): number => (isDown ? x + width + 4 : x - 4);
  const [x1, x2] = [edge(from), edge(to)];
  const [y1, y2] = [from.y + HEIGHT / 2 + by, to.y + HEIGHT / 2 + (isDown ? -4 : 4) + by];
  const out = GAP + Math.abs(y2 - y1) / 8 + by;
  const x = isDown ? Math.max(x1, x2) + out : Math.min(x1, x2) - out;
  return curve(
    [
      [x1, y1],
      [x, y1],
      [x, y2],
      [x2, y2],
    ],
    (x1 + x2) / 8 + x * 0.75,
    (y1 + y2) / 2 + 4,
  );
}

/** To an earlier layer: over all boxes on its way or under them, whichever is free. */
function back(from: Placed, to: Placed, by: number, all: readonly Placed[]): Curve {
  const isOver = from.isTop && to.isTop && !(from.isBottom && to.isBottom);
  const between = all.filter(({ layer }) => to.layer <= layer && layer <= from.layer);
  const [x1, x2] = [from.x + from.width / 2 + by, to.x + to.width / 2 + 8 + by];
  const edge = ({ y }: Placed): number => (isOver ? y - 5 : y + HEIGHT + 5);
  const far = isOver ? Math.min(...between.map(edge)) : Math.max(...between.map(edge));
  const y = far + (isOver ? -1 : 1) * (GAP + by);
  const low = (edge(from) + edge(to)) / 8 + y * 0.75;
  return curve(
    [
      [x1, edge(from)],
      [x1, y],
      [x2, y],
      [x2, edge(to)],
    ],
    (x1 + x2) / 2,
    low + 4,
  );
}

function loop({ x, y, width }: Placed, nth: number): Curve {
  const [half, high] = [12 + 8 * nth, 22 + 12 * nth];
  const [left, right, top] = [x + width / 2 - half, x + width / 2 + half, y - 3];
  return curve(
    [
      [left, top],
      [left, top - high],
      [right, top - high],
      [right, top - 1],
    ],
    x + width / 2,
    top - 0.75 * high + 2,
  );
}
