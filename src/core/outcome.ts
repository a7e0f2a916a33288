/**
 * Outcomes: what became of a system's promise in one run.
 */
import { compareRows, type Row } from './value.js';

/** What is broken at a tick before the end: the promise is about every tick. */
export interface BrokenAt {
  readonly tick: number;
  readonly row: Row;
}

/** One thing that is broken: at the end, or at a tick. */
export type Broken = Row | BrokenAt;

export const isBrokenAt = (broken: Broken): broken is BrokenAt => 'tick' in broken;

export const rowOf = (broken: Broken): Row => (isBrokenAt(broken) ? broken.row : broken);

/** What is broken at the end comes first, then tick by tick. */
export function compareBroken(a: Broken, b: Broken): number {
  const tickOf = (broken: Broken): number => (isBrokenAt(broken) ? broken.tick : 0);
  return tickOf(a) - tickOf(b) || compareRows(rowOf(a), rowOf(b));
}

/**
 * `witnesses`: what is broken, sorted; empty unless violated. Of a Dedalus spec: the `pre` rows without `post`, and the
 * rows of `never` with their ticks; of a protocol: what its check says.
 */
export interface Outcome {
  readonly kind: 'holds' | 'vacuous' | 'violated';
  readonly witnesses: readonly Broken[];
  /** Whether the other invariant gives another answer (Dedalus specs). */
  readonly readingsDiffer: boolean;
}

/** What a run comes to: what the check says of its end, and the first tick at which what always holds does not. */
export function outcomeWith(end: Outcome, ticks: readonly Outcome[]): Outcome {
  const at = ticks.findIndex(({ kind }) => kind === 'violated');
  const broken = (ticks[at]?.witnesses ?? []).map((row): Broken => ({ tick: at + 1, row: rowOf(row) }));
  if (broken.length > 0) return { ...end, kind: 'violated', witnesses: [...end.witnesses, ...broken] };
  const promises = end.kind === 'vacuous' && ticks.some(({ kind }) => kind === 'holds');
  return promises ? { ...end, kind: 'holds' } : end;
}
