/**
 * Measured latencies from CSV as a model: a column each for W, A, R and S, in milliseconds, in any order.
 *
 * ```csv
 * W,A,R,S
 * 0.31,0.28,0.25,0.30
 * 4.20,0.27,0.26,
 * ```
 * Columns are independent of each other, so they may be of different lengths: a cell may be empty. W is needed; what is
 * left out is as in a model in JSON.
 */
import type { LatencyModel } from './latency.js';

const COLUMNS = ['W', 'A', 'R', 'S'] as const;
type Column = (typeof COLUMNS)[number];

export interface CsvProblem {
  /** From 1. */
  readonly line: number;
  readonly message: string;
}

/** Problems that are listed; a file with the wrong separator has one in each line. */
const MOST_PROBLEMS = 5;

/** @param name of the model */
export function modelFromCsv(
  text: string,
  name: string,
): { readonly model: LatencyModel } | { readonly problems: readonly CsvProblem[] } {
  const [head = '', ...rows] = text.replace(/^\u{feff}/u, '').split(/\r?\n/);
  const columns = cellsOf(head).map((cell) => cell.toUpperCase());
  const problem = problemOfHead(columns);
  if (problem !== undefined) return { problems: [{ line: 1, message: problem }] };
  const measured = new Map(columns.map((column) => [column, [] as number[]]));
  const problems: CsvProblem[] = [];
  for (const [i, row] of rows.entries()) {
    if (problems.length >= MOST_PROBLEMS) break;
    const cells = cellsOf(row);
    if (cells.length > columns.length)
      problems.push({ line: i + 2, message: `there are ${cells.length} cells for ${columns.length} columns` });
    else
      for (const [at, cell] of cells.entries()) {
        if (cell === '') continue;
        const value = Number(cell);
        if (Number.isFinite(value) && value >= 0) measured.get(columns[at] as string)?.push(value);
        else problems.push({ line: i + 2, message: `"${cell}" is no latency: write milliseconds, as in 0.35` });
      }
  }
  for (const [column, values] of measured)
    if (values.length === 0 && problems.length === 0)
      problems.push({ line: 1, message: `column ${column} has no latencies` });
  if (problems.length > 0) return { problems };
  const mixture = (column: Column): LatencyModel['W'] | undefined => {
    const values = measured.get(column);
    return values && [{ weight: 1, measured: values }];
  };
  const [W = [], A, R, S] = COLUMNS.map(mixture);
  return { model: { name, W, ...(A && { A }), ...(R && { R }), ...(S && { S }), remote: 0 } };
}

const cellsOf = (line: string): string[] =>
  line.trim() === '' ? [] : line.split(',').map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'));

function problemOfHead(columns: readonly string[]): string | undefined {
  const unknown = columns.find((column) => !COLUMNS.some((known) => known === column));
  if (unknown !== undefined) return `"${unknown}" is no column: the first line names some of ${COLUMNS.join(', ')}`;
  if (new Set(columns).size < columns.length) return 'a column is named twice';
  return columns.includes('W') ? undefined : 'there is no column W: the latencies of writes on their way to a replica';
}
