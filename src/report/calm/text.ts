/**
 * Outputs for the terminal: a label each; of those that need coordination the points of order, and two schedules that
 * disagree, side by side.
 *
 * ```text
 * ✗ shown  D  needs coordination: the order of messages matters
 *     chat.ded:25:1  race: `line` is there for a moment, and meets what `member` has by then
 *       shown(C, T)@async :- line(S, T), member(S, C);
 *       way     line → shown
 *       remedy  keep `line` (`@next`), so that each row meets all others, whichever comes first; else coordinate here
 * ```
 */
import { visible } from '../../core/text.js';
import { PLAIN_TEXT, type TextPalette } from '../formats/text.js';
import type { TimelineLine } from '../formats/timeline.js';
import { faultInWords } from '../words.js';
import { type CalmResult, contradictionsIn, type OutputResult, type ScheduleResult } from './model.js';
import {
  differenceInWords,
  outputsInWords,
  reasonOf,
  remedyOf,
  triedInWords,
  VERDICT_MARKS,
  VERDICT_SENTENCES,
} from './words.js';

/** Most points of an output that are told, and lines of a timeline. */
const MOST = { points: 6, lines: 14 };

/** Columns of each of two timelines. */
const COLUMN = 54;

/** The whole block; each line ended. */
export function calmToText(result: CalmResult, palette = PLAIN_TEXT): string {
  const { spec, nodes, outputs } = result;
  const head = `${palette.bold(visible(spec.roots.join(' ')))}  ${palette.dim(visible(`(nodes ${nodes.join(' ')})`))}`;
  const blocks = outputs.flatMap((output) => outputLines(output, result, palette));
  const wrong = contradictionsIn(result).map(({ relation }) =>
    palette.red(
      visible(
        `ldfi contradicts itself, please report it: ${relation} is called free of coordination, and two schedules disagree about it`,
      ),
    ),
  );
  const end = [palette.dim(triedInWords(result)), `${outputsInWords(result)}.`];
  return `${[head, ...blocks, ...wrong, ...end].join('\n')}\n`;
}

function outputLines(output: OutputResult, result: CalmResult, palette: TextPalette): string[] {
  const { relation, verdict, points, witness } = output;
  const colour = verdict === 'D' ? palette.red : palette.green;
  const head = `${colour(VERDICT_MARKS[verdict])} ${palette.bold(visible(relation))}  ${colour(verdict)}  ${VERDICT_SENTENCES[verdict]}`;
  const told = points.slice(0, MOST.points).flatMap(({ point, way }) => pointLines(result, point, way, palette));
  const more = points.length - MOST.points;
  const rest = more > 0 ? [`    … and ${more} more; the JSON has all`] : [];
  const shown = witness
    ? witnessLines(output, witness, palette)
    : verdict === 'D' && result.tried
      ? [palette.dim('    no two of the schedules tried disagree: it may be free of coordination after all')]
      : [];
  return [`  ${head}`, ...told, ...rest, ...shown];
}

function pointLines({ points }: CalmResult, number: number, way: readonly string[], palette: TextPalette): string[] {
  const point = points[number];
  if (!point) return [];
  const { file, line, column } = point.place;
  return [
    `    ${palette.blue(visible(`${file}:${line}:${column}`))}  ${point.kind}: ${visible(reasonOf(point))}`,
    `      ${palette.dim(visible(point.rule))}`,
    ...(way.length > 1 ? [`      way     ${visible(way.join(' → '))}`] : []),
    `      remedy  ${visible(remedyOf(point))}`,
  ];
}

function witnessLines(
  output: OutputResult,
  [usual, late]: readonly [ScheduleResult, ScheduleResult],
  palette: TextPalette,
): string[] {
  const head = `    ${palette.yellow('two schedules')}  ${visible(late.delays.map(faultInWords).join('; '))}`;
  const columns = [columnOf('all in time', output, usual), columnOf('with the delay', output, late)] as const;
  const height = Math.max(...columns.map(({ length }) => length));
  const rows = Array.from({ length: height }, (_, i) =>
    `      ${padded(columns[0][i] ?? '')} │ ${cut(columns[1][i] ?? '')}`.trimEnd(),
  );
  return [head, ...rows];
}

function columnOf(title: string, output: OutputResult, schedule: ScheduleResult): string[] {
  const lines = schedule.timeline.slice(0, MOST.lines).map(lineInWords);
  const more = schedule.timeline.length - MOST.lines;
  const has = `only here: ${differenceInWords(output, schedule)}`;
  return [title, ...lines, ...(more > 0 ? [`… and ${more} more`] : []), has].map(visible).flatMap(wrapped);
}

const lineInWords = ({ tick, text }: TimelineLine): string => `tick ${tick}  ${text.replaceAll('  ', ' ')}`;

/** A line in lines of a column, those after the first one indented. */
function wrapped(line: string): string[] {
  const lines: string[] = [];
  for (const word of line.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= COLUMN) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(lines.length > 0 ? `    ${word}` : word);
  }
  return lines.map((one) => one.trimEnd());
}

const cut = (text: string): string => (text.length > COLUMN ? `${text.slice(0, COLUMN - 1)}…` : text);
const padded = (text: string): string => cut(text).padEnd(COLUMN);
