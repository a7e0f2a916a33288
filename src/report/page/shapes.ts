/**
 * The marks of the space-time diagram as SVG. Meaning never hangs on colour alone: a lost message is a stub ending in
 * ✗, a ghost is dashed, a crash is hatched, what is not on the way to the outcome is thin and pale.
 */

import { getOrMake } from '../../core/memo.js';
import { formatFault } from '../../faults/scenario.js';
import { fateClass, lossDetail, movedDetail } from '../provenance/loss.js';
import { plural } from '../words.js';
import { s } from './dom.js';
import { boxOfFlag, type Flag } from './flags.js';
import type { LabelBox } from './labels.js';
import type { Layout } from './layout.js';
import type { Arrow, Band, Dot, Fan } from './marks.js';

/** What became of it, to follow the content. */
const FATE: Record<Arrow['fate'], (arrow: Arrow) => string> = {
  delivered: ({ to, at, moved }) => `arrives at ${to} at tick ${at}${movedDetail(moved)}`,
  lost: ({ loss }) => `lost${(loss && lossDetail(loss).replace(',', ':')) || ': an injected fault'}`,
  ghost: () => 'sent in the good run only',
  late: () => 'too late to arrive',
};

/** Most contents that a tooltip lists. */
const MOST_LINES = 12;

function describeArrow(arrow: Arrow): string {
  const { from, to, sent, messages, fate } = arrow;
  const labels = [...new Set(messages.map(({ label }) => label))];
  const more = labels.length > MOST_LINES ? [`… and ${labels.length - MOST_LINES} more`] : [];
  const content = [...labels.slice(0, MOST_LINES), ...more].join(', ');
  return `${from} → ${to}, tick ${sent}: ${content}; ${FATE[fate](arrow)}`;
}

const LOOKS = new WeakMap<Arrow, string>();

/** What `drawArrow` draws from; of all that an arrow has, only this is seen. */
export const lookOfArrow = (arrow: Arrow): string =>
  getOrMake(LOOKS, arrow, () => {
    const { id, slice, x1, y1, x2, y2, ex, ey, messages, struck } = arrow;
    return [id, slice, struck, x1, y1, x2, y2, ex, ey, messages.length, describeArrow(arrow)].join('\n');
  });

/** `lean`: without a tooltip, for pictures with very many marks. `still`: only to be looked at. */
export interface DrawOptions {
  readonly lean?: boolean;
  readonly still?: boolean;
}

export function drawArrow(arrow: Arrow, { lean = false, still = false }: DrawOptions = {}): SVGGElement {
  const { id, loss, bold, moved, slice, struck, x1, y1, x2, y2, ex, ey, messages } = arrow;
  const fate = fateClass(arrow);
  const lost = loss !== undefined;
  const words = still ? '' : describeArrow(arrow);
  const told = {
    'data-struck': arrow.struck,
    'data-message': id,
    'data-fate': fate,
    'data-slot': `${arrow.from}→${arrow.to}@${arrow.sent}`,
    'data-count': messages.length,
    role: 'button',
    tabindex: -1,
    'aria-label': words,
  };
  return s(
    'g',
    { class: `arrow ${fate}${moved ? ' moved' : ''} ${slice || bold || moved ? 'in' : 'out'}`, ...(!still && told) },
    lean || still ? undefined : s('title', words),
    still ? undefined : s('line.hit', { x1, y1, x2: lost ? ex : x2, y2: lost ? ey : y2 }),
    bold ? s('line.gone', { x1: ex, y1: ey, x2, y2 }) : undefined,
    s('line.shaft', { x1, y1, x2: ex, y2: ey }),
    struck && !lost && !still ? s('circle.struck', startOf(arrow)) : undefined,
    moved ? s('circle.turn', { cx: (x1 + x2) / 2, cy: (y1 + y2) / 2, r: 4 }) : undefined,
    lost ? cross(ex, ey, bold ? 6 : 3.5) : head(arrow, fate === 'ghost' ? 6 : 8),
  );
}

/** A ring near the sender: a click may lose it. */
function startOf({ x1, y1, x2, y2 }: Arrow): { cx: number; cy: number; r: number } {
  const length = Math.hypot(x2 - x1, y2 - y1) || 1;
  return { cx: x1 + ((x2 - x1) / length) * 20, cy: y1 + ((y2 - y1) / length) * 20, r: 3 };
}

/** `a → b…h, tick 3: append ×7`. */
const describeFan = ({ from, receivers, sent, label, count, at }: Fan): string =>
  `${from} → ${receivers}, tick ${sent}: ${label} ×${count}; all arrive at tick ${at}. Show each of them.`;

/** A wedge under the sender, with a faint line to each receiver. */
export const drawFan = (fan: Fan): SVGGElement => {
  const { id, sent, slice, x1, y1, arrows } = fan;
  const words = describeFan(fan);
  const told = { 'data-fan': id, 'data-slot': `${id}@${sent}`, role: 'button', tabindex: -1, 'aria-label': words };
  return s(
    'g',
    { class: `fan ${slice ? 'in' : 'out'}`, ...told },
    s('title', words),
    arrows.map((arrow) => s('line.spoke', { x1, y1: y1 + 6, x2: arrow.x2, y2: arrow.y2 })),
    s('path.wedge', { d: `M${x1} ${y1 + 3}L${x1 - 7} ${y1 + 15}L${x1 + 7} ${y1 + 15}Z` }),
    s('rect.hit', { x: x1 - 12, y: y1, width: 24, height: 20 }),
  );
};

export const lookOfFan = (fan: Fan): string => [fan.id, fan.slice, fan.x1, fan.y1, fan.y2, describeFan(fan)].join('\n');

const cross = (x: number, y: number, size: number): SVGPathElement =>
  s('path.cross', {
    d: `M${x - size} ${y - size}L${x + size} ${y + size}M${x - size} ${y + size}L${x + size} ${y - size}`,
  });

/** An arrowhead that stops short of the dot. */
function head({ x1, y1, x2, y2 }: Arrow, size: number): SVGPathElement {
  const length = Math.hypot(x2 - x1, y2 - y1) || 1;
  const [ux, uy] = [(x2 - x1) / length, (y2 - y1) / length];
  const [tx, ty] = [x2 - ux * 5, y2 - uy * 5];
  const [bx, by] = [tx - ux * size, ty - uy * size];
  const half = size * 0.5;
  return s('path.head', {
    d: `M${tx} ${ty}L${bx - uy * half} ${by + ux * half}L${bx + uy * half} ${by - ux * half}Z`,
  });
}

const describeDot = ({ node, tick, slice, facts, missing, gone }: Dot): string => {
  const nothing = slice ? 'what is given from the start' : 'nothing new that the outcome depends on';
  const known = [...facts, ...gone.map((fact) => `${fact} ends`), ...missing.map((fact) => `not ${fact}`)]
    .slice(0, MOST_LINES)
    .join(', ');
  return `${node} at tick ${tick}: ${known === '' ? nothing : known}. Show its state.`;
};

export const lookOfDot = (dot: Dot): (string | number | boolean)[] => [
  dot.node,
  dot.tick,
  dot.x,
  dot.y,
  dot.slice,
  dot.ghost,
  describeDot(dot),
];

export function drawDot(dot: Dot, { still = false }: DrawOptions = {}): SVGGElement {
  const { x, y, node, tick, slice, ghost } = dot;
  const words = still ? '' : describeDot(dot);
  const told = { 'data-node': node, 'data-tick': tick, role: 'button', tabindex: -1, 'aria-label': words };
  return s(
    'g',
    { class: `dot ${ghost ? 'ghost' : slice ? 'in' : 'out'}`, ...(!still && told) },
    still ? undefined : s('title', words),
    s('circle', { cx: x, cy: y, r: ghost ? 5 : slice ? 5 : 3.5 }),
  );
}

/** Half the width of a band. */
const HALF: Readonly<Record<Band['look'], number>> = { down: 11, gap: 11, slow: 6, first: 13, wall: 3 };

/** What a fault does to a lane or between lanes. */
export function drawBand(band: Band, { still = false }: DrawOptions = {}): SVGGElement {
  const { fault, look, title, x, y, bottom } = band;
  const half = HALF[look];
  const cap = (at: number): SVGLineElement => s('line.cap', { x1: x - half - 6, y1: at, x2: x + half + 6, y2: at });
  return s(
    'g',
    { class: `band ${look}`, 'data-crash': still ? undefined : formatFault(fault) },
    s('title', title),
    s('rect.hatched', { x: x - half, y, width: 2 * half, height: Math.max(14, bottom - y), rx: 3 }),
    look === 'down' || look === 'gap' ? cap(y) : undefined,
    look === 'gap' ? cap(bottom) : undefined,
  );
}

function classOfLabel({ kind, of, odd }: LabelBox): string {
  if (kind === 'strike') return 'label strike';
  if (kind === 'note') return `label across ${'kind' in of ? of.kind : ''}`;
  const fate = 'fate' in of ? `${fateClass(of)}${of.moved ? ' moved' : ''}` : '';
  const weight = ('slice' in of && of.slice) || ('bold' in of && (of.bold || of.moved)) ? 'in' : 'out';
  return `label ${kind} ${fate} ${weight}${odd ? ' odd' : ''}`;
}

export const lookOfLabel = (label: LabelBox): (string | number)[] => [
  label.x,
  label.y,
  label.anchor,
  classOfLabel(label),
  label.text,
];

export const drawLabel = (label: LabelBox): SVGTextElement =>
  s('text', { class: classOfLabel(label), x: label.x, y: label.y, 'text-anchor': label.anchor }, label.text);

/** @param flag and the width of the picture, which it is not to leave */
export const drawFlag = ({ x, y, text, width }: Flag & Pick<Layout, 'width'>): SVGGElement => {
  const { left, right } = boxOfFlag({ x, y, text }, width);
  return s(
    'g.flag',
    s('rect', { x: left, y: y - 14, width: right - left, height: 20, rx: 4 }),
    s('text', { x: left + 7, y }, text),
  );
};

/** The hatching of crashed lanes. */
export const hatching = (id: string): SVGDefsElement =>
  s(
    'defs',
    s(
      'pattern',
      { id, width: 7, height: 7, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' },
      s('rect.hatch-ground', { width: 7, height: 7 }),
      s('line.hatch', { x1: 0, y1: 0, x2: 0, y2: 7 }),
    ),
  );

/** `3 messages, 1 lost`. */
export function countsInWords({ messages }: Pick<Layout, 'messages'>): string {
  const of = (fate: Arrow['fate']): number => messages.filter((message) => message.fate === fate).length;
  const lost = of('lost');
  return `${plural(of('delivered') + lost, 'message')}, ${lost} lost`;
}
