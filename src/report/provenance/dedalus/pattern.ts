/**
 * Patterns: a fact of one tick of which some columns may be open.
 *
 * Everything behind the views speaks of interned ids (of the schema that all runs of one system share); names come in and go out in `names.ts`.
 */

/** In a row: a column that is open. No string of a spec holds this character (a file with it is refused as binary). */
export const ANY = '\0';

/** In a pattern: a column that is open. */
export const OPEN = -1;

export interface Pattern {
  /** Relation id. */
  readonly relation: number;
  /** Value ids, or `OPEN`. */
  readonly columns: readonly number[];
  readonly tick: number;
  /** Pairs of open columns that must be equal. */
  readonly equal?: readonly (readonly [number, number])[];
}

/** Whether the pattern is one fact. */
export const isClosed = ({ columns }: Pattern): boolean => !columns.includes(OPEN);

/** A key per pattern, for sets and maps. */
export const keyOf = ({ relation, columns, tick }: Pattern): string => `${tick}:${relation}:${columns.join(',')}`;

/** Whether two patterns could be the same fact. */
export const overlap = (a: Pattern, b: Pattern): boolean =>
  a.relation === b.relation &&
  a.tick === b.tick &&
  a.columns.every((value, i) => value === OPEN || b.columns[i] === OPEN || value === b.columns[i]);
