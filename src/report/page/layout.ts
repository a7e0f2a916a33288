/**
 * A run as coordinates: one lane per node, time downward. Pure, so that it is tested without a browser.
 *
 * Messages of one slot (from, to, tick) with the same fate are one arrow. Where ticks stand is told by `scale.ts`.
 */
import { groupBy } from '../../core/memo.js';
import { isBold } from '../provenance/loss.js';
import type { MessageView, RunView } from '../provenance/views.js';
import { bandsOf } from './bands.js';
import { dotsOf, withoutLocation } from './dots.js';
import { type Picture, pictureOf } from './fans.js';
import { boxOfFlag, type Flag, flagsOf } from './flags.js';
import { type LabelBox, placeLabels } from './labels.js';
import type { Arrow, Band, Dot, LayoutOptions, Note } from './marks.js';
import type { Reach } from './reach.js';
import { type Quiet, type Row, type Scale, timeScale } from './scale.js';

export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly gap: number;
  readonly top: number;
  readonly bottom: number;
  /** `last`: the y up to which a fault may strike the node, if one may. */
  readonly lanes: readonly { readonly node: string; readonly x: number; readonly last: number | undefined }[];
  readonly rows: readonly Row[];
  readonly quiet: readonly Quiet[];
  readonly scale: Scale;
  /** Those that are drawn. */
  readonly messages: readonly MessageView[];
  readonly dots: readonly Dot[];
  readonly bands: readonly Band[];
  readonly flags: readonly Flag[];
  /** All arrows, or those that reach into a stretch of the picture: only what is to be seen is placed. */
  arrowsIn(from?: number, to?: number): Arrow[];
  /** These arrows but for those of folded ticks, and with those that are alike in one. */
  pictureOf(arrows: readonly Arrow[]): Picture;
  /** The labels of these marks, which may be all of them or those that are drawn. */
  labelsOf(picture: Picture, dots: readonly Dot[]): LabelBox[];
  readonly notes: readonly Note[];
}

type Bundle = readonly [MessageView, ...MessageView[]];

const MARGIN = { left: 56, right: 24 } as const;
/** Where the heads of lanes end and the picture begins, and the ruler ends. */
export const EDGE = { top: 34, left: 44 } as const;

/** Coordinates of everything in a run. */
export function layout(view: RunView, options: LayoutOptions): Layout {
  const { width, small = false } = options;
  const room = width - MARGIN.left - MARGIN.right;
  const gap = Math.max(small ? 38 : 84, Math.min(small ? 150 : 340, room / Math.max(1, view.nodes.length)));
  const places = view.nodes.map((node, i) => ({ node, x: MARGIN.left + gap * (i + 0.43) }));
  const x = new Map(places.map((lane) => [lane.node, lane.x]));
  const messages = drawnOf(view, options);
  const { top } = EDGE;
  const scale = options.scale ?? scaleOf([view], options);
  const { rows, quiet, yOf, isFolded } = scale;
  const y = new Map(rows.map((row) => [row.tick, row.y]));
  const bottom = scale.end + (small ? 10 : 16);
  const lanes = places.map((lane) => {
    const last = options.reach?.lastOf(lane.node) ?? 0;
    return { ...lane, last: last > 0 ? yOf(last) + 8 : undefined };
  });
  const placed = small ? PLACED.small : PLACED.full;
  const arrowsIn = (from = 0, to = Number.POSITIVE_INFINITY): Arrow[] => {
    const ends = ({ sent, at }: MessageView): [number, number] => [yOf(sent), yOf(at)];
    const inSight = messages.filter((message) => {
      const [start, end] = ends(message);
      return end >= from && start <= to;
    });
    return bundle(inSight).flatMap((together) => place(together, x, ends(together[0]), placed, options.reach) ?? []);
  };
  const dots = dotsOf(view, x, y, options);
  const flags = small ? [] : flagsOf(view, x, bottom + 22);
  const rowsOfFlags = Math.max(0, ...flags.map((flag) => flag.y)) + 16;
  const total = MARGIN.left + gap * Math.max(1, lanes.length) + MARGIN.right - gap * 0.1;
  const bands = bandsOf(view, lanes, y, bottom);
  const notes = notesOf(view, options.reach, scale);
  const written = flags.map((flag) => boxOfFlag(flag, total));
  const still = { bands, quiet, notes, written, gap, left: EDGE.left, top: EDGE.top, width: total, lanes } as const;
  const labelsOf = (picture: Picture, dots: readonly Dot[]): LabelBox[] =>
    placeLabels({ ...picture, ...still, dots, isTerse: view.kind === 'protocol' });
  return {
    width: total,
    height: Math.max(bottom + 14, rowsOfFlags),
    gap,
    top,
    bottom,
    lanes,
    rows,
    messages,
    dots,
    bands,
    flags,
    quiet,
    scale,
    notes,
    arrowsIn,
    pictureOf: (arrows) =>
      pictureOf(
        arrows.filter(({ sent }) => !isFolded(sent)),
        view.nodes,
        options.opened ?? new Set(),
      ),
    labelsOf,
  };
}

/** The messages that are drawn. */
const drawnOf = ({ messages, eot }: RunView, { ghosts }: Pick<LayoutOptions, 'ghosts'>): MessageView[] =>
  messages.filter((message) => (ghosts || message.fate !== 'ghost') && visible(message, eot));

/** The scale of time of some runs beside each other. */
export const scaleOf = (views: readonly RunView[], options: Omit<LayoutOptions, 'width'>): Scale =>
  timeScale(
    views.map((view) => ({ view, messages: drawnOf(view, options) })),
    options,
    EDGE.top + (options.small ? 16 : 30),
  );

/** Where the run leaves the good one, and where the time of faults is over. */
function notesOf({ divergence }: RunView, reach: Reach | undefined, { yOf, isFolded }: Scale): Note[] {
  const ends = (reach?.ends ?? []).map(({ tick, words, short }): Note => {
    // Over a fold it says by itself which of the ticks is meant.
    const mark = isFolded(tick) ? `${short} ${tick}` : short;
    return { kind: 'end', y: yOf(tick) - 20, words, short: mark };
  });
  if (divergence === undefined) return ends;
  const y = yOf(divergence) - 14;
  return [...ends, { kind: 'divergence', y, words: 'differs from the good run', short: '≠' }];
}

/** What is sent at the last tick would arrive after the end of time, faults or not: it says nothing. */
const visible = ({ fate, from, to, sent }: MessageView, eot: number): boolean =>
  fate !== 'late' && sent < eot && from !== to;

/** Messages of the same slot and fate. */
const bundle = (messages: readonly MessageView[]): Bundle[] => [
  ...groupBy(messages, ({ sent, at, fate, from, to }) => `${sent} ${at} ${fate} ${from}\n${to}`).values(),
];

/** Room between the end of a lost message and a lane that it is not of. */
const CLEAR = 16;

/**
 * The part of the way that a lost message goes: less than wanted where it would end on a lane in between, as if it
 * arrived there.
 */
function clearOfLanes(part: number, x1: number, x2: number, lanes: readonly number[]): number {
  const end = x1 + (x2 - x1) * part;
  const hit = lanes.find((lane) => lane !== x1 && Math.abs(lane - end) < CLEAR);
  return hit === undefined ? part : Math.max(0.1, (Math.abs(hit - x1) - CLEAR) / Math.abs(x2 - x1));
}

/** Arrows by their first message, as they were placed last: most of a run is where it was in the run before. */
const PLACED = { small: new WeakMap<MessageView, Arrow>(), full: new WeakMap<MessageView, Arrow>() } as const;

function place(
  messages: Bundle,
  x: ReadonlyMap<string, number>,
  [y1, y2]: readonly [number, number],
  placed: WeakMap<MessageView, Arrow>,
  reach: Reach | undefined,
): Arrow | undefined {
  const [first] = messages;
  const [x1, x2] = [x.get(first.from), x.get(first.to)];
  if (x1 === undefined || x2 === undefined) return undefined;
  const { fate } = first;
  const last = placed.get(first);
  const isThere = last?.x1 === x1 && last.x2 === x2 && last.y1 === y1 && last.y2 === y2;
  if (isThere && last.messages.length === messages.length && messages.every((one, i) => one === last.messages[i]))
    return last;
  const bold = isBold(first);
  const length = Math.hypot(x2 - x1, y2 - y1) || 1;
  // Lost messages end on the way: most soon, those that are to be seen at once where the eye looks for them.
  const wanted = fate !== 'lost' ? 1 : bold ? Math.min(0.5, 120 / length) : Math.min(0.35, 34 / length);
  const part = wanted < 1 ? clearOfLanes(wanted, x1, x2, [...x.values()]) : 1;
  const arrow = {
    ...first,
    bold,
    slice: messages.some(({ slice }) => slice),
    messages,
    label: bundleLabel(messages),
    struck: reach?.hits(first) ?? false,
    x1,
    y1,
    x2,
    y2,
    ex: x1 + (x2 - x1) * part,
    ey: y1 + (y2 - y1) * part,
  };
  placed.set(first, arrow);
  return arrow;
}

/** What stands at an arrow: the content of one message, or the relations of several with their count. */
function bundleLabel(messages: Bundle): string {
  const [first, second] = messages;
  if (!second) return withoutLocation(first.label, first.to);
  const labels = new Set(messages.map(({ label, to }) => withoutLocation(label, to)));
  if (labels.size === 1) return withoutLocation(first.label, first.to);
  const relations = new Set(messages.map(({ label }) => /^[^({]*[^({ ]/.exec(label)?.[0] ?? label));
  return `${[...relations].join(', ')} ×${labels.size}`;
}
