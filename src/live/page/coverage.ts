/**
 * What was tried: how many sets of faults, which experiments explain how many of the others, and each experiment.
 */
import type { FaultSet } from '../../experiments/fault-sets.js';
import { button, h, section, table } from '../../report/page/dom.js';
import { plural } from '../../report/words.js';
import { type Coverage, coverageOf, type Known } from '../recorded/coverage.js';
import type { Recalled, Remembered } from '../recorded/recall.js';
import type { PageModel } from './model.js';

/** Largest sets that are counted, explaining experiments that are named, experiments that are shown at first. */
const MOST = { size: 3, named: 4, shown: 12 } as const;

/** @param show shows what an experiment says */
export function coverageSection(model: PageModel, recalled: Recalled, show: (faults: FaultSet) => void): HTMLElement[] {
  const sizes = Array.from({ length: Math.min(MOST.size, model.sizes) }, (_, i) => coverageOf(recalled, i + 1));
  return [
    section('sets', 'Sets of faults', setsHint(model), table(HEADS, sizes.map(lineOf)), ...notes(model, sizes)),
    section(
      'experiments',
      'The experiments',
      'Those that something was learned from. A number shows its faults above.',
      ...experimentsTable(model, recalled, sizes, show),
    ),
  ];
}

const setsHint = ({ unit }: PageModel): string =>
  `A set needs no experiment of its own if one shows what it would do: exactly those of its faults fired whose ${unit}s occurred.`;

const HEADS = [
  'Faults at once',
  'Sets',
  'Tried: kept',
  'Tried: broken',
  'Explained',
  'Include a counterexample',
  'Not known',
];

function lineOf({ size, sets, known }: Coverage): HTMLElement {
  const cells = known
    ? [String(known.kept), String(known.broken), explainedInWords(known), String(known.within), unknown(known)]
    : ['—', '—', 'too many to ask of each', '—', '—'];
  const isOpen = known !== undefined && known.open + known.unresolved > 0;
  return h(
    'tr',
    h('th', { scope: 'row' }, String(size)),
    h('td', String(sets)),
    cells.map((text, i) =>
      h('td', { class: i === 1 && text !== '0' ? 'cut' : i === 4 && isOpen ? 'open' : undefined }, text),
    ),
  );
}

const unknown = ({ open, unresolved }: Known): string =>
  unresolved > 0 ? `${open + unresolved} (${unresolved} without a clear answer)` : String(open);

/** `22: 18 by experiment 5, 4 by experiment 7`. */
function explainedInWords({ explained }: Known): string {
  const total = [...explained.values()].reduce((sum, count) => sum + count, 0);
  if (total === 0) return '0';
  const most = [...explained].sort(([a, x], [b, y]) => y - x || a - b);
  const named = most.slice(0, MOST.named).map(([number, count]) => `${count} by experiment ${number}`);
  const others = most.length - named.length;
  if (most.length === 1) return named.join();
  return `${total}: ${named.join(', ')}${others > 0 ? `, the rest by ${others} more` : ''}`;
}

/** What the figures mean for the verdict. */
function notes({ recorded, mark, ways }: PageModel, sizes: readonly Coverage[]): HTMLElement[] {
  const open = sizes.filter(({ known }) => known === undefined || known.open + known.unresolved > 0);
  const first = open[0];
  const left = recorded?.left ?? 0;
  return [
    ...(mark === 'good' && first && ways === 'all'
      ? [
          h(
            'p.hint',
            `Not all sets of ${plural(first.size, 'fault')} are known: the verdict rests on the ways of succeeding above, of which no such set cuts every one.`,
          ),
        ]
      : []),
    ...(left > 0
      ? [h('p.hint', `${plural(left, 'experiment')} had no room in the result, so these figures are too low.`)]
      : []),
  ];
}

function experimentsTable(
  model: PageModel,
  { knowledge: { experiments } }: Recalled,
  sizes: readonly Coverage[],
  show: (faults: FaultSet) => void,
): HTMLElement[] {
  const rows = experiments.map((experiment, i) => rowOf(experiment, model, sizes, show, i >= MOST.shown));
  const more = rows.length - MOST.shown;
  const all = button(`Show ${plural(more, 'more experiment')}`, () => {
    for (const row of rows) row.hidden = false;
    all.remove();
    rows[MOST.shown]?.querySelector('button')?.focus();
  });
  const heads = ['Number', 'Faults', 'Promise', `Rests on ${model.unit}s`, 'Explains sets'];
  return [table(heads, rows), ...(more > 0 ? [all] : [])];
}

function rowOf(
  { number, times, faults, fired, outcome, support, calls, weakened }: Remembered,
  { names, unit }: PageModel,
  sizes: readonly Coverage[],
  show: (faults: FaultSet) => void,
  hidden: boolean,
): HTMLElement {
  const isGood = outcome.kind === 'good';
  const explains = sizes.reduce((sum, { known }) => sum + (known?.explained.get(number) ?? 0), 0);
  const unfired = faults.length - fired.length;
  const inWords = fired.map(({ call, kind }) => h('div', `${kind} at `, h('span.mono', names[call] ?? call)));
  const notes = [
    ...(fired.length === 0 ? ['none'] : []),
    ...(unfired > 0 ? [`${unfired} more planned, whose ${unit}s did not occur`] : []),
    ...(times > 1 ? [`${times} alike`] : []),
    ...(weakened ? ['less was promised because of them'] : []),
  ];
  return h(
    'tr',
    { hidden },
    h(
      'th',
      { scope: 'row' },
      button(String(number), () => show(fired), { class: 'link', 'aria-label': `Experiment ${number}: show it above` }),
    ),
    h('td', inWords, notes.length > 0 ? h('span.hint', notes.join('; ')) : ''),
    h('td', { class: isGood ? 'holds' : 'violated' }, isGood ? '✓ kept' : '✗ broken'),
    h('td', isGood ? `${support.length} of ${calls.length}` : '—'),
    h('td', String(explains)),
  );
}
