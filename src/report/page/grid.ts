/**
 * What stays while a run changes: lanes with their heads, ticks with their ruler, folded ticks, and lines across all
 * lanes. In the page the heads and the ruler are pictures of their own, which stay in sight when the rest is scrolled.
 */
import { beginning } from '../../core/text.js';
import { plural } from '../words.js';
import { s } from './dom.js';
import { EDGE, type Layout } from './layout.js';
import type { Note } from './marks.js';
import type { Quiet } from './scale.js';

export type Grid = Pick<Layout, 'lanes' | 'rows' | 'quiet' | 'notes' | 'top' | 'bottom' | 'width' | 'gap'>;

/** What of it is in sight. */
export function gridOf({ lanes, rows, quiet, notes, top, bottom, width, gap }: Layout, from: number, to: number): Grid {
  const isInSight = ({ y }: { readonly y: number }): boolean => y >= from && y <= to;
  const [ticks, bands, lines] = [rows.filter(isInSight), quiet.filter(isInSight), notes.filter(isInSight)];
  return { lanes, rows: ticks, quiet: bands, notes: lines, top, bottom, width, gap };
}

/** `still`: only to be looked at. */
interface GridOptions {
  readonly still?: boolean;
}

/** Lanes, lines of ticks, and lines across. */
export const drawGrid = (grid: Grid, { still = false }: GridOptions = {}): SVGGElement => {
  const { lanes, rows, quiet, notes, top, bottom, width } = grid;
  return s(
    'g.grid',
    {},
    rows.map(({ y }) => s('line.tick', { x1: EDGE.left, y1: y, x2: width - 6, y2: y })),
    lanes.flatMap(({ node, x, last }) => [
      ...(last === undefined || still ? [] : [reach(node, x, top, last)]),
      s('line.lane', { x1: x, y1: top, x2: x, y2: bottom }),
      ...(still ? [] : [s('rect.lane-hit', { 'data-lane': node, x: x - 12, y: top, width: 24, height: bottom - top })]),
    ]),
    notes.map((note) => drawNote(note, width)),
    quiet.map((band) => drawQuiet(band, width, still)),
    still ? [drawHeads(grid), drawRuler(grid)] : [],
  );
};

/** Where on its lane a fault may strike a node. */
const reach = (node: string, x: number, top: number, last: number): SVGRectElement =>
  s(
    'rect.reach',
    { x: x - 5, y: top, width: 10, height: Math.max(0, last - top) },
    s('title', `A click strikes ${node}`),
  );

const drawNote = ({ kind, y, words }: Note, width: number): SVGLineElement =>
  s('line', { class: `across ${kind}`, x1: EDGE.left, y1: y, x2: width - 6, y2: y }, s('title', words));

/** `ticks 12–19 · quiet`, `ticks 3–39 · the same again at each: 2664 messages`. */
export function quietInWords({ from, last, messages, repeats }: Quiet): string {
  const sent = plural(messages, 'message');
  const what =
    messages === 0
      ? 'quiet'
      : repeats
        ? `the same again at each: ${sent}`
        : `${sent} that the outcome does not depend on`;
  return `ticks ${from}–${last} · ${what}`;
}

function drawQuiet(band: Quiet, width: number, still: boolean): SVGGElement {
  const { id, from, last, y, height } = band;
  const words = quietInWords(band);
  const told = { 'data-quiet': id, 'data-slot': `${id}@${from}`, role: 'button', tabindex: -1 };
  const text = still ? `ticks ${from}–${last}` : words;
  return s(
    'g.quiet',
    still ? {} : { ...told, 'aria-label': `${words}. Show them.` },
    s('rect', { x: EDGE.left, y, width: width - EDGE.left - 6, height, rx: 4 }),
    s('text', { x: (width + EDGE.left) / 2, y: y + height / 2 + 4, 'text-anchor': 'middle' }, text),
  );
}

/** The names of nodes. */
export const drawHeads = ({ lanes, top, gap }: Pick<Grid, 'lanes' | 'top' | 'gap'>): SVGGElement =>
  s(
    'g.heads',
    {},
    lanes.map(({ node, x }) =>
      s(
        'text.name',
        { x, y: top - 12, 'text-anchor': 'middle', 'data-head': node },
        s('title', node),
        nameOf(node, gap),
      ),
    ),
  );

/** The numbers of ticks, and what begins there. */
export const drawRuler = ({ rows, quiet, notes }: Pick<Grid, 'rows' | 'quiet' | 'notes'>): SVGGElement =>
  s(
    'g.ruler',
    {},
    rows.map(({ tick, y }) =>
      s('text.tick', { x: EDGE.left - 8, y: y + 4, 'text-anchor': 'end', 'data-at': tick }, String(tick)),
    ),
    quiet.map(({ from, last, y, height }) =>
      s('text.tick', { x: EDGE.left - 4, y: y + height / 2 + 4, 'text-anchor': 'end' }, `${from}–${last}`),
    ),
    notes.map(({ kind, y, short, words }) =>
      s(
        'text',
        { class: `across ${kind}`, x: kind === 'end' ? 2 : EDGE.left - 12, y: y + 4 },
        s('title', words),
        short,
      ),
    ),
  );

/** A node's name, as far as there is room for it over its lane. */
function nameOf(node: string, gap: number): string {
  const most = Math.max(3, Math.floor(gap / 10));
  return node.length <= most ? node : `${beginning(node, most - 1)}…`;
}
