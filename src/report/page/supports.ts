/**
 * The ways of a ledger's row: the simplest one in full, with the other ticks at which its messages may come as well;
 * the rest on request.
 */
import type { Condition, LedgerRow } from '../provenance/views.js';
import { listInWords } from '../words.js';
import type { Context } from './context.js';
import { button, h } from './dom.js';

/** Consecutive ticks that are given as a range. */
const RANGE = 4;

export function renderSupports(row: LedgerRow, faults: number, context: Context): HTMLElement[] {
  const [first = [], ...others] = row.supports;
  const words = first.map((condition, i) => inWords(condition, row.otherTicks[i] ?? []));
  const lead = way(first, words, faults, new Set(), context);
  if (others.length === 0) return [lead];
  const list = h('ol.like');
  const summary = h('summary', `and ${others.length} more like it: ${howAlike(row)}`);
  const details = h('details', summary, list);
  const known = new Set(first.map(({ id }) => id));
  details.addEventListener('toggle', () => {
    if (!details.open || list.childElementCount > 0) return;
    const all = row.supports.map((conditions) => {
      const words = conditions.map((condition) => inWords(condition, []));
      return h('li', way(conditions, words, faults, conditions === first ? new Set() : known, context));
    });
    list.append(...all);
  });
  return [lead, details];
}

/** In what the ways of a row differ. */
function howAlike({ exchanged, otherTicks }: LedgerRow): string {
  const swapped = `${listInWords(exchanged)} exchanged`;
  const ticks = otherTicks.some((others) => others.length > 0);
  if (exchanged.length === 0) return 'at other ticks';
  return ticks ? `at other ticks, or with ${swapped}` : `with ${swapped}`;
}

/** All that one way needs; a click shows its messages. What is `known` from elsewhere stands back. */
function way(
  conditions: readonly Condition[],
  words: readonly string[],
  faults: number,
  known: ReadonlySet<string>,
  { act }: Context,
): HTMLElement {
  if (conditions.length === 0) return h('span', 'nothing: no message is needed');
  const parts = conditions.flatMap(({ id, cut }, i) => {
    const by = faults > 1 ? h('sup', cut.map((fault) => fault + 1).join(' ')) : '';
    const text = `${words[i]}${i + 1 < conditions.length ? ',' : ''}`;
    const mark = cut.length > 0 ? ['✗', by, ' '] : [];
    const classes = `condition${cut.length > 0 ? ' denied' : ''}${known.has(id) ? ' known' : ''}`;
    return [h('span', { class: classes }, ...mark, text), ' '];
  });
  const ids = conditions.filter(({ tick }) => tick !== undefined).map(({ id }) => id);
  const show = (): void => act.emphasise(ids);
  return button(parts, show, { class: 'link mono way', title: 'Show these messages in the diagram' });
}

/** `ack("b") a→b at tick 3 (or 4, 6)`. */
function inWords({ text, tick }: Condition, others: readonly number[]): string {
  if (tick === undefined) return text;
  return `${text} at tick ${tick}${others.length > 0 ? ` (or ${ticksInWords(others)})` : ''}`;
}

/** `4, 6`, `4 to 9`. */
function ticksInWords(ticks: readonly number[]): string {
  const runs: number[][] = [];
  for (const tick of ticks) {
    const run = runs.at(-1);
    if (run && run.at(-1) === tick - 1) run.push(tick);
    else runs.push([tick]);
  }
  return runs.map((run) => (run.length < RANGE ? run.join(', ') : `${run[0]} to ${run.at(-1)}`)).join(', ');
}
