/**
 * What the runs of a check have covered, as a table: data for a result, and words for every output.
 */
import { ranges } from '../core/ranges.js';
import { nodesIn } from '../faults/alike.js';
import type { Fault } from '../faults/fault.js';
import { kindOf, kinds } from '../faults/kinds.js';
import { tickOf } from '../faults/scenario.js';
import type { Coverage } from '../search/coverage.js';
import type { CheckResult } from './schema.js';
import { plural } from './words.js';

export type CoverageTable = NonNullable<CheckResult['coverage']>;

/** Most pieces and places that a table names; the rest is counted. */
const MOST = 50;
/** Most of them in a line of text. */
const FEW = 5;

/** What a fault strikes: `a→b`, `c`, `a,b`. */
function struckBy(fault: Fault): string {
  const slot = kindOf(fault).slot?.(fault);
  return slot ? `${slot.from}→${slot.to}` : nodesIn(fault).join();
}

export function coverageTable({ noun, pieces, ran, faults, injected }: Coverage): CoverageTable {
  const did = new Set(ran);
  const missed = pieces.filter((_, i) => !did.has(i)).slice(0, MOST);
  return {
    pieces: {
      noun,
      all: pieces.length,
      ran: ran.length,
      never: pieces.filter(({ never }) => never).length,
      missed: missed.map(({ name, place, never }) => ({ name, ...(place && { place }), ...(never && { never }) })),
    },
    faults: faults.map(({ kind, possible, idle }) => {
      const own = injected.filter((fault) => fault.kind === kind);
      return {
        kind,
        possible,
        ...(idle !== undefined && { idle }),
        injected: own.length,
        where: [...new Set(own.map(struckBy))].slice(0, MOST),
        ticks: [...new Set(own.map(tickOf))].sort((a, b) => a - b),
      };
    }),
  };
}

/** A line of the table. */
export interface CoverageRow {
  readonly what: string;
  /** How many the runs have covered, of how many that may matter at most, and of how many there are. */
  readonly covered: number;
  readonly atMost: number;
  readonly all: number;
  /** Where, and when; or which of them are missing. */
  readonly details: string;
}

const listed = (names: readonly string[], all: number): string =>
  `${names.slice(0, FEW).join(', ')}${all > FEW ? ', …' : ''}`;

/** `p.ded:3`, or the name of a handler. */
function pieceInWords({ name, place }: CoverageTable['pieces']['missed'][number]): string {
  return place && 'path' in place ? `${name} (${place.path}:${place.line})` : name;
}

export function coverageRows({ pieces, faults }: CoverageTable): CoverageRow[] {
  const missing = pieces.all - pieces.ran;
  const rows = faults.map(({ kind, possible, idle = 0, injected, where, ticks }): CoverageRow => {
    const noun = kinds().find((one) => one.kind === kind)?.noun ?? kind;
    const when = `${ticks.length === 1 ? 'tick' : 'ticks'} ${ranges(ticks)}`;
    const details = injected === 0 ? '' : `${listed(where, where.length)}; ${when}`;
    return { what: `${noun} injected`, covered: injected, atMost: possible - idle, all: possible, details };
  });
  if (pieces.all === 0) return rows;
  const what = pieces.noun === 'rule' ? 'rules that fired' : 'handlers that ran';
  const details = missing === 0 ? '' : `without ${listed(pieces.missed.map(pieceInWords), missing)}`;
  return [{ what, covered: pieces.ran, atMost: pieces.all - pieces.never, all: pieces.all, details }, ...rows];
}

/** `Coverage of 3 runs: 12 of 14 rules fired (…); 2 of 24 message losses injected (a→b; ticks 1, 2; …).` */
export function coverageInWords(table: CoverageTable, runs: number): string {
  const parts = coverageRows(table).map(({ what, covered, atMost, all, details }) => {
    const most = atMost < all ? [`at most ${atMost} can matter`] : [];
    const notes = [...(details === '' ? [] : [details]), ...most].join('; ');
    return `${covered} of ${all} ${what.replace(' that ', ' ')}${notes === '' ? '' : ` (${notes})`}`;
  });
  return `Coverage of ${plural(runs, 'run')}: ${parts.join('; ')}.`;
}
