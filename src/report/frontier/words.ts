/**
 * Frontiers in words: a sentence for each slice, the rows and columns of its table, and the command that asks a cell
 * again.
 *
 * The first axis (EFF) runs along the columns; each combination of the others is a row.
 */
import { groupBy } from '../../core/memo.js';
import type { VerdictKind } from '../../dedalus/program.js';
import { type BoundName, boundRanges } from '../../faults/bounds.js';
import { placeOf } from '../../frontier/axes.js';
import { boundFlag, runCommand } from '../commands.js';
import { listInWords, plural } from '../words.js';
import type { CellResult, FrontierResult, Frontiers, SliceResult } from './schema.js';

/** How a cell is shown, and what that is called. */
export const CELL_MARKS: Readonly<Record<VerdictKind, readonly [mark: string, words: string]>> = {
  holds: ['✓', 'tolerated'],
  violated: ['✗', 'broken'],
  'violated-failure-free': ['✗', 'broken without faults'],
  vacuous: ['∅', 'nothing is promised'],
  'no-post': ['∅', 'nothing can be promised'],
  inconclusive: ['?', 'not settled'],
};

export interface FrontierRow {
  /** `at most 1 crash`; empty if there is one axis only. */
  readonly label: string;
  readonly cells: readonly CellResult[];
}

export const isBroken = ({ verdict }: Pick<CellResult, 'verdict'>): boolean =>
  verdict === 'violated' || verdict === 'violated-failure-free';

/** How a cell looks: a class of the style of pages. */
export const cellLook = (cell: Pick<CellResult, 'verdict'>): 'kept' | 'broken' | 'open' | 'void' =>
  isBroken(cell) ? 'broken' : cell.verdict === 'holds' ? 'kept' : cell.verdict === 'inconclusive' ? 'open' : 'void';

/** A value of a bound in words; of one that is not known to this `ldfi`, its name and the value. */
const valueInWords = (name: string, value: number): string =>
  boundRanges()[name as BoundName]?.inWords(value) ?? `${name} ${value}`;

const axisName = ({ axes }: SliceResult, axis: number): string => axes[axis]?.name ?? '';

/** The bounds of a cell but for the first axis. */
const othersInWords = (slice: SliceResult, { at }: CellResult): string =>
  at
    .slice(1)
    .map((value, i) => valueInWords(axisName(slice, i + 1), value))
    .join(', ');

/** `eff 3, at most 1 crash`. */
export const cellInWords = (slice: SliceResult, cell: CellResult): string =>
  cell.at.map((value, i) => valueInWords(axisName(slice, i), value)).join(', ');

/** Whether some rows may be left out. */
export const isAbridged = ({ slices }: FrontierResult): boolean => slices.some(({ axes }) => axes.length > 2);

export const ABRIDGED = 'A row that is as a larger one is left out.';

/** The rows of a slice, the least first. Where many bounds vary, a row that is as a larger one is left out. */
export function rowsOf(frontier: FrontierResult, slice: SliceResult): FrontierRow[] {
  const rows = [...groupBy(slice.cells, ({ at }) => at.slice(1).join(' ')).values()];
  const isAsked = (cells: readonly CellResult[]): boolean =>
    cells.some((cell) => askedAt(frontier, slice, cell).length > 0);
  const isLike = (cells: readonly CellResult[], others: readonly CellResult[]): boolean =>
    cells.every((cell, i) => isWithin(cell, others[i] as CellResult) && cell.verdict === others[i]?.verdict);
  const isShown = (cells: readonly CellResult[]): boolean =>
    slice.axes.length <= 2 || isAsked(cells) || !rows.some((others) => others !== cells && isLike(cells, others));
  return rows.filter(isShown).map((cells) => ({ label: othersInWords(slice, cells[0]), cells }));
}

/** Whether all that one cell admits is admitted by the other. */
const isWithin = (cell: CellResult, other: CellResult): boolean =>
  cell.at.every((value, axis) => value <= (other.at[axis] ?? 0));

/** The broken cells of which no smaller one is broken, with their counterexamples. */
export function cornersOf({ cells }: SliceResult): CellResult[] {
  const broken = cells.filter(isBroken);
  return broken.filter((cell) => !broken.some((other) => other !== cell && isWithin(other, cell)));
}

/** `tolerates up to eff 6 with no crashes, up to eff 5 with 1 crash; breaks with 2 crashes`. */
export function sliceInWords(slice: SliceResult): string {
  const { cells } = slice;
  const [first] = cells;
  const kept = cells.filter(({ verdict }) => verdict === 'holds' || verdict === 'vacuous');
  const open = cells.filter(({ verdict }) => verdict === 'inconclusive').length;
  const unsettled = open > 0 ? `; ${plural(open, 'cell')} of ${cells.length} not settled` : '';
  if (first?.verdict === 'no-post') return 'nothing can be promised: there is no post';
  if (first?.verdict === 'violated-failure-free') return 'broken without any fault';
  if (kept.length === 0)
    return open === cells.length ? 'nothing could be settled' : `tolerates none of this${unsettled}`;
  const verb = kept.some(({ verdict }) => verdict === 'vacuous')
    ? 'promises nothing without faults, and does not break'
    : 'tolerates';
  return `${verb} ${listInWords(tolerated(slice, kept))}${brokenRows(slice)}${unsettled}`;
}

/** What is tolerated at most: the cells of which no larger one is. */
function tolerated(slice: SliceResult, kept: readonly CellResult[]): string[] {
  const most = kept.filter((cell) => !kept.some((other) => other !== cell && isWithin(cell, other)));
  const { 0: first = 0, length } = slice.axes[0]?.values ?? [];
  const last = slice.axes[0]?.values[length - 1];
  return most
    .sort((a, b) => (b.at[0] ?? 0) - (a.at[0] ?? 0))
    .map((cell) => {
      const [along = 0] = cell.at;
      const isAny = along === last && along >= slice.eot;
      const bound = valueInWords(axisName(slice, 0), along);
      // The last that was looked at, of more that there could be.
      const isLeast = along === last && !isAny && axisName(slice, 0) === 'eff';
      const upTo = isLeast ? 'at least up to' : 'up to';
      const words = isAny ? `any ${axisName(slice, 0)}` : along > first ? `${upTo} ${bound}` : bound;
      const others = bare(othersInWords(slice, cell));
      return others === '' ? words : `${words} with ${others}`;
    });
}

/** The least rows that break however small the first bound is. */
function brokenRows(slice: SliceResult): string {
  const rows = cornersOf(slice).filter((cell) => cell.at[0] === slice.axes[0]?.values[0] && cell.at.length > 1);
  const named = rows.map((cell) => bare(othersInWords(slice, cell)));
  if (named.length > 0) return `; breaks with ${named.join(', or with ')}`;
  return slice.cells.some(isBroken) ? '; breaks beyond' : '';
}

/** `1 crash` of `at most 1 crash`. */
const bare = (words: string): string => words.replaceAll('at most ', '');

/** The checks that ask for a cell, by name. */
export const askedAt = ({ checks }: FrontierResult, { eot, axes }: SliceResult, { at }: CellResult): string[] =>
  checks.flatMap(({ name, bounds }) => {
    const place = placeOf(bounds, axes as Parameters<typeof placeOf>[1]);
    return bounds.eot === eot && place.every((value, i) => value === at[i]) ? [name] : [];
  });

/** The verdict of the cell that a check asks for; undefined if it is not among those that were looked at. */
export function verdictOf(frontier: FrontierResult, name: string): VerdictKind | undefined {
  for (const slice of frontier.slices)
    for (const cell of slice.cells) if (askedAt(frontier, slice, cell).includes(name)) return cell.verdict;
  return undefined;
}

/** The checks whose verdict is another than they expect, each in words. */
export const unexpectedIn = (frontier: FrontierResult): string[] =>
  frontier.checks.flatMap(({ name, expect }) => {
    const verdict = verdictOf(frontier, name);
    const isFine = expect === undefined || verdict === undefined || verdict === 'inconclusive' || verdict === expect;
    return isFine ? [] : [`${name}: ${verdict}, but expected ${expect}`];
  });

/** Whether a check of the frontier has this end of time. */
export const isOwn = ({ checks }: FrontierResult, { eot }: SliceResult): boolean =>
  checks.some(({ bounds }) => bounds.eot === eot);

/** What `ldfi run` is asked to search the bounds of a cell. */
export function cellCommand(
  { spec, check }: FrontierResult,
  invariant: Frontiers['invariant'],
  { eot, axes }: SliceResult,
  { at }: CellResult,
): string {
  const flags = axes.flatMap(({ name }, i) => [boundFlag(name), String(at[i])]);
  return runCommand(spec.roots, check, invariant, [boundFlag('eot'), String(eot), ...flags]);
}

/** `specs/ack.ded usual, small`. */
export const frontierTitle = ({ spec, checks }: FrontierResult): string =>
  `${spec.roots.join(' ')} ${checks.map(({ name }) => name).join(', ')}`;
