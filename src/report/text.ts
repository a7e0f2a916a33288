/**
 * A check's result as a person wants to read it in a terminal: what broke, by which faults, how to replay it; or what was proved.
 */
import { escapeText } from '../dedalus/frame.js';
import { type Palette, PLAIN_PALETTE } from '../dedalus/render.js';
import { formatScenario } from '../faults/scenario.js';
import type { CheckResult, CounterexampleResult } from './result.js';
import type { TimelineLine } from './timeline.js';
import { boundsInWords, faultInWords, plural, spaceInWords, VERDICT_WORDS, witnessInWords } from './words.js';

/** Most lines of each list; the rest is counted, and is in the JSON. */
const MOST = { witnesses: 5, timeline: 30, others: 12 };

/** The colours of diagnostics, and one for good news. */
export interface TextPalette extends Palette {
  readonly green: (text: string) => string;
}

const PLAIN: TextPalette = { ...PLAIN_PALETTE, green: (text) => text };

export interface TextOptions {
  readonly palette?: TextPalette;
  /** Timeline of the first counterexample's run. */
  readonly timeline?: readonly TimelineLine[];
  /** Command that replays the first counterexample. */
  readonly replay?: string;
}

/** The whole block for one check, each line ended. */
export function checkToText(result: CheckResult, options: TextOptions = {}): string {
  const palette = options.palette ?? PLAIN;
  const lines = [headline(result, palette), ...body(result, options, palette), ...footnotes(result, palette)];
  return `${lines.join('\n')}\n`;
}

function headline({ name, verdict, bounds }: CheckResult, palette: TextPalette): string {
  const good = verdict === 'holds';
  const colour = good ? palette.green : verdict === 'violated' ? palette.red : palette.yellow;
  const word = palette.bold(colour(`${good ? '✓' : verdict === 'violated' ? '✗' : '!'} ${VERDICT_WORDS[verdict]}`));
  return `${word}  ${palette.bold(escapeText(name))}  ${palette.dim(escapeText(`(${boundsInWords(bounds)})`))}`;
}

function body(result: CheckResult, options: TextOptions, palette: TextPalette): string[] {
  const [first, ...others] = result.counterexamples;
  if (result.verdict === 'violated' && first) return violation(result, first, others, options, palette);
  return explain(result).map((line) => `  ${escapeText(line)}`);
}

function violation(
  result: CheckResult,
  first: CounterexampleResult,
  others: readonly CounterexampleResult[],
  options: TextOptions,
  palette: TextPalette,
): string[] {
  const { eot } = result.bounds;
  const lines = ['', `  ${palette.bold('The promise that broke')}`];
  lines.push(
    ...capped(
      first.witnesses.map((row) => `    ${escapeText(witnessInWords(row, eot))}`),
      MOST.witnesses,
    ),
  );
  lines.push(
    '',
    `  ${palette.bold(first.faults.length === 1 ? 'The fault that breaks it' : 'The faults that break it')}`,
  );
  for (const [i, { without, outcome }] of first.minimality.entries()) {
    const passes = outcome === 'holds' ? 'the promise holds' : 'nothing is promised';
    lines.push(
      `    ${i + 1}. ${palette.red(escapeText(faultInWords(without)))} ${palette.dim(`(without it ${passes})`)}`,
    );
  }
  if (options.timeline && options.timeline.length > 0)
    lines.push('', ...timelineToText(options.timeline, palette, MOST.timeline));
  lines.push(...otherLines(others, palette));
  if (options.replay) lines.push('', `  ${palette.bold('Replay')}  ${escapeText(options.replay)}`);
  return lines;
}

/** A timeline as lines, at most `most` of them. */
export function timelineToText(timeline: readonly TimelineLine[], palette: TextPalette, most: number): string[] {
  const sign = { crash: '☠', lost: '✗', delivered: '·' };
  let tick = 0;
  const lines = timeline.map((line) => {
    const label = line.tick === tick ? '' : `tick ${line.tick}`;
    tick = line.tick;
    const text = `${sign[line.mark]} ${escapeText(line.text)}`;
    const coloured = line.mark === 'crash' || line.mark === 'lost' ? palette.red(text) : palette.dim(text);
    return `    ${label.padEnd(8)} ${coloured}`;
  });
  return [`  ${palette.bold('What happens')}`, ...capped(lines, most)];
}

function otherLines(others: readonly CounterexampleResult[], palette: TextPalette): string[] {
  if (others.length === 0) return [];
  const title = plural(others.length, 'more minimal counterexample');
  const classes = new Map<number, CounterexampleResult[]>();
  for (const other of others) classes.set(other.class, [...(classes.get(other.class) ?? []), other]);
  const lines = [...classes.values()].map((members) => {
    const alike = members.length > 1 ? palette.dim(`  (and ${members.length - 1} that behave alike)`) : '';
    return `    ${escapeText(formatScenario((members[0] as CounterexampleResult).faults))}${alike}`;
  });
  return ['', `  ${palette.bold(title)}`, ...capped(lines, MOST.others)];
}

/** What the other verdicts mean and what to do about them. */
function explain(result: CheckResult): string[] {
  const { verdict, executions, bounds, lineage } = result;
  if (verdict === 'holds') {
    const runs = plural(executions, 'execution');
    const how = lineage
      ? `the lineage of ${runs} covers every one of them: the solver finds no fault set that it does not explain`
      : `all of them were run or ruled out (${runs})`;
    return [`No set of faults within these bounds breaks the promise (${spaceInWords(bounds)} in all);`, `${how}.`];
  }
  if (verdict === 'vacuous')
    return [
      '`pre` is empty at the end of the failure-free run: the spec promises nothing, so nothing can break.',
      'Check the facts, the nodes and whether eot leaves the protocol time to finish.',
    ];
  if (verdict === 'no-post')
    return ['There is no relation `post`, so there is nothing to check. Define `pre(…)` and `post(…)`.'];
  if (verdict === 'violated-failure-free')
    return [
      'The promise is already broken without any fault, so a search for faults would mean nothing:',
      ...(result.counterexamples[0]?.witnesses ?? [])
        .slice(0, MOST.witnesses)
        .map((row) => `  ${witnessInWords(row, bounds.eot)}`),
      'Either the protocol is wrong, or eot is too small for it to finish, or `post` asks too much.',
    ];
  return [
    `Stopped ${stopInWords(result)} after ${plural(executions, 'execution')}. No counterexample so far; nothing is proved.`,
  ];
}

function stopInWords({ stopped, detail }: CheckResult): string {
  if (stopped === 'executions') return 'at the limit of executions';
  if (stopped === 'max-faults') return 'at the limit of faults per scenario';
  if (stopped === 'limit') return `at a limit (${detail ?? 'unknown'})`;
  if (stopped === 'first') return 'at the first counterexample, as asked,';
  return 'by an interrupt or a timeout';
}

function footnotes(result: CheckResult, palette: TextPalette): string[] {
  const notes: string[] = [];
  const { lineage, counterexamples, executions, otherReading } = result;
  if (result.verdict === 'violated') {
    const complete = result.complete
      ? 'these are all the minimal counterexamples within the bounds'
      : `stopped ${stopInWords(result)}: there may be more`;
    notes.push(`${counterexamples.length} found in ${plural(executions, 'execution')}; ${complete}.`);
  }
  if (lineage)
    notes.push(
      `${lineage.mode} lineage over ${lineage.instances} ground rule instances; ${plural(result.solver.calls, 'solver call')}.`,
    );
  if (otherReading)
    notes.push(`Under --invariant ${otherReading.invariant} the verdict is different: ${otherReading.verdict}.`);
  if (notes.length === 0) return [];
  return ['', ...notes.map((note) => palette.dim(`  ${escapeText(note)}`))];
}

function capped(lines: readonly string[], most: number): string[] {
  if (lines.length <= most) return [...lines];
  return [...lines.slice(0, most), `    … and ${lines.length - most} more`];
}
