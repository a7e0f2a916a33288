/**
 * A run as coordinates: one lane per node, time downward. Pure, so that it is tested without a browser.
 *
 * Messages of one slot (from, to, tick) with the same fate are one arrow. A tick takes the height that its content
 * deserves: full where something of the causal slice is sent, little where only dimmed things happen, next to nothing
 * where it is quiet.
 */
import { groupBy } from '../../core/memo.js';
import { isBold } from '../provenance/loss.js';
import type { MessageView, RunView } from '../provenance/views.js';
import { bandsOf } from './bands.js';
import { dotsOf, withoutLocation } from './dots.js';
import { type Flag, flagsOf } from './flags.js';
import { type LabelBox, placeLabels } from './labels.js';
import type { Arrow, Band, Dot, LayoutOptions } from './marks.js';

export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly gap: number;
  readonly top: number;
  readonly bottom: number;
  readonly lanes: readonly { readonly node: string; readonly x: number }[];
  readonly rows: readonly { readonly tick: number; readonly y: number; readonly height: number }[];
  /** Those that are drawn. */
  readonly messages: readonly MessageView[];
  readonly dots: readonly Dot[];
  readonly bands: readonly Band[];
  readonly flags: readonly Flag[];
  /** All arrows, or those that reach into a stretch of the picture: only what is to be seen is placed. */
  arrowsIn(from?: number, to?: number): Arrow[];
  /** The labels of these marks, which may be all of them or those that are drawn. */
  labelsOf(arrows: readonly Arrow[], dots: readonly Dot[]): LabelBox[];
  /** Between the last tick that is as in the good run and the first that is not. */
  readonly divergence: number | undefined;
}

type Bundle = readonly [MessageView, ...MessageView[]];

const MARGIN = { left: 46, right: 24 } as const;

/** Coordinates of everything in a run. */
export function layout(view: RunView, options: LayoutOptions): Layout {
  const { width, small = false } = options;
  const room = width - MARGIN.left - MARGIN.right;
  const gap = Math.max(small ? 38 : 84, Math.min(small ? 150 : 340, room / Math.max(1, view.nodes.length)));
  const lanes = view.nodes.map((node, i) => ({ node, x: MARGIN.left + gap * (i + 0.43) }));
  const x = new Map(lanes.map((lane) => [lane.node, lane.x]));
  const messages = view.messages.filter((m) => (options.ghosts || m.fate !== 'ghost') && visible(m, view.eot));
  const top = 34;
  const rows = rowsOf(view, messages, options, top);
  const y = new Map(rows.map((row) => [row.tick, row.y]));
  const last = rows.at(-1);
  const bottom = (last?.y ?? top) + (small ? 10 : 16);
  const placed = small ? PLACED.small : PLACED.full;
  const arrowsIn = (from = 0, to = Number.POSITIVE_INFINITY): Arrow[] => {
    const ends = ({ sent, at }: MessageView): [number, number] => [y.get(sent) ?? bottom, y.get(at) ?? bottom];
    const inSight = messages.filter((message) => {
      const [start, end] = ends(message);
      return end >= from && start <= to;
    });
    return bundle(inSight).flatMap((together) => place(together, x, ends(together[0]), placed) ?? []);
  };
  const dots = dotsOf(view, x, y, options);
  const flags = small ? [] : flagsOf(view, x, bottom + 22);
  const rowsOfFlags = Math.max(0, ...flags.map((flag) => flag.y)) + 16;
  const total = MARGIN.left + gap * Math.max(1, lanes.length) + MARGIN.right - gap * 0.1;
  const bands = bandsOf(view, lanes, y, bottom);
  const cut = view.divergence === undefined ? undefined : y.get(view.divergence);
  const labelsOf = (arrows: readonly Arrow[], dots: readonly Dot[]): LabelBox[] =>
    placeLabels({ arrows, dots, bands, gap, width: total, lanes, quiet: view.kind === 'protocol' });
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
    arrowsIn,
    labelsOf,
    divergence: cut === undefined ? undefined : cut - 14,
  };
}

/** What is sent at the last tick would arrive after the end of time, faults or not: it says nothing. */
const visible = ({ fate, from, to, sent }: MessageView, eot: number): boolean =>
  fate !== 'late' && sent < eot && from !== to;

/** Messages of the same slot and fate. */
const bundle = (messages: readonly MessageView[]): Bundle[] => [
  ...groupBy(messages, ({ sent, at, fate, from, to }) => `${sent} ${at} ${fate} ${from}\n${to}`).values(),
];

function rowsOf(
  view: RunView,
  messages: readonly MessageView[],
  { all, small = false }: LayoutOptions,
  top: number,
): { tick: number; y: number; height: number }[] {
  const weight = new Map<number, number>();
  const raise = (tick: number, to: number): void => {
    weight.set(tick, Math.max(weight.get(tick) ?? 0, to));
  };
  for (const message of messages) {
    const { fate, moved, slice, sent } = message;
    const strong = isBold(message) || moved !== undefined || (fate !== 'lost' && (all || slice));
    raise(sent, strong ? 3 : 1);
  }
  for (const { tick, facts } of view.events) if (facts.some(({ slice }) => slice)) raise(tick, 2);
  const heights = small ? [10, 18, 22, 34] : [22, 36, 46, 82];
  const rows: { tick: number; y: number; height: number }[] = [];
  let y = top + (small ? 16 : 30);
  for (let tick = 1; tick <= view.eot; tick++) {
    const height = heights[weight.get(tick) ?? 0] ?? 0;
    rows.push({ tick, y, height });
    y += height;
  }
  return rows;
}

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
