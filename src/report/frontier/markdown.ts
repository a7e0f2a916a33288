/**
 * Frontiers in Markdown: for a job's page or a document. Of each frontier the slices that its checks ask for.
 */
import { formatScenario } from '../../faults/scenario.js';
import { fenced, markdownCell, markdownText } from '../reporters/escape.js';
import type { FrontierResult, Frontiers, SliceResult } from './schema.js';
import {
  askedAt,
  CELL_MARKS,
  cellCommand,
  cellInWords,
  cornersOf,
  frontierTitle,
  isOwn,
  rowsOf,
  sliceInWords,
} from './words.js';

export const frontiersToMarkdown = ({ frontiers, invariant }: Frontiers): string =>
  `${['## ldfi: how much is tolerated', ...frontiers.flatMap((one) => section(one, invariant))].join('\n')}\n`;

function section(frontier: FrontierResult, invariant: Frontiers['invariant']): string[] {
  const own = frontier.slices.filter((slice) => isOwn(frontier, slice));
  const slices = own.length > 0 ? own : frontier.slices;
  return [
    '',
    `### ${markdownText(frontierTitle(frontier))}`,
    ...slices.flatMap((slice) => ['', ...sliceLines(frontier, slice, invariant)]),
  ];
}

function sliceLines(frontier: FrontierResult, slice: SliceResult, invariant: Frontiers['invariant']): string[] {
  const [along] = slice.axes;
  const values = along?.values ?? [];
  const corners = cornersOf(slice);
  return [
    `With eot ${slice.eot}: ${markdownText(sliceInWords(slice))}.`,
    '',
    `| ${markdownText(along?.name ?? '')} | ${values.join(' | ')} |`,
    `| --- |${values.map(() => ' :---: |').join('')}`,
    ...rowsOf(frontier, slice).map(({ label, cells }) => {
      const marks = cells.map((cell) => {
        const [mark] = CELL_MARKS[cell.verdict];
        return askedAt(frontier, slice, cell).length > 0 ? `**${mark}**` : mark;
      });
      return `| ${[markdownText(label), ...marks].join(' | ')} |`;
    }),
    ...(corners.length > 0 ? ['', 'The least that breaks it:', ''] : []),
    ...corners.map((cell) => {
      const faults = slice.counterexamples[cell.counterexample ?? -1]?.faults ?? [];
      return `- ${markdownText(cellInWords(slice, cell))}: ${markdownCell(formatScenario(faults))}`;
    }),
    ...(corners[0] ? ['', ...fenced('sh', cellCommand(frontier, invariant, slice, corners[0]))] : []),
  ];
}
