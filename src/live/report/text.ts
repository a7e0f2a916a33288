/**
 * The result for the terminal: what broke, by which faults, good beside bad, and what it rests on.
 */
import { visible } from '../../core/text.js';
import type { LiveCounterexampleResult, LiveResult, RunView } from './result.js';
import { fateOf, treeOf } from './tree.js';
import { alikeIn, basisOf, faultInWords, faultsInWords, HEADINGS, reproducedInWords } from './words.js';

type Paint = (text: string) => string;

export interface LivePalette {
  readonly red: Paint;
  readonly yellow: Paint;
  readonly green: Paint;
  readonly bold: Paint;
  readonly dim: Paint;
}

/** Most groups of counterexamples that are told in full; the others in a line each. */
const TOLD = 3;

/** @param next the command to go on with, if there is one */
export function resultToText(result: LiveResult, palette: LivePalette, next?: string): string {
  const { bold, dim, yellow } = palette;
  const { verdict, config, counterexamples, reasons } = result;
  const [mark, paint] = markOf(verdict, palette);
  const lines = [`${bold(paint(`${mark} ${HEADINGS[verdict]}`))}  ${bold(visible(config))}`];
  for (const [i, group] of alikeIn(counterexamples).entries()) {
    const [first, ...others] = group as [LiveCounterexampleResult, ...LiveCounterexampleResult[]];
    if (i < TOLD) lines.push('', ...story(result, first, i, palette));
    else
      lines.push('', `  ${bold(`${i + 1}.`)} ${visible(faultsInWords(first))} ${dim(`(${reproducedInWords(first)})`)}`);
    for (const other of others)
      lines.push(`    ${dim('also')} ${visible(faultsInWords(other))} ${dim(`(${reproducedInWords(other)})`)}`);
  }
  if (verdict === 'broken' && result.baseline)
    lines.push(
      ...result.baseline.why.map((why) => `    ${visible(why)}`),
      '',
      ...table(null, result.baseline, result, palette),
    );
  if (reasons.length > 0) {
    lines.push('', `  ${bold(counterexamples.length > 0 ? 'What is doubtful' : 'Why nothing can be concluded')}`);
    lines.push(...reasons.map((reason) => `    ${yellow(visible(reason))}`));
  }
  lines.push('', `  ${bold('What it rests on')}`, ...basisOf(result).map((line) => `    ${visible(line)}`));
  for (const name of result.alike)
    lines.push(`    ${visible(name)}: calls that cannot be told apart, so one fault hits them all.`);
  if (next !== undefined) lines.push('', `  ${bold('Next')}  ${visible(next)}`);
  return `${lines.join('\n')}\n`;
}

function markOf(verdict: LiveResult['verdict'], { red, green, yellow }: LivePalette): [string, Paint] {
  if (verdict === 'counterexamples') return ['✗', red];
  return verdict === 'exact' || verdict === 'monotone' ? ['✓', green] : ['!', yellow];
}

function story(result: LiveResult, one: LiveCounterexampleResult, index: number, palette: LivePalette): string[] {
  const { bold, dim, red } = palette;
  return [
    `  ${bold(`Counterexample ${index + 1}`)} ${dim(`(${reproducedInWords(one)})`)}`,
    ...one.faults.map((fault, i) => `    ${i + 1}. ${red(visible(faultInWords(fault, one.run)))}`),
    ...one.run.why.map((why) => `    ${visible(why)}`),
    '',
    ...table(result.baseline, one.run, result, palette),
  ];
}

/** The calls of two experiments side by side. */
function table(good: RunView | null, bad: RunView, result: LiveResult, { dim, red, bold }: LivePalette): string[] {
  const first = `${result.entry.method} ${result.entry.url}`;
  const rows = [
    ['', good ? 'without faults' : '', good ? 'with them' : ''],
    [first, good ? answerInWords(good) : '', answerInWords(bad)],
    ...treeOf(good, bad).map((line) => [line.label, good ? fateOf(line.good) : '', fateOf(line.bad)]),
  ].map((row) => row.map(visible));
  const faults = new Set(bad.calls.filter(({ fault }) => fault !== null).map((call) => visible(fateOf(call))));
  const width = (column: number): number => Math.max(...rows.map((row) => [...(row[column] ?? '')].length));
  const [one, two] = [width(0), width(1)];
  const pad = (text: string, to: number): string => text + ' '.repeat(to - [...text].length);
  return rows.map(([name = '', left = '', right = ''], i) => {
    const paint: Paint = i === 0 ? dim : i === 1 ? bold : faults.has(right) ? red : (text) => text;
    return `    ${pad(name, one)}  ${dim(pad(left, two))}  ${paint(right)}`.trimEnd();
  });
}

const answerInWords = ({ answer }: RunView): string =>
  `${answer.status > 0 ? answer.status : (answer.error ?? 'no answer')}, ${Math.round(answer.ms)} ms`;
