/**
 * Labels without collisions: each is tried at a few places along its arrow, the important ones first; one that fits
 * nowhere is left out (it is in the tooltip, in the transcript, and appears on zooming in). Boxes are kept in buckets
 * by height, so that many stay cheap.
 */
import { getOrMake, groupBy } from '../../core/memo.js';
import { beginning } from '../../core/text.js';
import { kindOf } from '../../faults/kinds.js';
import type { Arrow, Band, Dot } from './marks.js';

export interface LabelBox {
  readonly kind: 'message' | 'fact' | 'missing';
  readonly x: number;
  readonly y: number;
  readonly anchor: 'start' | 'middle' | 'end';
  readonly text: string;
  /** A fact that the good run does not have. */
  readonly odd?: boolean;
  /** Of the arrow or dot that it belongs to. */
  readonly of: Arrow | Dot;
}

interface Scene {
  readonly arrows: readonly Arrow[];
  readonly dots: readonly Dot[];
  readonly bands: readonly Band[];
  readonly lanes: readonly { readonly node: string; readonly x: number }[];
  readonly gap: number;
  readonly width: number;
  /** Leaves out the labels of ghosts that the outcome does not depend on. */
  readonly quiet: boolean;
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Average width of a character, and height of a line, at the page's label size. */
const CHARACTER = 6.5;
const LINE = 13;
const BUCKET = 40;

class Taken {
  private readonly buckets = new Map<number, Box[]>();

  add(box: Box): void {
    for (let i = Math.floor(box.top / BUCKET); i <= Math.floor(box.bottom / BUCKET); i++) {
      getOrMake(this.buckets, i, (): Box[] => []).push(box);
    }
  }

  isFree(box: Box): boolean {
    for (let i = Math.floor(box.top / BUCKET); i <= Math.floor(box.bottom / BUCKET); i++)
      for (const other of this.buckets.get(i) ?? [])
        if (box.left < other.right && other.left < box.right && box.top < other.bottom && other.top < box.bottom)
          return false;
    return true;
  }
}

const boxOf = (x: number, y: number, width: number, anchor: LabelBox['anchor']): Box => ({
  left: anchor === 'middle' ? x - width / 2 : anchor === 'end' ? x - width : x,
  right: anchor === 'middle' ? x + width / 2 : anchor === 'end' ? x : x + width,
  top: y - LINE + 2,
  bottom: y + 3,
});

/** The content, and what a fault makes of it: `lost: log(1)`, `late: log(1)`. */
const markedLabel = ({ bold, moved, label }: Arrow): string => {
  const mark = bold ? 'lost' : moved && kindOf(moved).hit?.toLowerCase();
  return mark ? `${mark}: ${label}` : label;
};

const shortened = (text: string, room: number): string => {
  const most = Math.floor(room / CHARACTER);
  return text.length <= most ? text : most < 4 ? '' : `${beginning(text, most - 1)}…`;
};

/** Widest label, in gaps between lanes. */
const REACH = 1.5;

/** Places along an arrow, best first, each above the line and below; those at the end of a lost one. */
const ALONG = [0.5, 0.62, 0.38, 0.72, 0.28, 0.82].flatMap((along) => [[along, -5] as const, [along, 14] as const]);
const AT_END = [[1, 20] as const, [1, -12] as const];

/** Most facts written beside a dot. */
const MOST_FACTS = 2;

/** Where the labels of a picture stand. */
export function placeLabels(scene: Scene): LabelBox[] {
  const places = new Places(scene);
  const rank = (arrow: Arrow): number => (arrow.bold || arrow.moved ? 0 : arrow.slice ? 1 : 2);
  const messages = scene.arrows.filter(({ fate, bold }) => fate !== 'lost' || bold).sort((a, b) => rank(a) - rank(b));
  for (const arrow of messages) if (rank(arrow) < 2) places.message(arrow);
  for (const dot of scene.dots) if (dot.slice || dot.ghost) places.facts(dot);
  for (const arrow of messages)
    if (rank(arrow) === 2 && !(scene.quiet && arrow.fate === 'ghost')) places.message(arrow);
  return places.placed;
}

class Places {
  readonly placed: LabelBox[] = [];
  private readonly taken = new Taken();
  /** Lines that a label should not be written across, by tick of sending. */
  private readonly lines: ReadonlyMap<number, readonly Arrow[]>;

  constructor(private readonly scene: Scene) {
    const { taken } = this;
    this.lines = linesOf(scene.arrows);
    for (const { x, y } of scene.dots) taken.add({ left: x - 6, right: x + 6, top: y - 6, bottom: y + 6 });
    for (const { x, y, bottom, label = '', over = '' } of scene.bands) {
      if (label !== '') taken.add(boxOf(x + 14, y + 2, (label.length + 2) * CHARACTER, 'start'));
      if (over !== '') taken.add(boxOf(x + 14, bottom + 4, (over.length + 2) * CHARACTER, 'start'));
    }
    for (const { ex, ey, bold } of scene.arrows)
      if (bold) taken.add({ left: ex - 8, right: ex + 8, top: ey - 8, bottom: ey + 8 });
  }

  message(arrow: Arrow): void {
    const { gap } = this.scene;
    const whole = markedLabel(arrow);
    const short = shortened(whole, gap * 0.86);
    // Between near lanes a label may reach into the next gap rather than be cut, where nothing stands in its way.
    if (whole !== short && whole.length * CHARACTER <= gap * REACH && this.spotFor(arrow, whole, true)) return;
    if (short !== '') this.spotFor(arrow, short, false);
  }

  /** Puts a message's label where it finds room; says whether it did. */
  private spotFor(arrow: Arrow, text: string, clearOnly: boolean): boolean {
    const { scene, taken, placed, lines } = this;
    const lost = arrow.bold;
    const width = text.length * CHARACTER;
    const others = lines.get(arrow.sent) ?? [];
    let chosen: { readonly x: number; readonly y: number; readonly box: Box } | undefined;
    for (const [along, dy] of lost ? AT_END : ALONG) {
      const [toX, toY] = lost ? [arrow.ex, arrow.ey] : [arrow.x2, arrow.y2];
      const middle = arrow.x1 + (toX - arrow.x1) * along;
      const x = Math.max(width / 2 + 2, Math.min(scene.width - width / 2 - 2, middle));
      const y = arrow.y1 + (toY - arrow.y1) * along + dy;
      const box = boxOf(x, y, width + 6, 'middle');
      if (!taken.isFree(box)) continue;
      const isClear = !others.some((other) => other !== arrow && crosses(other, box));
      if (isClear || (!chosen && !clearOnly && (arrow.slice || lost))) chosen = { x, y, box };
      if (isClear) break;
    }
    if (!chosen) return false;
    taken.add(chosen.box);
    placed.push({ kind: 'message', x: chosen.x, y: chosen.y, anchor: 'middle', text, of: arrow });
    return true;
  }

  facts(dot: Dot): void {
    const { scene, taken, placed, lines: arrows } = this;
    const facts = dot.facts.map((text) => ({ kind: 'fact' as const, text }));
    const missing = (dot.ghost && dot.unsent.length === 0 ? dot.missing.slice(0, 1) : dot.unsent).map((text) => ({
      kind: 'missing' as const,
      text: `no ${text}`,
    }));
    // One of each kind rather than two of the same.
    const lines = missing.length > 0 ? [...facts.slice(0, 1), ...missing, ...facts.slice(1)] : facts;
    const more = lines.length - MOST_FACTS;
    const banded = scene.bands.some(
      ({ node, tick, bottom }) => node === dot.node && tick <= dot.tick && dot.y <= bottom,
    );
    const aside = banded ? 17 : 10;
    const near = [...(arrows.get(dot.tick) ?? []), ...(arrows.get(dot.tick - 1) ?? [])];
    let y = dot.y + 4;
    let side: LabelBox['anchor'] | undefined;
    for (const [i, { kind, text }] of lines.slice(0, MOST_FACTS).entries()) {
      const suffix = more > 0 && i > 0 ? ` +${more}` : '';
      const spots = (
        [
          ['start', 0.8],
          ['end', 0.8],
          ['start', REACH],
          ['end', REACH],
        ] as const
      ).map(([anchor, gaps]) => {
        const first = scene.lanes[0]?.x ?? 0;
        const room =
          anchor === 'end' && dot.x === first
            ? first - 44
            : Math.min(scene.gap * gaps, anchor === 'end' ? dot.x - 20 : scene.width - dot.x - 14);
        const short = shortened(text, room - suffix.length * CHARACTER) + suffix;
        const x = anchor === 'start' ? dot.x + aside : dot.x - aside;
        return { kind, x, y, anchor, text: short, of: dot, box: boxOf(x, y, short.length * CHARACTER, anchor) };
      });
      const free = spots.filter((spot) => (spot.text.length > 8 || spot.text === text) && taken.isFree(spot.box));
      const whole = free.filter((spot) => !near.some((arrow) => crosses(arrow, spot.box)));
      const first = whole.find((spot) => !spot.text.includes('…')) ?? whole[0] ?? free[0];
      const chosen = side === undefined ? first : whole.find(({ anchor }) => anchor === side);
      if (!chosen) return;
      const { box, ...label } = chosen;
      side = chosen.anchor;
      taken.add(box);
      placed.push({ ...label, odd: dot.odd.has(text) });
      y += LINE;
    }
  }
}

const linesOf = (arrows: readonly Arrow[]): Map<number, Arrow[]> =>
  groupBy(
    arrows.filter(({ slice, bold }) => slice || bold),
    ({ sent }) => sent,
  );

/** Whether a line runs through a box: it does where its stretch between the box's sides meets the box's height. */
function crosses({ x1, y1, ex, ey }: Arrow, box: Box): boolean {
  const left = Math.max(box.left, Math.min(x1, ex));
  const right = Math.min(box.right, Math.max(x1, ex));
  if (left > right || x1 === ex) return false;
  const slope = (ey - y1) / (ex - x1);
  const atLeft = y1 + slope * (left - x1);
  const atRight = y1 + slope * (right - x1);
  return Math.min(atLeft, atRight) < box.bottom && Math.max(atLeft, atRight) > box.top;
}
