/**
 * The good run beside this one: two small diagrams on one scale of time, and per tick the rows that only one of them
 * has.
 */
import type { Work } from '../../core/work.js';
import type { Case, History } from '../provenance/case.js';
import { type Rows, rowsAt } from '../provenance/tables.js';
import type { RunView } from '../provenance/views.js';
import { plural } from '../words.js';
import type { Context } from './context.js';
import { h, s, scroller, table } from './dom.js';
import { viewOf } from './engine.js';
import { drawGrid } from './grid.js';
import { layout, scaleOf } from './layout.js';
import type { Scale } from './scale.js';
import { drawArrow, drawBand, drawDot, hatching } from './shapes.js';

/** Most rows of a tick, and most marks of a small diagram. */
const MOST_ROWS = 40;
const MOST_MARKS = 700;

const STILL = { still: true } as const;
const SMALL = { all: true, ghosts: false, small: true } as const;

export function* renderCompare({ view, engine, it }: Context): Work<HTMLElement[], void> {
  if (!it) return [h('p', 'Not known: see above.')];
  if (view.scenario.length === 0) return [h('p', 'This is the good run. Inject a fault above to compare.')];
  const good = viewOf(engine, []);
  const cut = view.divergence;
  const words =
    cut === undefined
      ? 'The two runs never differ.'
      : cut === 1
        ? 'The runs differ from the first tick on.'
        : `The runs are equal before tick ${cut}.`;
  yield;
  const scale = scaleOf([good, view], SMALL);
  const left = figure('Good run, without faults', { ...good, divergence: cut }, 'good', scale);
  yield;
  const right = figure('This run', view, 'bad', scale);
  yield;
  return [h('p.lead', words), h('div.pair', left, right), changes(it)];
}

function figure(caption: string, view: RunView, id: string, scale: Scale): HTMLElement {
  const laid = layout(view, { ...SMALL, width: 520, scale });
  const arrows = laid.arrowsIn().filter(({ sent }) => !scale.isFolded(sent));
  const svg = s(
    'svg',
    {
      viewBox: `0 0 ${laid.width} ${laid.height}`,
      width: laid.width,
      height: laid.height,
      role: 'img',
      'aria-label': caption,
    },
    hatching(`hatching-${id}`),
    drawGrid(laid, STILL),
    laid.bands.map((band) => drawBand(band, STILL)),
    arrows.slice(0, MOST_MARKS).map((arrow) => drawArrow(arrow, STILL)),
    laid.dots.slice(0, MOST_MARKS).map((dot) => drawDot(dot, STILL)),
  );
  return h('figure', h('figcaption', caption), scroller(caption, svg));
}

/** Per tick the rows that begin to differ, or cease to. */
function changes({ of, run, good }: Case): HTMLElement {
  const at = (one: History, tick: number): Rows => rowsAt(one, of.nodes, tick);
  let before = new Map<string, '-' | '+'>();
  const rows: HTMLElement[] = [];
  for (let tick = 1; tick <= of.eot; tick++) {
    const [there, here] = [at(good, tick), at(run, tick)];
    const now = new Map<string, '-' | '+'>();
    for (const key of there.keys()) if (!here.has(key)) now.set(key, '-');
    for (const key of here.keys()) if (!there.has(key)) now.set(key, '+');
    const fresh = [...now].filter(([key, sign]) => before.get(key) !== sign);
    const healed = [...before.keys()].filter((key) => !now.has(key) && there.has(key) && here.has(key));
    const show = (sign: '-' | '+'): HTMLElement => {
      const keys = fresh.filter(([, other]) => other === sign).map(([key]) => key);
      const facts = keys.flatMap((key) => there.get(key) ?? here.get(key) ?? []).map((fact) => of.text(fact));
      const more = facts.length - MOST_ROWS;
      const words = [...facts.slice(0, MOST_ROWS), ...(more > 0 ? [`… ${more} more`] : [])];
      return h(
        'td',
        { class: sign === '-' ? 'only-good' : 'only-bad' },
        words.map((text) => h('div', `${sign === '-' ? '− ' : '+ '}${text}`)),
      );
    };
    if (fresh.length > 0 || healed.length > 0)
      rows.push(
        h(
          'tr',
          h('th', { scope: 'row' }, String(tick)),
          show('-'),
          show('+'),
          h('td', healed.length > 0 ? plural(healed.length, 'row') : ''),
        ),
      );
    before = now;
  }
  if (rows.length === 0) return h('p', 'Nothing differs at any tick.');
  return table(['From tick', 'Only in the good run', 'Only in this run', 'Equal again'], rows, { class: 'changes' });
}
