/**
 * The support ledger: every known way in which the promise is kept without faults is a row, every fault a column, ✗ where it cuts.
 */
import { formatFault } from '../../faults/scenario.js';
import { faultInWords } from '../words.js';
import { counterexampleOf } from './command.js';
import type { Context } from './context.js';
import { button, h, table } from './dom.js';
import { without } from './whatif.js';

const MOST_ROWS = 300;
const AT_FIRST = 10;

export function renderLedger(context: Context): HTMLElement[] {
  const { view, engine, act, state } = context;
  const ledger = engine.ledger(view.scenario);
  const found = engine.check.counterexamples[counterexampleOf(engine.check, view.scenario)];
  const heads = ledger.faults.map((fault) => {
    const name = formatFault(fault);
    const minimal = found?.minimality.find((m) => formatFault(m.without) === name);
    const outcome = minimal?.outcome ?? engine.view(without(view.scenario, fault)).outcome.kind;
    const words = outcome === 'holds' ? 'holds' : outcome === 'vacuous' ? 'promises nothing' : 'is still violated';
    return h(
      'span',
      { class: `column${state.fault === name ? ' chosen' : ''}`, 'data-fault': name },
      faultInWords(fault),
      h('br'),
      button(`without it: ${words} — see`, () => act.inject(without(view.scenario, fault)), { class: 'link small' }),
    );
  });
  const rows = ledger.rows.slice(0, MOST_ROWS).map((row, i) => {
    const isCut = row.cut.some((cut) => cut);
    const marks = row.cut.map((cut) =>
      h('td', { class: cut ? 'cut' : 'uncut' }, cut ? '✗' : h('span', { 'aria-label': 'not cut' }, '·')),
    );
    const needs = row.needs.map(({ text }) => text).join(', ');
    const show = button(needs === '' ? 'no message' : needs, () => act.emphasise(row.needs.map(({ id }) => id)), {
      class: 'link mono',
      title: 'Show these messages in the diagram',
    });
    const status = isCut ? '✗ cut' : '✓ stands';
    return h(
      'tr',
      { hidden: i >= AT_FIRST },
      h('td', { class: 'mono' }, row.promise),
      h('td', {}, show),
      marks,
      h('td', { class: isCut ? 'cut' : 'stands' }, status),
    );
  });
  if (rows.length === 0) return [h('p', {}, 'No support is known: the promise is not kept even without faults.')];
  const all = ledger.rows.filter((row) => row.cut.every((cut) => !cut)).length;
  const sum =
    ledger.faults.length === 0
      ? 'Without faults every support stands.'
      : all === 0
        ? 'Every listed support is cut by at least one fault: that is why this set is enough.'
        : `${all} of ${ledger.rows.length} listed supports stand.`;
  const hidden = ledger.rows.length - rows.length;
  const capped =
    ledger.capped || hidden > 0
      ? [h('p', { class: 'hint' }, `There are more supports than these ${rows.length}.`)]
      : [];
  return [
    h('p', { class: 'lead' }, sum),
    table(['Promise', 'Is kept if these arrive', ...heads, 'In all'], rows, { class: 'ledger' }),
    ...unfold(rows),
    ...capped,
  ];
}

/** A button that shows the rows beyond the first ones. */
function unfold(rows: readonly HTMLElement[]): HTMLElement[] {
  const rest = rows.slice(AT_FIRST);
  if (rest.length === 0) return [];
  const show = button(`Show ${rest.length} more`, () => {
    for (const row of rest) row.hidden = false;
    show.remove();
  });
  return [show];
}
