/**
 * How stale reads are, for the terminal: a bar for each of some times after the write, and what the figures are.
 *
 * ```text
 *       0 ms  █████████████▏                  0.4358 (0.4327–0.4388)
 *      10 ms  ██████████████████████████▍     0.8792 (0.8772–0.8812)
 * ```
 */
import { visible } from '../../core/text.js';
import { PLAIN_TEXT } from '../formats/text.js';
import type { StalenessResult } from './schema.js';
import {
  CLOSED,
  closedRows,
  INTERVALS,
  msInWords,
  quorumInWords,
  shareInWords,
  strictness,
  summary,
  timeColumns,
  timeRows,
} from './words.js';

/** Columns of a full bar, and what a cell of it may hold: eighths. */
const WIDE = 32;
const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'] as const;

/** Each line ended. */
export function stalenessToText(result: StalenessResult, palette = PLAIN_TEXT): string {
  const { curve } = result;
  const shown = curve.filter(({ ms }, i) => i === 0 || i === curve.length - 1 || isRound(ms));
  const wide = Math.max(...shown.map(({ ms }) => msInWords(ms).length));
  const closed = closedRows(result);
  const widest = Math.max(...closed.map(([what]) => what.length));
  return [
    palette.bold(visible(quorumInWords(result))),
    strictness(result),
    summary(result),
    '',
    'Probability of a consistent read, by the time after the write was done:',
    ...shown.map(
      (point) =>
        `  ${msInWords(point.ms).padStart(wide)}  ${palette.blue(bar(point.probability).padEnd(WIDE))}  ${shareInWords(point)}`,
    ),
    '',
    'Times, for so many of them:',
    ...tableLines([['', ...timeColumns(result)], ...timeRows(result).map(([what, cells]) => [what, ...cells])]),
    palette.dim(INTERVALS),
    '',
    CLOSED,
    ...closed.map(([what, figure]) => `  ${what.padEnd(widest)}  ${figure}`),
    '',
  ].join('\n');
}

/** Whether a time begins with 1, 2 or 5 and has no other digit. */
const isRound = (ms: number): boolean => /^[125](?:\.?0*)e/.test(ms.toExponential());

function bar(share: number): string {
  const eighths = Math.round(share * WIDE * 8);
  return '█'.repeat(eighths >> 3) + (EIGHTHS[eighths & 7] ?? '');
}

function tableLines(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)));
  return rows.map((row) => `  ${row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join('  ')}`.trimEnd());
}
