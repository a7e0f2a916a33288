/**
 * Labels without collisions: each is tried at a few places along its arrow or beside its dot, the important ones first.
 * None is written across a mark or another label; one that fits nowhere is left out (it is in the tooltip, in the
 * transcript, and appears on zooming in).
 */
import { kindOf } from '../../faults/kinds.js';
import type { Picture } from './fans.js';
import type { Arrow, Band, Dot, Fan, Note } from './marks.js';
import { type Anchor, type Box, boxOf, type Line, Room, shortened, widthOf } from './room.js';
import type { Quiet } from './scale.js';

export interface LabelBox {
  readonly kind: 'message' | 'fact' | 'missing' | 'gone' | 'note' | 'strike';
  readonly x: number;
  readonly y: number;
  readonly anchor: Anchor;
  readonly text: string;
  /** A fact that the good run does not have. */
  readonly odd?: boolean;
  /** The mark that it belongs to. */
  readonly of: Arrow | Dot | Fan | Note | Band;
}

interface Scene extends Picture {
  readonly dots: readonly Dot[];
  readonly bands: readonly Band[];
  readonly quiet: readonly Quiet[];
  readonly notes: readonly Note[];
  /** What else is written: flags. */
  readonly written: readonly Box[];
  readonly lanes: readonly { readonly node: string; readonly x: number }[];
  readonly gap: number;
  /** Where labels may begin, and where they must end. */
  readonly left: number;
  readonly top: number;
  readonly width: number;
  /** Leaves out the labels of ghosts that the outcome does not depend on. */
  readonly isTerse: boolean;
}

/** The content, and what a fault makes of it: `lost: log(1)`, `late: log(1)`. */
const markedLabel = ({ bold, moved, label }: Arrow): string => {
  const mark = bold ? 'lost' : moved && kindOf(moved).hit?.toLowerCase();
  return mark ? `${mark}: ${label}` : label;
};

/** Places along an arrow, best first; those at the end of a lost one. */
const ALONG = [0.5, 0.6, 0.4, 0.7, 0.3, 0.8, 0.22] as const;
/** Lines under and over a dot's own at which its facts may stand. */
const BESIDE = [4, 17, -9, 30, -22] as const;
/** Most facts written beside a dot, and widest label, in gaps between lanes. */
const MOST_FACTS = 2;
const REACH = 1.5;
/** Between a label and its line. */
const CLEAR = 4;
/** Room for the head of an arrow. */
const HEAD = 14;
/** Average width of a character of what faults do to nodes: bold, 12 pixels. */
const STRIKE_CHARACTER = 7.8;

/** Where the labels of a picture stand. */
export function placeLabels(scene: Scene): LabelBox[] {
  const places = new Places(scene);
  const isWeak = ({ bold, moved, slice }: Arrow): boolean => !bold && !moved && !slice;
  const messages = scene.arrows.filter(({ fate, bold }) => fate !== 'lost' || bold);
  const alike = new Set(scene.alike.flat());
  const groups = [...scene.alike, ...messages.filter((one) => !alike.has(one)).map((one) => [one])];
  const strong = groups.filter(([first]) => first && !isWeak(first));
  for (const band of scene.bands) places.strike(band);
  const rank = ([first]: readonly Arrow[]): number => (first && (first.bold || first.moved) ? 0 : 1);
  for (const group of strong.filter((one) => rank(one) === 0)) places.messages(group);
  for (const dot of scene.dots) if (dot.odd.size > 0 || dot.unsent.length > 0) places.facts(dot);
  for (const note of scene.notes) places.note(note);
  for (const fan of scene.fans) places.fan(fan);
  for (const group of strong.filter((one) => rank(one) === 1)) places.messages(group);
  for (const dot of scene.dots)
    if (dot.odd.size === 0 && dot.unsent.length === 0 && (dot.slice || dot.ghost || dot.gone.length > 0))
      places.facts(dot);
  for (const group of groups)
    if (group[0] && isWeak(group[0]) && !(scene.isTerse && group[0].fate === 'ghost')) places.messages(group);
  return places.placed;
}

type Spot = readonly [x: number, y: number, anchor: Anchor];

class Places {
  readonly placed: LabelBox[] = [];
  private readonly room = new Room();

  constructor(private readonly scene: Scene) {
    const { room } = this;
    for (const { x, y } of scene.dots) room.add({ left: x - 7, right: x + 7, top: y - 7, bottom: y + 7 });
    for (const { x, y, bottom } of scene.bands)
      room.add({ left: x - 18, right: x + 18, top: y - 2, bottom: bottom + 2 });
    for (const box of scene.written) room.add(box);
    for (const { y, height } of scene.quiet) room.add({ left: 0, right: scene.width, top: y, bottom: y + height });
    for (const arrow of scene.arrows) takeArrow(room, arrow);
    for (const { x1, y1 } of scene.fans) room.add({ left: x1 - 8, right: x1 + 8, top: y1 - 4, bottom: y1 + 16 });
    // The line of a note is crossed by nothing but arrows and lanes.
    for (const { y } of scene.notes) room.addLine({ x1: scene.left, x2: scene.width, y1: y, y2: y });
  }

  /** One label for arrows that share it. */
  messages(arrows: readonly Arrow[]): void {
    const [first] = arrows;
    if (!first) return;
    const { gap } = this.scene;
    const whole = arrows.length > 1 ? `${first.label} ×${arrows.length}` : markedLabel(first);
    const inner = [...arrows].sort((a, b) => Math.abs(a.x2 - a.x1) - Math.abs(b.x2 - b.x1));
    const spots = (arrows.length > 1 ? inner : arrows).flatMap((arrow) => spotsAlong(arrow));
    // Between near lanes a label may reach into the next gap rather than be cut, where nothing stands in its way.
    const texts = [whole, shortened(whole, gap * REACH), shortened(whole, gap * 0.86)];
    this.put('message', first, texts, spots);
  }

  fan(fan: Fan): void {
    const { label, receivers, count, x1, y1 } = fan;
    const all = `${label} → ${receivers} ×${count}`;
    const most = this.scene.gap - 18;
    const name = label.slice(0, label.search(/[({ ]|$/));
    const short = shortened(label, most - widthOf(` ×${count}`));
    const texts = [all, `${label} ×${count}`, `${name} ×${count}`, `${short} ×${count}`];
    const spots = [14, 26, 38].flatMap((dy): Spot[] => [
      [x1 + 12, y1 + dy, 'start'],
      [x1 - 12, y1 + dy, 'end'],
    ]);
    this.put(
      'message',
      fan,
      texts.filter((text) => widthOf(text) <= most),
      spots,
    );
  }

  /** Beside a band, as near to its beginning and its end as can be; rather on the left, for most messages go right. */
  strike(band: Band): void {
    const { x, y, bottom, label = '', over = '' } = band;
    const aside = 20;
    const beside = (from: number, by: number): Spot[] =>
      Array.from({ length: 12 }, (_, i) => from + by * i).flatMap((at): Spot[] => [
        [x - aside, at, 'end'],
        [x + aside, at, 'start'],
      ]);
    const wide = (text: string): number => widthOf(text, STRIKE_CHARACTER);
    this.put('strike', band, [label], beside(y - 4, 7), false, wide);
    this.put('strike', band, [over], beside(bottom + 4, -7), false, wide);
  }

  /** At the right end of its line, else wherever there is room. */
  note(note: Note): void {
    const { lanes, width, left } = this.scene;
    const middles = lanes.flatMap(({ x }, i) => [(x + (lanes[i + 1]?.x ?? width)) / 2]).reverse();
    const spots = [-CLEAR, 14].flatMap((dy): Spot[] => [
      [width - 8, note.y + dy, 'end'],
      [left + 6, note.y + dy, 'start'],
      ...middles.map((x): Spot => [x, note.y + dy, 'middle']),
    ]);
    this.put('note', note, [note.words], spots);
  }

  facts(dot: Dot): void {
    const { scene } = this;
    const facts = dot.facts.map((text) => ({ kind: 'fact' as const, text, odd: dot.odd.has(text) }));
    const unsent = dot.ghost && dot.unsent.length === 0 ? dot.missing.slice(0, 1) : dot.unsent;
    const missing = unsent.map((text) => ({ kind: 'missing' as const, text: `no ${text}`, odd: false }));
    const gone = dot.gone.map((text) => ({ kind: 'gone' as const, text: `${text} ends`, odd: false }));
    // One of each kind rather than two of the same.
    const rest = [...missing, ...gone];
    const lines = rest.length > 0 ? [...facts.slice(0, 1), ...rest, ...facts.slice(1)] : facts;
    const more = lines.length - MOST_FACTS;
    const isBanded = scene.bands.some(
      ({ node, tick, bottom }) => node === dot.node && tick <= dot.tick && dot.y <= bottom,
    );
    const aside = isBanded ? 19 : 10;
    for (const [i, { kind, text, odd }] of lines.slice(0, MOST_FACTS).entries()) {
      const suffix = more > 0 && i === 1 ? ` +${more}` : '';
      const spots = BESIDE.flatMap((dy): Spot[] => [
        [dot.x + aside, dot.y + dy, 'start'],
        [dot.x - aside, dot.y + dy, 'end'],
      ]);
      const short = [0.8, REACH].map((part) => shortened(text, scene.gap * part - widthOf(suffix)));
      const texts = [text, ...short.reverse()].filter((one) => one === text || one.length > 8);
      if (
        !this.put(
          kind,
          dot,
          [...new Set(texts)].map((one) => one + suffix),
          spots,
          odd,
        )
      )
        return;
    }
  }

  /** Puts the first of some texts that finds room where it does; says whether one did. */
  private put(
    kind: LabelBox['kind'],
    of: LabelBox['of'],
    texts: readonly string[],
    spots: readonly Spot[],
    odd = false,
    wide = (text: string): number => widthOf(text),
  ): boolean {
    const { room, placed, scene } = this;
    for (const text of new Set(texts)) {
      if (text === '') continue;
      const width = wide(text);
      const free: { x: number; y: number; anchor: Anchor; box: Box }[] = [];
      for (const [x, y, anchor] of spots) {
        const box = boxOf(x, y, width, anchor);
        if (box.left < scene.left || box.top < scene.top || box.right > scene.width - 2 || !room.isFree(box)) continue;
        free.push({ x, y, anchor, box });
      }
      // Rather between the lanes than across one.
      const best = free.find(({ box }) => !scene.lanes.some(({ x }) => box.left < x && x < box.right)) ?? free[0];
      if (!best) continue;
      const { box, ...place } = best;
      room.add(box);
      placed.push({ kind, ...place, text, of, odd });
      return true;
    }
    return false;
  }
}

/** Places that hug a line without touching it: above where it falls away, below where it has come from. */
function spotsAlong({ x1, y1, x2, y2, ex, ey, bold }: Arrow): Spot[] {
  if (bold)
    return [
      [ex, ey + 22, 'middle'],
      [ex, ey - 13, 'middle'],
      [ex + 12, ey + 4, 'start'],
      [ex - 12, ey + 4, 'end'],
      [ex + 8, ey - 10, 'start'],
      [ex - 8, ey - 10, 'end'],
      // Under the cross, on the side that its line has come from.
      [ex + 12, ey + 21, 'end'],
      [ex - 12, ey + 21, 'start'],
      [ex + 8, ey + 20, 'start'],
      [ex - 8, ey + 20, 'end'],
      [ex, ey + 44, 'middle'],
    ];
  const right = x2 >= x1;
  return ALONG.flatMap((along): Spot[] => {
    const [x, y] = [x1 + (x2 - x1) * along, y1 + (y2 - y1) * along];
    return [
      [right ? x + 2 : x - 2, y - CLEAR, right ? 'start' : 'end'],
      [right ? x - 2 : x + 2, y + ABOVE_LINE, right ? 'end' : 'start'],
    ];
  });
}

/** From a line to the base of what stands under it. */
const ABOVE_LINE = 11 + CLEAR;

function takeArrow(room: Room, { x1, y1, ex, ey, x2, y2, bold, fate, moved }: Arrow): void {
  const line: Line = { x1, y1, x2: ex, y2: ey };
  room.addLine(line);
  const [mx, my] = [(x1 + x2) / 2, (y1 + y2) / 2];
  if (moved) room.add({ left: mx - 6, right: mx + 6, top: my - 6, bottom: my + 6 });
  if (bold) {
    room.add({ left: ex - 8, right: ex + 8, top: ey - 8, bottom: ey + 8 });
    room.addLine({ x1: ex, y1: ey, x2, y2 });
  } else if (fate === 'lost') room.add({ left: ex - 5, right: ex + 5, top: ey - 5, bottom: ey + 5 });
  else room.add(headOf(x1, y1, x2, y2));
}

/** The box of an arrow's head, which stops short of the dot. */
function headOf(x1: number, y1: number, x2: number, y2: number): Box {
  const length = Math.hypot(x2 - x1, y2 - y1) || 1;
  const [bx, by] = [x2 - ((x2 - x1) / length) * HEAD, y2 - ((y2 - y1) / length) * HEAD];
  return {
    left: Math.min(bx, x2) - 2,
    right: Math.max(bx, x2) + 2,
    top: Math.min(by, y2) - 4,
    bottom: Math.max(by, y2) + 4,
  };
}
