/**
 * A check's result as a person wants to read it in a terminal: what broke, by which faults, how to replay it; or what
 * was proved.
 */

import { visible } from '../../core/text.js';
import type { Row } from '../../core/value.js';
import { type Palette, PLAIN_PALETTE } from '../../dedalus/render.js';
import type { Answer } from '../answer.js';
import { coverageInWords } from '../coverage.js';
import { exactInWords, explain, MOST_ROWS, stopInWords, vacuousInWords } from '../explain.js';
import { gatesOf, type Keeps, keeps } from '../meaning.js';
import { otherCounterexamples } from '../others.js';
import type { CheckResult, CounterexampleResult } from '../result.js';
import { warningLines } from '../warnings.js';
import {
  boundsInWords,
  durableInWords,
  faultInWords,
  horizonInWords,
  plural,
  probabilityInWords,
  VERDICT_WORDS,
  witnessInWords,
} from '../words.js';
import { type TimelineLine, timelineOf } from './timeline.js';

/** Most lines of each other list; the rest is counted, and is in the JSON. */
const MOST = { faults: 20, timeline: 30, others: 12 };

/** The colours of diagnostics, and one for good news. */
export interface TextPalette extends Palette {
  readonly green: (text: string) => string;
}

/** Without colours. */
export const PLAIN_TEXT: TextPalette = { ...PLAIN_PALETTE, green: (text) => text };

export interface TextOptions {
  readonly palette?: TextPalette;
  /** Timeline of the first counterexample's run. */
  readonly timeline?: readonly TimelineLine[];
  /** `pre` rows of the failure-free run at the end of time: what was promised, and kept. */
  readonly promised?: readonly Row[];
  /** Whether an error that ended the search has been told on stderr, and need not be told again. */
  readonly isErrorTold?: boolean;
  /** Command that replays the first counterexample. */
  readonly replay?: string;
  /** Command that looks for an edit which mends the spec. */
  readonly fix?: string;
}

/** The whole block for one check, from all that is known of it; each line ended. */
export function answerToText({ check, shown, promised }: Answer, options: TextOptions = {}): string {
  const [first] = shown;
  return checkToText(check, { ...options, promised, ...(first && { timeline: timelineOf(first.run) }) });
}

/** The same from the result alone. */
export function checkToText(result: CheckResult, options: TextOptions = {}): string {
  const palette = options.palette ?? PLAIN_TEXT;
  const lines = [headline(result, palette), ...body(result, options, palette), ...footnotes(result, palette)];
  return `${lines.join('\n')}\n`;
}

/** The mark of a verdict, and its colour. */
const MARKS: Readonly<Record<Keeps, readonly [mark: string, colour: keyof TextPalette]>> = {
  yes: ['✓', 'green'],
  no: ['✗', 'red'],
  neither: ['!', 'yellow'],
};

function headline(result: CheckResult, palette: TextPalette): string {
  const { name, verdict, bounds } = result;
  // What --strict does not let pass is no good news.
  const isGreen = keeps(verdict) !== 'yes' || gatesOf(result).length === 0;
  const [mark, colour] = MARKS[isGreen ? keeps(verdict) : 'neither'];
  const word = palette.bold(palette[colour](`${mark} ${VERDICT_WORDS[verdict]}`));
  return `${word}  ${palette.bold(visible(name))}  ${palette.dim(visible(`(${boundsInWords(bounds)})`))}`;
}

function body(result: CheckResult, options: TextOptions, palette: TextPalette): string[] {
  const [first] = result.counterexamples;
  if (result.verdict === 'violated' && first) return violation(result, first, options, palette);
  if (options.isErrorTold && result.stopped === 'error')
    return [`  Given up after ${plural(result.executions, 'execution')}, because of the error told on stderr.`];
  const lines = explain(result, options.promised).map((line) => `  ${visible(line)}`);
  return first ? [...storyLines(first, palette), ...lines, ...happenings(options, palette)] : lines;
}

/** What came about against what should have, if that is known. */
const storyLines = ({ story }: CounterexampleResult, palette: TextPalette): string[] =>
  story === undefined ? [] : ['', `  ${palette.bold(visible(`${story}.`))}`];

function violation(
  result: CheckResult,
  first: CounterexampleResult,
  options: TextOptions,
  palette: TextPalette,
): string[] {
  const { eot } = result.bounds;
  const { kind } = result.spec;
  const lines = [...storyLines(first, palette), '', `  ${palette.bold('The promise that broke')}`];
  lines.push(
    ...capped(
      first.witnesses.map((row) => `    ${visible(witnessInWords(row, eot, kind))}`),
      MOST_ROWS,
    ),
  );
  lines.push(
    '',
    `  ${palette.bold(first.faults.length === 1 ? 'The fault that breaks it' : 'The faults that break it')}`,
  );
  const { horizon, probability } = first;
  const needed = first.minimality.map(({ without, outcome }, i) => {
    const passes = outcome === 'holds' ? 'the promise holds' : 'nothing is promised';
    return `    ${i + 1}. ${palette.red(visible(faultInWords(without)))} ${palette.dim(`(without it ${passes})`)}`;
  });
  lines.push(...capped(needed, MOST.faults));
  if (horizon !== undefined) lines.push(`    ${palette.yellow(horizonInWords(horizon))}`);
  if (probability !== undefined)
    lines.push(palette.dim(`    These faults happen with a probability of ${probabilityInWords(probability)}.`));
  lines.push(...happenings(options, palette));
  lines.push(...otherLines(result, palette));
  if (options.replay) lines.push('', `  ${palette.bold('Replay')}  ${visible(options.replay)}`);
  if (options.fix) lines.push(`  ${palette.bold('Mend')}    ${visible(options.fix)}`);
  return lines;
}

/** What happens in the first counterexample's run, if that is known. */
function happenings({ timeline = [] }: TextOptions, palette: TextPalette): string[] {
  return timeline.length > 0 ? ['', ...timelineToText(timeline, palette, MOST.timeline)] : [];
}

/** A timeline as lines, at most `most` of them. */
export function timelineToText(timeline: readonly TimelineLine[], palette: TextPalette, most: number): string[] {
  let tick = 0;
  const lines = timeline.map((line) => {
    const label = line.tick === tick ? '' : `tick ${line.tick}`;
    tick = line.tick;
    const text = `${line.symbol ?? (line.mark === 'lost' ? '✗' : '·')} ${visible(line.text)}`;
    const colour = { node: palette.red, lost: palette.red, delivered: palette.dim, client: String }[line.mark];
    return `    ${label.padEnd(8)} ${colour(text)}`;
  });
  return [`  ${palette.bold('What happens')}`, ...capped(lines, most)];
}

/** The other counterexamples, one line for those that behave alike or differ in little. */
function otherLines(result: CheckResult, palette: TextPalette): string[] {
  const count = result.counterexamples.length - 1;
  if (count === 0) return [];
  const lines = otherCounterexamples(result).map(
    ({ scenario, notes }) =>
      `    ${visible(scenario)}${notes.length > 0 ? palette.dim(visible(`  (${notes.join('; ')})`)) : ''}`,
  );
  const title = plural(count, 'more minimal counterexample');
  return ['', `  ${palette.bold(title)}`, ...capped(lines, MOST.others)];
}

function footnotes(result: CheckResult, palette: TextPalette): string[] {
  const notes: string[] = [];
  if (result.durable) notes.push(durableInWords(result.durable));
  const { counterexamples, executions, minimalityRuns, otherReading, expect, verdict, notice, reached } = result;
  if (verdict === 'violated') {
    const complete = result.complete
      ? 'these are all the minimal counterexamples within the bounds'
      : `stopped ${stopInWords(result)}: there may be more${reached?.exact ? `, but as far as this goes there are not: ${exactInWords(reached.exact, true)}` : ''}`;
    const needed = minimalityRuns > 0 ? `, and ${plural(minimalityRuns, 'run')} that show which faults are needed` : '';
    notes.push(
      `${counterexamples.length} found in ${plural(executions, 'execution')}${needed}; ${complete}.`,
      ...vacuousInWords(result),
    );
  }
  if (result.lineage && result.lineage.mode !== 'none')
    notes.push(`${lineageInWords(result.lineage)}; ${plural(result.solver.calls, 'solver call')}.`);
  if (otherReading)
    notes.push(`Under --invariant ${otherReading.invariant} the verdict is different: ${otherReading.verdict}.`);
  const asker = result.spec.kind === 'protocol' ? 'The check' : 'The spec';
  if (expect) notes.push(expect === verdict ? `${asker} expects this verdict.` : `${asker} expects: ${expect}.`);
  if (notice !== undefined) notes.push(`Note: ${notice}`);
  if (result.coverage) notes.push(coverageInWords(result.coverage, executions));
  const gates = [...new Set(gatesOf(result).map(({ code }) => code))];
  if (gates.length > 0) notes.unshift(`Under --strict this is no green, because of: ${gates.join(', ')}.`);
  const warnings = (result.warnings ?? []).flatMap((one) =>
    warningLines(one).map((line, i) => (i === 0 ? palette.yellow : palette.dim)(`  ${visible(line)}`)),
  );
  if (notes.length + warnings.length === 0) return [];
  return ['', ...warnings, ...notes.map((note) => palette.dim(`  ${visible(note)}`))];
}

function lineageInWords({ mode, instances, atoms }: NonNullable<CheckResult['lineage']>): string {
  if (mode === 'learned') return `Learned ${plural(instances, 'transition')} between ${plural(atoms, 'node state')}`;
  if (instances === 0) return 'Lineage of whole runs';
  return `${mode === 'total' ? 'Total' : 'Run'} lineage over ${instances} ground rule instances`;
}

/** `4 checks: 2 violated, 2 holds`. */
export function resultsInWords(results: readonly CheckResult[]): string {
  const counts = new Map<string, number>();
  for (const { verdict } of results) counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
  return `${plural(results.length, 'check')}: ${[...counts].map(([verdict, n]) => `${n} ${verdict}`).join(', ')}`;
}

function capped(lines: readonly string[], most: number): string[] {
  if (lines.length <= most) return [...lines];
  return [...lines.slice(0, most), `    … and ${lines.length - most} more`];
}
