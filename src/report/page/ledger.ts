/**
 * The support ledger: why these faults are enough, and why none can be left out. Every known way to keep the promise
 * is in a row, every fault has a column, ✗ where it cuts. Rows with the same marks stand together, those that one
 * fault cuts alone first.
 */
import { groupBy } from '../../core/memo.js';
import type { Work } from '../../core/work.js';
import type { Fault } from '../../faults/fault.js';
import { formatFault } from '../../faults/scenario.js';
import { ledgerOf } from '../provenance/ledger.js';
import type { Ledger, LedgerRow, RunView } from '../provenance/views.js';
import { faultInWords, listInWords, plural } from '../words.js';
import { counterexampleOf } from './command.js';
import type { Context } from './context.js';
import { button, h, scroller } from './dom.js';
import { outcomeOf } from './engine.js';
import { runLink } from './runs.js';
import { renderSupports } from './supports.js';
import { without } from './whatif.js';

/** Rows of one pattern of marks, and patterns, that are shown at first. */
const ROWS_AT_FIRST = 3;
const GROUPS_AT_FIRST = 12;

/** Rows that are drawn at all. */
const MOST_ROWS = 300;

type OutcomeKind = RunView['outcome']['kind'];

export function* renderLedger(context: Context): Work<HTMLElement[], void> {
  const { view, it } = context;
  if (!it) return [h('p', 'Not known: see above.')];
  const ledger = yield* ledgerOf(it);
  if (ledger.rows.length === 0) return [h('p', noWay(ledger, context))];
  const outcomes: OutcomeKind[] = [];
  for (const fault of ledger.faults) {
    outcomes.push(outcomeWithout(fault, context));
    yield;
  }
  const minimal = !outcomes.includes('violated');
  const lead = h('p.lead', ...inSum(ledger, view.outcome.kind === 'violated', minimal));
  const groups = [...groupBy(ledger.rows.slice(0, MOST_ROWS), ({ cut }) => String(cut)).values()];
  const bodies = groups.map((rows, i) => body(rows, ledger, context, i >= GROUPS_AT_FIRST));
  const left = ledger.rows.slice(MOST_ROWS);
  const notes = [
    ...(left.length > 0 ? [`Not drawn: ${plural(left.length, 'more row')} (${plural(countOf(left), 'way')}).`] : []),
    ...(ledger.capped
      ? [`There are more ways than these ${ledger.count}: the list was cut off, so it cannot show them all.`]
      : []),
  ].map((note) => h('p.hint', note));
  const grid = h('table.ledger', head(ledger), bodies);
  return [
    lead,
    ...faultList(ledger, outcomes, context),
    scroller('Ways to keep the promise, may scroll sideways', grid),
    ...unfold(bodies, groups),
    ...notes,
  ];
}

/** Why there is no row: nothing to keep is not the same as nothing that keeps it. */
function noWay({ capped }: Ledger, { view, engine }: Context): string {
  if (view.outcome.kind === 'vacuous') return 'Nothing is promised in this run, so there is nothing to keep.';
  if (capped) return 'The program is too large to list here what keeps the promise.';
  if (outcomeOf(engine, []).kind === 'violated')
    return 'No way is known in which the promise is kept: it is not, even without faults.';
  return 'No way is known in which the promise is kept.';
}

/** What the table shows, in words. */
function inSum(ledger: Ledger, violated: boolean, minimal: boolean): (Node | string)[] {
  const { faults, rows, count, capped } = ledger;
  const [only, ...others] = [...new Set(rows.flatMap(({ promises }) => promises))];
  const what = only !== undefined && others.length === 0 ? promiseOf(only) : 'what is promised';
  const one = count === 1 && !capped;
  const known = [
    `${capped ? 'At least ' : ''}${plural(count, 'way')} to keep `,
    what,
    one ? ' is known' : ' are known',
  ];
  const standing = countOf(rows.filter(({ cut }) => !cut.includes(true)));
  if (faults.length === 0)
    return [...known, one ? '. Without faults it stands.' : '. Without faults all of them stand.'];
  if (standing > 0 || !violated) {
    const stand =
      standing === count ? (one ? 'and it stands' : 'and all of them stand') : `and ${standing} of them stand`;
    return [...known, ', ', h('strong', standing === 1 && !one ? 'and 1 of them stands' : stand), '.'];
  }
  const every = one ? 'it' : capped ? 'every one that is listed' : 'every one';
  if (faults.length === 1) return [...known, ', ', h('strong', `and the fault cuts ${every}`), ': it is enough.'];
  const needed = minimal && faults.every((_, i) => rows.some(({ cut }) => cut.every((is, j) => is === (i === j))));
  return [
    ...known,
    ', ',
    h('strong', `and ${every} is cut`),
    ' by at least one of these faults: together they are enough.',
    needed ? ' Each fault cuts some that no other cuts: none can be left out.' : '',
  ];
}

/** A promise that has no name of its own stands for itself. */
const promiseOf = (promise: string): Node | string => (promise === 'the promise' ? promise : h('code', promise));

/** What the run without a fault of the scenario comes to. */
function outcomeWithout(fault: Fault, { engine, view: { scenario } }: Context): OutcomeKind {
  const name = formatFault(fault);
  const found = engine.check.counterexamples[counterexampleOf(engine.check, scenario)];
  const known = found?.minimality.find((run) => formatFault(run.without) === name);
  return known?.outcome ?? outcomeOf(engine, without(scenario, fault)).kind;
}

/** The faults by number, each with the run that lacks it. */
function faultList(ledger: Ledger, outcomes: readonly OutcomeKind[], context: Context): HTMLElement[] {
  const { view, state } = context;
  const items = ledger.faults.map((fault, i) => {
    const name = formatFault(fault);
    const [mark, words] = OUTCOME[outcomes[i] ?? 'violated'];
    return h(
      'li',
      { class: state.fault === name ? 'chosen' : undefined, 'data-fault': name },
      `${faultInWords(fault)} — without it: `,
      h('span', { class: outcomes[i] }, `${mark} ${words}`),
      ', ',
      runLink('see that run', without(view.scenario, fault), context, {
        class: 'link small',
        'data-without': name,
        'aria-label': `see that run, without this fault: ${faultInWords(fault)}`,
      }),
    );
  });
  return items.length > 0 ? [h('ol.cutting', items)] : [];
}

const OUTCOME = {
  holds: ['✓', 'holds'],
  vacuous: ['·', 'promises nothing'],
  violated: ['✗', 'is still violated'],
  unknown: ['?', 'is not known'],
} as const;

function head({ faults, rows }: Ledger): HTMLElement {
  const columns = faults.map((fault, i) =>
    h(
      'th.mark',
      { scope: 'col', title: faultInWords(fault), 'data-fault': formatFault(fault) },
      h('span', { role: 'img', 'aria-label': `Fault ${i + 1}: ${faultInWords(fault)}` }, String(i + 1)),
    ),
  );
  const promise = severalPromises(rows) ? [h('th', { scope: 'col' }, 'Promise')] : [];
  const heading =
    faults.length > 0 ? 'Kept if all of this happens (✗ denied by a fault)' : 'Kept if all of this happens';
  return h('thead', h('tr', columns, promise, h('th', { scope: 'col' }, heading)));
}

/** Rows with equal marks, under a heading that says by which faults they are cut. */
function body(rows: readonly LedgerRow[], ledger: Ledger, context: Context, hidden: boolean): HTMLElement {
  const { faults } = ledger;
  const several = severalPromises(ledger.rows);
  const lines = rows.map((row, i) => {
    const marks = row.cut.map((cut, at) =>
      h(
        'td',
        { class: cut ? 'mark cut' : 'mark' },
        h('span', { role: 'img', 'aria-label': `${cut ? 'cut' : 'not cut'} by fault ${at + 1}` }, cut ? '✗' : '·'),
      ),
    );
    const promise = several
      ? [
          h(
            'td.mono.promise',
            row.promises.map((text) => h('div', text)),
          ),
        ]
      : [];
    return h(
      'tr',
      { hidden: i >= ROWS_AT_FIRST },
      marks,
      promise,
      h('td', ...renderSupports(row, faults.length, context)),
    );
  });
  const columns = faults.length + 1 + (several ? 1 : 0);
  const title =
    faults.length > 1
      ? [h('tr.alike', h('th', { scope: 'rowgroup', colspan: columns }, ...heading(rows, faults.length)))]
      : [];
  return h('tbody', { hidden }, title, lines);
}

function heading(rows: readonly LedgerRow[], faults: number): (Node | string)[] {
  const numbers = (rows[0]?.cut ?? []).flatMap((cut, i) => (cut ? [i + 1] : []));
  const last = numbers.at(-1);
  const words =
    last === undefined
      ? 'Cut by no fault: these stand'
      : numbers.length === 1
        ? `Cut by fault ${last} alone`
        : numbers.length === faults
          ? `Cut by ${faults === 2 ? 'both' : 'all'} faults`
          : `Cut by faults ${listInWords(numbers)}`;
  return [words, h('span.count', ` · ${plural(countOf(rows), 'way')}`)];
}

/** A button that shows what is hidden at first. */
function unfold(bodies: readonly HTMLElement[], groups: readonly (readonly LedgerRow[])[]): HTMLElement[] {
  const rest = groups.flatMap((rows, i) => (i >= GROUPS_AT_FIRST ? rows : rows.slice(ROWS_AT_FIRST)));
  if (rest.length === 0) return [];
  const show = button(`Show ${plural(rest.length, 'more row')} (${plural(countOf(rest), 'way')})`, () => {
    for (const part of bodies) {
      part.hidden = false;
      for (const row of part.querySelectorAll<HTMLElement>('tr[hidden]')) row.hidden = false;
    }
    show.remove();
  });
  return [show];
}

const severalPromises = (rows: readonly LedgerRow[]): boolean =>
  new Set(rows.flatMap(({ promises }) => promises)).size > 1;

const countOf = (rows: readonly LedgerRow[]): number =>
  rows.reduce((sum, { promises, supports }) => sum + promises.length * supports.length, 0);
