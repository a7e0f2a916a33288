/**
 * Two runs as space-time diagrams with the same lanes and the same scale: a lane for each node, service and client that says
 * something, time downwards, and only those ticks at which something happens in one of the two.
 *
 * What is the same in both stands back. A message that is not sent any more has a ghost where it was.
 */

import { type Read, readsOf } from './reads.js';
import { type Row, rowsOf } from './rows.js';
import type { MessageResult, RunResult } from './schema.js';
import { type Told, toldOf } from './told.js';

/**
 * - `same`: as in the other run; `new`: sent in this run only; `gone`: sent in the other run only, and drawn as a ghost;
 * - `hit`: a fault is at it, and `spared` is the same message in the other run;
 * - `off`: cut off, or nobody was there to handle it.
 */
type ArrowLook = 'same' | 'new' | 'gone' | 'hit' | 'spared' | 'off';

export interface Arrow {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly sent: number;
  /** Empty if it does not arrive. */
  readonly arrivals: readonly number[];
  readonly look: ArrowLook;
  /** What stands beside it; empty if that is not worth the room. */
  readonly label: string;
  /** All of it. */
  readonly title: string;
  /** Whether its other end is a client. */
  readonly isClient: boolean;
}

/** A node is down from a tick on, until another, or to the end. */
export interface Mark {
  readonly node: string;
  readonly tick: number;
  readonly until: number | undefined;
  readonly words: string;
}

export interface Drawing {
  readonly caption: string;
  readonly arrows: readonly Arrow[];
  readonly marks: readonly Mark[];
}

export interface NodesPicture {
  /** Nodes first, then services. */
  readonly lanes: readonly string[];
  /** Ticks at which something happens, in order. */
  readonly ticks: readonly number[];
  readonly drawings: readonly Drawing[];
  /** Messages that there was no room for. */
  readonly left: number;
  readonly reads: readonly Read[];
  /** Every message in words. */
  readonly rows: readonly Row[];
  /** Whether there is a run without faults beside. */
  readonly isPair: boolean;
  /** Ends of what nodes wrote to standard error, where that differs. */
  readonly errors: readonly { readonly node: string; readonly text: string }[];
}

/** Most messages that are drawn in one run: more are no picture any more. */
const MOST_ARROWS = 260;
/** Most messages that are listed. */
const MOST_ROWS = 500;

const isClient = (name: string): boolean => /^c\d+$/.test(name);

/** @param nodes come first, in this order; @param good undefined if there is only one run to show */
export function pictureOf(good: RunResult | undefined, bad: RunResult, nodes: readonly string[]): NodesPicture {
  const [before, now] = [good ? toldOf(good) : [], toldOf(bad)];
  const drawings = good
    ? [drawing('Without faults', good, before, now, false), drawing('With the fault', bad, now, before, true)]
    : [drawing('Without faults', bad, now, now, false)];
  const names = new Set(drawings.flatMap(({ arrows }) => arrows.flatMap(({ from, to }) => [from, to])));
  const others = [...names].filter((name) => !nodes.includes(name) && !isClient(name)).sort();
  const ticks = drawings.flatMap(({ arrows, marks }) => [
    ...arrows.flatMap(({ sent, arrivals }) => [sent, ...(arrivals.length > 0 ? arrivals : [sent + 1])]),
    ...marks.flatMap(({ tick, until }) => [tick, ...(until === undefined ? [] : [until])]),
  ]);
  return {
    lanes: [...nodes, ...others],
    ticks: [...new Set(ticks)].sort((a, b) => a - b),
    drawings,
    left: [before, now].reduce((sum, told) => sum + Math.max(0, told.length - MOST_ARROWS), 0),
    reads: readsOf(good, bad),
    rows: rowsOf(good, bad).slice(0, MOST_ROWS),
    isPair: good !== undefined,
    errors: Object.entries(bad.stderr)
      .filter(([node, text]) => text.trim() !== '' && text !== good?.stderr[node])
      .map(([node, text]) => ({ node, text: text.trimEnd().split('\n').slice(-5).join('\n').slice(0, 1_000) })),
  };
}

function drawing(
  caption: string,
  run: RunResult,
  own: readonly Told[],
  other: readonly Told[],
  ghosts: boolean,
): Drawing {
  const beside = new Map(other.map((told) => [keyOf(told), told]));
  const mine = new Set(own.map(keyOf));
  // Where there is no room for all, faults and differences are what it is about.
  const telling = [...own].sort((a, b) => weight(b, beside) - weight(a, beside)).slice(0, MOST_ARROWS);
  const shown = new Set(telling);
  const arrows = own.filter((told) => shown.has(told)).map((told) => arrow(told, beside.get(keyOf(told))));
  const gone = ghosts ? other.filter((told) => !mine.has(keyOf(told))).slice(0, MOST_ARROWS) : [];
  return {
    caption,
    arrows: [...gone.map((told) => ({ ...arrow(told, undefined), look: 'gone' as const, label: '' })), ...arrows],
    marks: marksOf(run),
  };
}

const keyOf = ({ name, number }: Told): string => `${name} ${number}`;

const weight = (told: Told, beside: ReadonlyMap<string, Told>): number =>
  told.fault !== undefined ? 2 : beside.get(keyOf(told))?.says === told.says ? 0 : 1;

/** Characters of a label. */
const LABEL = 18;

function arrow(told: Told, other: Told | undefined): Arrow {
  const { id, from, to, type, says, sent, arrivals, fate, fault } = told;
  const differs = other !== undefined && other.says !== says;
  const look: ArrowLook =
    fault !== undefined
      ? 'hit'
      : other?.fault !== undefined
        ? 'spared'
        : fate === 'cut' || fate === 'down'
          ? 'off'
          : other === undefined || differs
            ? 'new'
            : 'same';
  const text = `${type} ${says}`.trimEnd();
  const withClient = isClient(from) || isClient(to);
  // An answer that only says that all is well needs no words.
  const isWorth = isClient(from) || (isClient(to) && says !== '') || look === 'hit' || look === 'spared';
  const notes = [
    ...(fault === undefined ? [] : [`fault: ${fault}`]),
    ...(differs ? [`in the other run: ${other.says}`] : []),
    fate === 'delivered' ? `handled at tick ${arrivals.join(' and ')}` : FATES[fate],
  ];
  return {
    ...{ id, from, to, sent, look, isClient: withClient },
    arrivals: fate === 'lost' ? [] : arrivals,
    label: isWorth ? short(`${type} ${bare(says)}`.trimEnd()) : '',
    title: `tick ${sent}: ${from} → ${to} ${text}; ${notes.join('; ')}`,
  };
}

const short = (text: string): string => (text.length > LABEL ? `${text.slice(0, LABEL - 1)}…` : text);

/** `{ message: 1 }` as `1`, where that is all. */
function bare(says: string): string {
  const inside = /^\{ \w+: (.*) \}$/.exec(says)?.[1];
  return inside === undefined || /[,{] \w+: /.test(inside) ? says : inside;
}

const FATES: Readonly<Record<Exclude<MessageResult['fate'], 'delivered'>, string>> = {
  lost: 'lost',
  cut: 'cut off by a partition',
  down: 'nobody was there to handle it',
  flying: 'still on its way at the end',
};

/** What happened to nodes; one that went down is so until something else happens to it. */
const marksOf = ({ nodes, live, end }: RunResult): Mark[] =>
  nodes.map(({ node, tick, words }) => {
    const next = nodes.find((other) => other.node === node && other.tick > tick);
    const isDown = next !== undefined || !live.includes(node);
    const isUp = next === undefined && live.includes(node);
    return { node, tick, words, until: isUp || !isDown ? undefined : (next?.tick ?? end) };
  });
