/**
 * Values and the one total order.
 *
 * A column of a tuple holds an integer or a string. Everything that is ordered anywhere in the
 * project (facts, faults, reports) is ordered by `compareValues`, so that equal input gives equal bytes.
 */

/** What a column may hold: a safe integer or a string. */
export type Value = number | string;

/** A tuple of column values; the first column is its location. */
export type Row = readonly Value[];

/** Numbers before strings; numbers by size, strings by UTF-16 code unit (never by locale). */
export function compareValues(a: Value, b: Value): number {
  if (typeof a === 'number') return typeof b === 'number' ? a - b : -1;
  if (typeof b === 'number') return 1;
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Column by column; a prefix comes before its extension. */
export function compareRows(a: Row, b: Row): number {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i++) {
    const order = compareValues(a[i] as Value, b[i] as Value);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

/** A value as it is written in a spec: numbers bare, strings in double quotes. */
export function formatValue(value: Value): string {
  return typeof value === 'number' ? String(value) : `"${value}"`;
}

/** A fact as it is written in a spec, without its tick: `log("a", 1)`. */
export function formatFact(relation: string, row: Row): string {
  return `${relation}(${row.map(formatValue).join(', ')})`;
}
