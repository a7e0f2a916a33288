/**
 * Frontiers for the terminal: per end of time a sentence; of those that checks ask for a grid, too, and what breaks
 * first.
 *
 * ```text
 * eot 8: tolerates up to eff 6 with no crashes; breaks with 1 crash
 *                   eff   0   1   2
 *   no crashes            ✓   ✓  [✓]
 *   at most 1 crash       ✗   ✗   ✗
 * ```
 */
import { visible } from '../../core/text.js';
import { formatScenario } from '../../faults/scenario.js';
import { PLAIN_TEXT, type TextPalette } from '../formats/text.js';
import type { CellResult, FrontierResult, Frontiers, SliceResult } from './schema.js';
import {
  ABRIDGED,
  askedAt,
  CELL_MARKS,
  cellCommand,
  cellInWords,
  cornersOf,
  frontierTitle,
  isAbridged,
  isBroken,
  isOwn,
  rowsOf,
  sliceInWords,
  unexpectedIn,
} from './words.js';

/** Most corners of a slice that are told. */
const MOST_CORNERS = 3;

/** The block of one frontier; each line ended. */
export function frontierToText(
  frontier: FrontierResult,
  invariant: Frontiers['invariant'],
  palette = PLAIN_TEXT,
): string {
  const isAny = frontier.slices.some((slice) => isOwn(frontier, slice));
  const lines = frontier.slices.flatMap((slice) => {
    const head = `eot ${slice.eot}: ${sliceInWords(slice)}`;
    const isWhole = isOwn(frontier, slice) || !isAny;
    if (!isWhole) return [`  ${visible(head)}`];
    return [`  ${palette.bold(visible(head))}`, ...sliceLines(frontier, slice, invariant, palette)];
  });
  if (isAbridged(frontier)) lines.push(`    ${palette.dim(ABRIDGED)}`);
  const unexpected = unexpectedIn(frontier).map((words) => `  ${palette.red(visible(words))}`);
  return `${[palette.bold(visible(frontierTitle(frontier))), ...unexpected, ...lines].join('\n')}\n`;
}

function sliceLines(
  frontier: FrontierResult,
  slice: SliceResult,
  invariant: Frontiers['invariant'],
  palette: TextPalette,
): string[] {
  const stopped = slice.stopped === undefined ? [] : [`  stopped: ${slice.detail ?? 'the time was over'}`];
  const corners = cornersOf(slice);
  const more = corners.length - MOST_CORNERS;
  return [
    ...stopped.map(visible),
    ...grid(frontier, slice, palette),
    ...corners.slice(0, MOST_CORNERS).flatMap((cell) => cornerLines(frontier, slice, cell, invariant, palette)),
    ...(more > 0 ? [`    … and ${more} more of the least that breaks`] : []),
  ];
}

function grid(frontier: FrontierResult, slice: SliceResult, palette: TextPalette): string[] {
  const rows = rowsOf(frontier, slice);
  const [along] = slice.axes;
  const name = along?.name ?? '';
  const wide = Math.max(name.length, ...rows.map(({ label }) => visible(label).length));
  const columns = (along?.values ?? []).map((value) => String(value).padStart(3)).join(' ');
  return [
    palette.dim(`    ${name.padStart(wide)}  ${columns}`),
    ...rows.map(({ label, cells }) => {
      const marks = cells.map((cell) => marked(cell, askedAt(frontier, slice, cell).length > 0, palette));
      return `    ${visible(label).padEnd(wide)}  ${marks.join('')}`.trimEnd();
    }),
  ];
}

/** Four columns wide; in brackets if a check asks for it. */
function marked(cell: CellResult, isAsked: boolean, palette: TextPalette): string {
  const [mark] = CELL_MARKS[cell.verdict];
  const colour = isBroken(cell) ? palette.red : cell.verdict === 'holds' ? palette.green : palette.yellow;
  return isAsked ? ` [${colour(mark)}]` : `  ${colour(mark)} `;
}

function cornerLines(
  frontier: FrontierResult,
  slice: SliceResult,
  cell: CellResult,
  invariant: Frontiers['invariant'],
  palette: TextPalette,
): string[] {
  const faults = slice.counterexamples[cell.counterexample ?? -1]?.faults ?? [];
  return [
    `    ${visible(`${cellInWords(slice, cell)}: broken by ${formatScenario(faults)}`)}`,
    palette.dim(`      ${cellCommand(frontier, invariant, slice, cell)}`),
  ];
}

/** What the marks mean. */
export const frontierLegend = (): string => {
  const marks = (['holds', 'violated', 'vacuous', 'inconclusive'] as const).map((it) => CELL_MARKS[it].join(' '));
  return `${marks.join(', ')}; [ ] what a check asks for`;
};
