/**
 * The support ledger: each way of succeeding that was seen is a column, each call a row, and a mark says that the way rests
 * on the call. Faults at a call cut the ways with a mark in its row; what cuts all of them may break the promise.
 *
 * Calls with the same marks stand in one row, the ones that most ways rest on first.
 */
import { groupBy } from '../../core/memo.js';
import { h, scroller } from '../../report/page/dom.js';
import { plural } from '../../report/words.js';
import type { Recalled } from '../recorded/recall.js';
import { counts, isCut, type Way, waysOf } from '../recorded/ways.js';
import type { Found, PageModel } from './model.js';

/** Most ways, and rows, that are drawn. */
const MOST = { ways: 16, rows: 60 } as const;

export function waysTable(model: PageModel, recalled: Recalled, found: Found | undefined): HTMLElement[] {
  const ways = waysOf(recalled.knowledge);
  const faults = found?.faults ?? [];
  if (ways.length === 0) return [h('p', 'No experiment went well, so no way of succeeding is known.')];
  // Those that count only with faults of their own stand back where there is no room for all.
  const ranked = [...ways].sort((a, b) => Math.sign(a.given.length) - Math.sign(b.given.length));
  const shown = (ways.length > MOST.ways ? ranked : ways).slice(0, MOST.ways);
  const struck = new Set(faults.map(({ call }) => call));
  const rows = rowsOf(shown, recalled, struck);
  return [
    h('p.lead', ...sumOf(model, ways, found)),
    scroller(
      'Ways of succeeding, may scroll sideways',
      h(
        'table.ledger',
        h(
          'thead',
          h(
            'tr',
            h('th', { scope: 'col' }, `By experiment: rests on this ${model.unit}`),
            shown.map((way, i) =>
              h(
                'th',
                { class: isDim(way, faults) ? 'mark dim' : 'mark', scope: 'col', title: seenIn(way) },
                `${way.experiments[0] ?? i + 1}${way.given.length > 0 ? '*' : ''}`,
              ),
            ),
          ),
        ),
        h(
          'tbody',
          rows.slice(0, MOST.rows).map((row) => lineOf(row, model, shown, faults)),
        ),
      ),
    ),
    h(
      'p.hint',
      '● rests on it; ◐ rests on it, but survived one of the kinds of faults there; · does without.',
      ways.some(({ given }) => given.length > 0)
        ? ' * Less was promised because of the faults of that experiment, so the way counts only where the same faults happen.'
        : '',
      ways.length > shown.length ? ` ${plural(ways.length - shown.length, 'more way')} had no room here.` : '',
      rows.length > MOST.rows ? ` ${plural(rows.length - MOST.rows, 'more row')} had no room here.` : '',
    ),
  ];
}

/** Whether a way does not count for some faults. */
const isDim = (way: Way, faults: Found['faults']): boolean => !counts(way, faults);

const seenIn = ({ experiments, given }: Way): string =>
  `seen in experiment ${experiments.slice(0, 8).join(', ')}${experiments.length > 8 ? ` and ${experiments.length - 8} more` : ''}${given.length > 0 ? '; counts only with the same faults' : ''}`;

/** What the table shows, in words. */
function sumOf({ ways: say, unit }: PageModel, ways: readonly Way[], found: Found | undefined): (Node | string)[] {
  const seen = `${plural(ways.length, 'way')} of succeeding ${ways.length === 1 ? 'was' : 'were'} seen`;
  const caution =
    say === 'hint'
      ? [` A ${unit} that fails early keeps what must never happen for nothing: of that, ways are a mere hint.`]
      : [];
  const free = ways.find(({ hits, given }) => hits.length + given.length === 0);
  if (!found && free)
    return [
      `${seen}. `,
      h('strong', `Experiment ${free.experiments[0]} went well without any ${unit} that can still fail`),
      ': no faults of these kinds cut that way.',
      ...caution,
    ];
  if (!found)
    return [
      `${seen}. Faults that break the promise have to cut each: a mark in every column, in the rows that fail.`,
      ...caution,
    ];
  const own = ways.filter((way) => counts(way, found.faults));
  const left = own.filter((way) => !isCut(way, found.faults)).length;
  const among =
    own.length === ways.length ? ', and ' : `; ${own.length} count${own.length === 1 ? 's' : ''} here, and `;
  const these = found.faults.length === 1 ? 'this fault' : 'these faults';
  if (left === 0)
    return [
      `${seen}${among}`,
      h('strong', `${these} cut${found.faults.length === 1 ? 's' : ''} ${own.length === 1 ? 'it' : 'every one'}`),
      '.',
      ...caution,
    ];
  return [
    `${seen}${among}`,
    h('strong', `${left} of them ${left === 1 ? 'is' : 'are'} not cut by ${these}`),
    ...(say === 'hint'
      ? ['.', ...caution]
      : [`: the faults changed which ${unit}s are made at all, so it was found by trying, and not by lineage.`]),
  ];
}

interface Row {
  readonly calls: readonly string[];
  readonly marks: readonly ('all' | 'some' | 'none')[];
  readonly isStruck: boolean;
}

/** Calls that at least one way rests on; struck ones in a row of their own. */
function rowsOf(ways: readonly Way[], { knowledge }: Recalled, struck: ReadonlySet<string>): Row[] {
  const hits = ways.map((way) => groupBy(way.hits, ({ call }) => call));
  const rows = [...knowledge.kinds].map(([call, kinds]) => ({
    call,
    isStruck: struck.has(call),
    marks: hits.map((byCall) => {
      const count = byCall.get(call)?.length ?? 0;
      return count === 0 ? ('none' as const) : count < kinds.length ? ('some' as const) : ('all' as const);
    }),
  }));
  const used = rows.filter(({ marks }) => marks.some((mark) => mark !== 'none'));
  const groups = groupBy(used, ({ call, isStruck, marks }) => (isStruck ? call : marks.join()));
  const weight = ({ marks, isStruck }: Row): number =>
    (isStruck ? 1_000 : 0) + marks.filter((mark) => mark !== 'none').length;
  return [...groups.values()]
    .map((same): Row => ({ calls: same.map(({ call }) => call), marks: same[0].marks, isStruck: same[0].isStruck }))
    .sort((a, b) => weight(b) - weight(a));
}

const SIGNS = { all: ['●', 'rests on it'], some: ['◐', 'rests on it, in part'], none: ['·', 'does without'] } as const;

function lineOf(
  { calls, marks, isStruck }: Row,
  { names, unit }: PageModel,
  ways: readonly Way[],
  faults: Found['faults'],
): HTMLElement {
  const [first = '', ...others] = calls.map((call) => names[call] ?? call);
  const more =
    others.length > 0
      ? h(
          'details',
          h('summary', `and ${plural(others.length, `more ${unit}`)}`),
          others.map((name) => h('div.mono', name)),
        )
      : undefined;
  return h(
    'tr',
    { class: isStruck ? 'struck' : undefined },
    h('th', { scope: 'row', class: 'mono' }, isStruck ? '✗ ' : '', first, more),
    marks.map((mark, i) => {
      const [sign, text] = SIGNS[mark];
      const way = ways[i];
      return h(
        'td',
        {
          class: way && isDim(way, faults) ? 'mark dim' : isStruck && mark !== 'none' ? 'mark cut' : 'mark',
          title: way && seenIn(way),
        },
        h('span', { role: 'img', 'aria-label': `experiment ${way?.experiments[0]} ${text}` }, sign),
      );
    }),
  );
}
