/**
 * What a failed expectation says: the broken promise in a sentence, what happens, and where the report is.
 */
import { visible } from '../core/text.js';
import { PLAIN_PALETTE } from '../dedalus/render.js';
import type { Scenario } from '../faults/fault.js';
import { formatScenario } from '../faults/scenario.js';
import type { Answer } from '../report/answer.js';
import { timelineToText } from '../report/formats/text.js';
import { timelineOf } from '../report/formats/timeline.js';
import { brokenPart, sentenceOf, whenInWords } from '../report/sentence.js';
import { boundsInWords, plural, spaceInWords } from '../report/words.js';
import type { Saved } from './save.js';

const PALETTE = { ...PLAIN_PALETTE, green: (text: string): string => text };

/** Most lines of a list. */
const MOST = { timeline: 30, others: 5 };

const lines = (...parts: (string | readonly string[] | undefined)[]): string =>
  parts
    .filter((part) => part !== undefined)
    .flat()
    .join('\n');

/** It breaks. @param scenario the one that was run, if it was no search */
export function brokenInWords(answer: Answer, scenario: Scenario | undefined, report: Saved | undefined): string {
  const { bounds, counterexamples } = answer.check;
  const [first, ...others] = counterexamples;
  const more = others.length - MOST.others;
  return lines(
    `${name(answer)} breaks its promise: ${visible(first?.story ?? sentenceOf(first?.faults ?? [], first?.witnesses ?? [], bounds.eot, 'protocol'))}.`,
    happens(answer),
    others.length === 0
      ? undefined
      : [
          `  ${plural(others.length, 'more minimal counterexample')}`,
          ...others.slice(0, MOST.others).map(({ faults }) => `    ${visible(formatScenario(faults))}`),
          ...(more > 0 ? [`    … and ${more} more`] : []),
          '',
        ],
    scenario ? undefined : `  Within  ${visible(boundsInWords(bounds))}`,
    reported(report, true),
  );
}

/** It is not broken, which the test expected it to be. */
export function keptInWords(answer: Answer, scenario: Scenario | undefined): string {
  const { bounds } = answer.check;
  if (scenario) return `${name(answer)} keeps its promise ${visible(whenInWords(scenario))}.`;
  return `${name(answer)} keeps its promise in all of ${spaceInWords(bounds)} (${visible(boundsInWords(bounds))}).`;
}

/** Neither: why this is no green, and no red that was meant. */
export function nothingInWords(answer: Answer, report: Saved | undefined): string {
  const { verdict, bounds, counterexamples, stopped, detail, executions } = answer.check;
  if (verdict === 'vacuous')
    return lines(
      `${name(answer)} promises nothing: without any fault the check answers "vacuous", and no faults within the bounds break a promise, so this proves nothing.`,
      `Look at what the check waits for, and whether eot ${bounds.eot} leaves the protocol time to get there.`,
    );
  if (verdict === 'violated-failure-free')
    return lines(
      `${name(answer)} breaks its promise without any fault, so faults show nothing: ${visible(brokenPart(counterexamples[0]?.witnesses ?? [], bounds.eot, 'protocol'))}.`,
      `Either the protocol is wrong, or eot ${bounds.eot} is too small for it to finish, or the check asks too much.`,
      happens(answer),
      reported(report, false),
    );
  const why = detail ?? `it stopped early (${stopped ?? 'unknown'})`;
  return lines(
    `It is not known whether ${name(answer)} keeps its promise: ${visible(why)}, after ${plural(executions, 'execution')} without a counterexample.`,
    'That proves nothing. Allow it more executions or time, or look within smaller bounds.',
    reported(report, false),
  );
}

const name = ({ check }: Answer): string => visible(check.spec.protocol ?? '');

function happens({ shown: [first] }: Answer): string[] {
  const told = first ? timelineOf(first.run) : [];
  return told.length > 0 ? ['', ...timelineToText(told, PALETTE, MOST.timeline), ''] : [''];
}

function reported(report: Saved | undefined, replays: boolean): string[] {
  if (report === undefined) return [];
  const { json, page } = report;
  const command = `  Replay  npx ldfi replay ${json} --spec <the protocol's module>`;
  return [`  Report  ${json}`, ...(page === undefined ? [] : [`  Page    ${page}`]), ...(replays ? [command] : [])];
}
