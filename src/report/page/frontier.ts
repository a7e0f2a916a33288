/**
 * How much is tolerated around the bounds of the check: a grid for its end of time, in which a click on a broken cell
 * shows what breaks it; a sentence for each other one.
 */
import type { CellResult, FrontierResult, SliceResult } from '../frontier/schema.js';
import { askedAt, CELL_MARKS, cellInWords, cellLook, isOwn, rowsOf, sliceInWords } from '../frontier/words.js';
import type { Context } from './context.js';
import { button, h } from './dom.js';

export function renderFrontier(context: Context): HTMLElement[] {
  const { spec, name, bounds, expect, frontier: slices } = context.engine.check;
  if (!slices) return [];
  const checks = [{ name, bounds: { ...bounds, nodes: [...bounds.nodes] }, ...(expect && { expect }) }];
  const frontier: FrontierResult = { spec, check: name, checks, slices };
  return [
    h('h3', 'How much is tolerated'),
    h(
      'p.hint',
      `Around the bounds of the check, which are outlined. Click ${CELL_MARKS.violated[0]} for what breaks it.`,
    ),
    ...slices.flatMap((slice) => [
      h('p', h('b', `eot ${slice.eot}: `), `${sliceInWords(slice)}.`),
      ...(isOwn(frontier, slice) ? [grid(frontier, slice, context)] : []),
    ]),
  ];
}

function grid(frontier: FrontierResult, slice: SliceResult, context: Context): HTMLElement {
  const [along] = slice.axes;
  const values = along?.values ?? [];
  const rows = rowsOf(frontier, slice).map(({ label, cells }) =>
    h('tr', h('th', { scope: 'row' }, label), ...cells.map((cell) => td(frontier, slice, cell, context))),
  );
  const head = h(
    'tr',
    h('th', { scope: 'row' }, along?.name ?? ''),
    ...values.map((value) => h('th', { scope: 'col' }, `${value}`)),
  );
  return h(
    'div.sideways',
    h('table.tolerated', { 'aria-label': `eot ${slice.eot}` }, h('thead', head), h('tbody', rows)),
  );
}

function td(frontier: FrontierResult, slice: SliceResult, cell: CellResult, context: Context): HTMLElement {
  const [mark, words] = CELL_MARKS[cell.verdict];
  const isAsked = askedAt(frontier, slice, cell).length > 0;
  const title = `${cellInWords(slice, cell)}: ${words}${isAsked ? ', what the check asks for' : ''}`;
  const faults = slice.counterexamples[cell.counterexample ?? -1]?.faults;
  const inside = faults
    ? button(mark, () => context.act.tryBeyond(faults), { class: 'link', 'aria-label': title })
    : h('span', { role: 'img', 'aria-label': title }, mark);
  return h('td', { class: `cell ${cellLook(cell)}${isAsked ? ' asked' : ''}`, title }, inside);
}
