/**
 * The labels of a topology for the terminal: streams with their labels, why, and where to coordinate.
 */
import { isDeterministic, labelInWords } from '../../blazes/labels.js';
import { visible } from '../../core/text.js';
import { PLAIN_TEXT, type TextPalette } from '../formats/text.js';
import type { BlazesResult } from './schema.js';
import { blazesTitle, coordinationInWords, meaningOf, verdictInWords, whyLines } from './words.js';

/** Each line ended. */
export function blazesToText(result: BlazesResult, palette = PLAIN_TEXT): string {
  const { streams, outlets, plan, deterministic } = result;
  const [mark, colour] = deterministic ? (['✓', palette.green] as const) : (['✗', palette.red] as const);
  return [
    palette.bold(visible(blazesTitle(result))),
    `${colour(mark)} ${verdictInWords(result)}`,
    '',
    ...streamLines(streams, palette),
    '',
    'Why',
    ...outlets.flatMap((outlet) => [
      `  ${visible(`${outlet.component}.${outlet.interface}`)}: ${labelInWords(outlet.label)}`,
      ...whyLines(outlet).map((line) => `    ${palette.dim(visible(line))}`),
    ]),
    '',
    'Coordination',
    ...(plan.length === 0
      ? ['  none is needed']
      : plan.map((one) => `  ${one.strategy.padEnd(8)}  ${visible(coordinationInWords(one))}`)),
    '',
  ].join('\n');
}

function streamLines(streams: BlazesResult['streams'], palette: TextPalette): string[] {
  const [names, labels] = [streams.map(({ name }) => name), streams.map(({ label }) => labelInWords(label))];
  const [wide, broad] = [names, labels].map((words) => Math.max(...words.map(({ length }) => length)));
  return streams.map(({ name, label }, i) => {
    const colour = isDeterministic(label) ? palette.green : palette.red;
    const padded = colour((labels[i] ?? '').padEnd(broad ?? 0));
    return `  ${visible(name.padEnd(wide ?? 0))}  ${padded}  ${palette.dim(meaningOf(label))}`;
  });
}
