/**
 * The scale of time: where each tick stands. A tick takes the height that its content deserves; a run of ticks in which
 * nothing happens that matters, or the same again and again, is one narrow band. Two runs beside each other share one scale.
 */
import { groupBy } from '../../core/memo.js';
import { kindOf } from '../../faults/kinds.js';
import { tickOf } from '../../faults/scenario.js';
import { isBold } from '../provenance/loss.js';
import type { MessageView, RunView } from '../provenance/views.js';

export interface Row {
  readonly tick: number;
  readonly y: number;
  readonly height: number;
}

/** Ticks in which nothing happens that matters, or the same as before, in one band. */
export interface Quiet {
  readonly id: string;
  readonly from: number;
  readonly last: number;
  /** How many messages are not drawn, and whether some of them matter: each tick sends what the one before does. */
  readonly messages: number;
  readonly repeats: boolean;
  readonly y: number;
  readonly height: number;
}

export interface Scale {
  /** Ticks that are not folded. */
  readonly rows: readonly Row[];
  readonly quiet: readonly Quiet[];
  /** Height of the picture so far: where what follows the last tick begins. */
  readonly end: number;
  /** Where a tick stands, be it folded. */
  yOf(tick: number): number;
  isFolded(tick: number): boolean;
}

export interface ScaleOptions {
  readonly all: boolean;
  readonly small?: boolean;
  /** Bands that the reader has opened, by name. */
  readonly opened?: ReadonlySet<string>;
}

/** Fewest ticks in a band; fewest messages of a picture in which those that do not matter are folded, too. */
const LEAST = { ticks: 3, messages: 300 } as const;
/** Height of a tick by weight, of a band, and what each label more than there is room for adds, up to a limit. */
const HEIGHTS = { small: [10, 18, 22, 34], full: [22, 36, 46, 82] } as const;
const BAND = { small: 14, full: 30 } as const;
const CROWD = { label: 11, most: 110, arrows: 24 } as const;

/** Whether a message is drawn at full strength. */
const isStrong = (message: MessageView, all: boolean): boolean =>
  isBold(message) || message.moved !== undefined || (message.fate !== 'lost' && (all || message.slice));

/** The ticks at which the same is sent as at the tick before and meets the same fate, and no fault of one slot strikes. */
function repeating(sentAt: ReadonlyMap<number, readonly MessageView[]>): Set<number> {
  const texts = new Map<number, string>();
  for (const [tick, messages] of sentAt) {
    const isStruck = messages.some((message) => isBold(message) || message.moved !== undefined);
    const lines = messages.map(({ from, to, label, fate }) => `${from} ${to} ${fate} ${label}`);
    texts.set(tick, isStruck ? `struck at ${tick}` : lines.sort().join('\n'));
  }
  return new Set([...texts].flatMap(([tick, text]) => (text === texts.get(tick - 1) ? [tick] : [])));
}

/** @param runs and the messages of each that are drawn; @param top where the first tick stands */
export function timeScale(
  runs: readonly { readonly view: RunView; readonly messages: readonly MessageView[] }[],
  { all, small = false, opened = new Set() }: ScaleOptions,
  top: number,
): Scale {
  const weight = new Map<number, number>();
  const busy = new Set<number>();
  const raise = (tick: number, to: number): void => {
    weight.set(tick, Math.max(weight.get(tick) ?? 0, to));
  };
  const labels = new Map<number, Set<string>>();
  const isLarge = runs.some(({ messages }) => messages.length > LEAST.messages);
  for (const { view, messages } of runs) {
    const sentAt = groupBy(messages, ({ sent }) => sent);
    const again = all ? new Set<number>() : repeating(sentAt);
    for (const message of messages) {
      const { sent, at, from, label } = message;
      const strong = isStrong(message, all) && !(isLarge && again.has(sent));
      const isCrowded =
        (sentAt.get(sent) ?? []).length > CROWD.arrows && !isBold(message) && message.moved === undefined;
      raise(sent, strong && !isCrowded ? 3 : strong ? 2 : 1);
      if (!strong && isLarge) continue;
      for (let tick = sent; tick <= at; tick++) busy.add(tick);
      if (!strong) continue;
      const said = labels.get(sent) ?? new Set();
      labels.set(sent, said.add(`${from} ${label.slice(0, label.search(/[({ ]|$/))}`));
    }
    for (const { tick, facts, missing } of view.events)
      if (facts.some(({ slice }) => all || slice) || missing.length > 0) {
        busy.add(tick);
        if (facts.some(({ slice }) => slice)) raise(tick, 2);
      }
    for (const fault of view.scenario)
      for (const tick of [tickOf(fault), (kindOf(fault).last?.(fault) ?? tickOf(fault)) + 1]) busy.add(tick);
  }
  const { eot, nodes } = runs[0]?.view ?? { eot: 0, nodes: [] };
  busy.add(1).add(eot);
  const crowd = (tick: number): number =>
    small ? 0 : Math.min(CROWD.most, CROWD.label * Math.max(0, (labels.get(tick)?.size ?? 0) - 2 * (nodes.length - 1)));
  const heights = small ? HEIGHTS.small : HEIGHTS.full;
  const heightOf = (tick: number): number => (heights[weight.get(tick) ?? 0] ?? 0) + crowd(tick);
  return foldedScale({ eot, busy, opened, heightOf, band: small ? BAND.small : BAND.full, top, counts: runs });
}

interface Plan {
  readonly eot: number;
  readonly busy: ReadonlySet<number>;
  readonly opened: ReadonlySet<string>;
  readonly heightOf: (tick: number) => number;
  readonly band: number;
  readonly top: number;
  readonly counts: readonly { readonly messages: readonly MessageView[] }[];
}

function foldedScale({ eot, busy, opened, heightOf, band, top, counts }: Plan): Scale {
  const rows: Row[] = [];
  const quiet: Quiet[] = [];
  const at = new Map<number, number>();
  let y = top;
  for (let tick = 1; tick <= eot; ) {
    let next = tick;
    while (next <= eot && !busy.has(next)) next++;
    const id = `quiet ${tick}`;
    if (next - tick >= LEAST.ticks && !opened.has(id)) {
      const last = next - 1;
      const [from, middle] = [tick, y + band / 2 - 8];
      const isWithin = ({ sent }: MessageView): boolean => sent >= from && sent <= last;
      const hidden = counts.map((one) => one.messages.filter(isWithin));
      const messages = Math.max(...hidden.map(({ length }) => length));
      const repeats = hidden.flat().some(({ slice }) => slice);
      quiet.push({ id, from, last, messages, repeats, y: y - 8, height: band });
      for (; tick <= last; tick++) at.set(tick, middle);
      y += band + 8;
      continue;
    }
    for (const last = Math.max(tick, next - 1); tick <= last; tick++) {
      const height = heightOf(tick);
      rows.push({ tick, y, height });
      at.set(tick, y);
      y += height;
    }
  }
  const shown = new Set(rows.map((row) => row.tick));
  return {
    rows,
    quiet,
    end: rows.at(-1)?.y ?? y,
    yOf: (tick) => at.get(tick) ?? y,
    isFolded: (tick) => at.has(tick) && !shown.has(tick),
  };
}
