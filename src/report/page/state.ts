/**
 * The state of a node at a tick: every relation as a table, what is new and what is gone since the tick before marked.
 * Steps with j and k, the arrow keys, or the slider.
 */
import { formatValue } from '../../core/value.js';
import type { Fault } from '../../faults/fault.js';
import { kindOf } from '../../faults/kinds.js';
import { tickOf } from '../../faults/scenario.js';
import { tablesAt } from '../provenance/tables.js';
import type { HandlerView, TableView } from '../provenance/views.js';
import { faultInWords } from '../words.js';
import type { Context } from './context.js';
import { button, h } from './dom.js';
import { renew } from './focus.js';
import { sourceLink } from './source.js';
import { beginningAt, gestureOn, strikeAt, strikesBeyond, undoOf, without } from './whatif.js';

/** Most rows of a table. */
const MOST_ROWS = 200;
/** Most changes in the list of them. */
const MOST_CHANGES = 8;
/** Most faults that are offered. */
const MOST_OFFERED = 400;
const OFFER = 'Add a fault here …';
const SIGN = { same: '', new: '+ ', gone: '− ' } as const;

export class StatePanel {
  private readonly where = h('output.where', { 'aria-live': 'polite' });
  private readonly slider = h('input', { type: 'range', min: 1, step: 1, 'aria-label': 'Tick' });
  private readonly nodes = h('div.nodes', { role: 'group', 'aria-label': 'Node' });
  private readonly search = h('input', {
    type: 'search',
    placeholder: 'Find a row',
    'aria-label': 'Find in the tables',
  });
  private readonly tables = h('div.tables');
  /** What is otherwise than at the tick before. */
  private readonly changed = h('div.changed');
  /** Of a protocol: what each handler did in this tick. */
  private readonly handlers = h('div.handlers');
  /** What a click on a lane does, for those without a mouse. */
  private readonly toggle = button('', () => this.toggleHere(), { 'data-crash-here': '' });
  /** Every other fault that may begin here. */
  private readonly more = h(
    'select',
    { 'aria-label': 'Add a fault that begins at this node and tick', 'data-faults-here': '' },
    h('option', { value: '' }, OFFER),
  );
  private beginning: readonly Fault[] = [];
  readonly element: HTMLElement;
  private context: Context | undefined;

  constructor() {
    const tools = h(
      'div.tools',
      this.nodes,
      button('◀', () => this.step(-1), { 'aria-label': 'Tick before (k)' }),
      this.slider,
      button('▶', () => this.step(1), { 'aria-label': 'Next tick (j)' }),
      this.where,
      this.toggle,
      this.more,
      this.search,
    );
    this.element = h('div', tools, this.changed, this.handlers, this.tables);
    this.slider.addEventListener('input', () => this.context?.act.set({ tick: Number(this.slider.value) }));
    this.search.addEventListener('input', () => this.fill());
    for (const opening of ['pointerdown', 'focus', 'keydown'])
      this.more.addEventListener(opening, () => this.more.value === '' && this.offer());
    this.more.addEventListener('change', () => this.injectChosen());
  }

  step(ticks: number, nodes = 0): void {
    if (!this.context) return;
    const { state, act, view } = this.context;
    const at = view.nodes.indexOf(this.node()) + nodes;
    const node = view.nodes[(at + view.nodes.length) % view.nodes.length];
    act.set({ tick: Math.max(1, Math.min(view.eot, state.tick + ticks)), ...(node !== undefined && { node }) });
  }

  /** Shows the panel where it stands below the diagram; beside it, it is in sight. */
  reveal(): void {
    const { top } = this.element.getBoundingClientRect();
    if (top > globalThis.innerHeight - 80) this.element.parentElement?.scrollIntoView({ block: 'start' });
  }

  private toggleHere(): void {
    if (!this.context) return;
    const { view, state, act } = this.context;
    const present = this.present();
    const fault = gestureOn('lane').at(this.node(), state.tick);
    act.inject(present ? without(view.scenario, present) : [...view.scenario, fault]);
  }

  /** What the chosen node is under at the chosen tick, or will be. */
  private present(): Fault | undefined {
    const { view, state } = this.context ?? {};
    return view && state && strikeAt(view.scenario, this.node(), state.tick);
  }

  private injectChosen(): void {
    const { view, act } = this.context ?? {};
    const fault = this.beginning[Number(this.more.value)];
    this.more.value = '';
    if (view && fault) act?.inject([...view.scenario, fault]);
  }

  /** What else may begin here, asked for only when the reader opens the list. */
  private offer(): void {
    const { engine, state } = this.context ?? {};
    if (!engine || !state) return;
    const { bounds } = engine.check;
    const within = beginningAt(this.node(), state.tick, bounds).slice(0, MOST_OFFERED);
    const beyond = strikesBeyond(this.node(), state.tick, bounds);
    this.beginning = [...within, ...beyond];
    const option = (fault: Fault): HTMLElement =>
      h('option', { value: this.beginning.indexOf(fault) }, faultInWords(fault));
    const others = beyond.length > 0 ? [h('optgroup', { label: 'Outside the bounds' }, beyond.map(option))] : [];
    this.more.replaceChildren(h('option', { value: '' }, OFFER), ...within.map(option), ...others);
  }

  private node(): string {
    return this.context?.state.node ?? this.context?.view.nodes[0] ?? '';
  }

  show(context: Context): void {
    this.context = context;
    const { state, view, act } = context;
    const chosen = this.node();
    this.slider.max = String(view.eot);
    this.slider.value = String(state.tick);
    const present = this.present();
    const down = present && tickOf(present) <= state.tick ? `: ${kindOf(present).lane?.state}` : '';
    const since = present && tickOf(present) < state.tick ? ` since tick ${tickOf(present)}` : '';
    this.where.textContent = `node ${chosen}, tick ${state.tick} of ${view.eot}${down}${since}`;
    renew(
      this.nodes,
      ...view.nodes.map((node) =>
        button(node, () => act.set({ node }), { 'aria-pressed': node === chosen ? 'true' : 'false' }),
      ),
    );
    const gesture = gestureOn('lane');
    this.toggle.textContent = present ? undoOf(present) : gesture.inject(gesture.at(chosen, state.tick));
    this.more.replaceChildren(h('option', { value: '' }, OFFER));
    this.fill();
  }

  private fill(): void {
    if (!this.context) return;
    const { it, state } = this.context;
    const wanted = this.search.value.toLowerCase();
    const tables = it ? tablesAt(it, this.node(), state.tick) : [];
    const shown = tables.flatMap((table) => this.table(table, wanted) ?? []);
    const slots = it?.of.handlers(it, this.node(), state.tick) ?? [];
    this.changed.replaceChildren(changesIn(tables, state.tick));
    this.handlers.replaceChildren(...(slots.length > 0 ? [slotList(slots, this.context)] : []));
    this.tables.replaceChildren(
      ...(shown.length > 0 ? shown : [h('p', wanted === '' ? 'Nothing holds here.' : 'Nothing found.')]),
    );
  }

  private table({ relation, rows }: TableView, wanted: string): HTMLElement | undefined {
    const texts = rows.map(({ row, change, cells = row.map(formatValue) }) => ({
      row,
      change,
      cells,
      text: cells.join(', '),
    }));
    const found = texts.filter(({ text }) => `${relation}(${text})`.toLowerCase().includes(wanted));
    if (found.length === 0) return undefined;
    const more = found.length - MOST_ROWS;
    const { act, state } = this.context ?? {};
    const body = found.slice(0, MOST_ROWS).map(({ row, change, cells, text }) => {
      // What is gone is asked about where it still held: the tick before.
      const tick = (state?.tick ?? 1) - (change === 'gone' ? 1 : 0);
      const why = button('why', () => act?.ask({ relation, row, tick }), {
        class: 'link small',
        title: 'Explain this fact',
        'aria-label': `why ${relation}(${text})`,
      });
      const shown = cells.map((cell, i) => h('td', `${i === 0 ? SIGN[change] : ''}${cell}`));
      return h('tr', { class: change }, shown, h('td.why', why));
    });
    const foot = more > 0 ? h('p.hint', `… ${more} more rows`) : undefined;
    return h('div.relation', h('table', h('caption', relation), h('tbody', body)), foot);
  }
}

/** What is new and what is gone, in one short list. */
function changesIn(tables: readonly TableView[], tick: number): HTMLElement {
  const all = tables.flatMap(({ relation, rows }) =>
    rows.flatMap(({ row, change, cells }) => {
      const text = cells?.join(': ') ?? `${relation}(${row.slice(1).map(formatValue).join(', ')})`;
      return change === 'same' ? [] : [{ change, text }];
    }),
  );
  const since = tick === 1 ? 'New at tick 1' : `Changed since tick ${tick - 1}`;
  if (all.length === 0) return h('p.hint', `${since}: nothing.`);
  const more = all.length - MOST_CHANGES;
  return h(
    'div',
    h('h3', since),
    h(
      'ul',
      all.slice(0, MOST_CHANGES).map(({ change, text }) => h('li', { class: change }, `${SIGN[change]}${text}`)),
      more > 0 ? h('li.hint', `… and ${more} more, below`) : undefined,
    ),
  );
}

function slotList(slots: readonly HandlerView[], context: Context): HTMLElement {
  const items = slots.map(({ title, source, effects }) => {
    const done = (effects.length > 0 ? effects : ['changes nothing']).map((effect) => h('li.mono', effect));
    return h('li', h('b.mono', title), ' ', sourceLink(source, context), h('ul', done));
  });
  return h('ol.slots', { 'aria-label': 'What the handlers did in this tick' }, items);
}
