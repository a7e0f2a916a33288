/**
 * What a failed expectation says: the broken promise in a sentence, what happens, and where the report is.
 */
import { visible } from '../core/text.js';
import { PLAIN_PALETTE } from '../dedalus/render.js';
import { formatScenario } from '../faults/scenario.js';
import type { ProtocolRun } from '../lineage/learned/run.js';
import { brokenPart, sentenceOf, whenInWords } from '../report/sentence.js';
import { timelineToText } from '../report/text.js';
import { timeline } from '../report/timeline.js';
import { boundsInWords, plural, spaceInWords } from '../report/words.js';
import type { Reported, Saved } from './save.js';

const PALETTE = { ...PLAIN_PALETTE, green: (text: string): string => text };

/** Most lines of a list. */
const MOST = { timeline: 30, others: 5 };

const lines = (...parts: (string | readonly string[] | undefined)[]): string =>
  parts
    .filter((part) => part !== undefined)
    .flat()
    .join('\n');

/** It breaks. */
export function brokenInWords(asked: Reported, run: ProtocolRun, report: Saved | undefined): string {
  const { protocol, bounds, verdict, scenario } = asked;
  const others = verdict.counterexamples.slice(1);
  const more = others.length - MOST.others;
  return lines(
    `${name(asked)} breaks its promise: ${visible(sentenceOf(run.scenario, run.outcome.witnesses, bounds.eot, 'protocol'))}.`,
    story(run),
    others.length === 0
      ? undefined
      : [
          `  ${plural(others.length, 'more minimal counterexample')}`,
          ...others.slice(0, MOST.others).map(({ faults }) => `    ${visible(formatScenario(faults))}`),
          ...(more > 0 ? [`    … and ${more} more`] : []),
          '',
        ],
    scenario ? undefined : `  Within  ${visible(boundsInWords({ ...bounds, nodes: protocol.nodes }))}`,
    reported(report, true),
  );
}

/** It is not broken, which the test expected it to be. */
export function keptInWords(asked: Reported): string {
  const { bounds, scenario } = asked;
  if (scenario) return `${name(asked)} keeps its promise ${visible(whenInWords(scenario))}.`;
  return `${name(asked)} keeps its promise in all of ${spaceInWords(bounds)} (${visible(boundsInWords(bounds))}).`;
}

/** Neither: why this is no green, and no red that was meant. */
export function nothingInWords(asked: Reported, run: ProtocolRun | undefined, report: Saved | undefined): string {
  const { verdict, bounds } = asked;
  const { witnesses } = run?.outcome ?? { witnesses: [] };
  if (verdict.kind === 'vacuous')
    return lines(
      `${name(asked)} promises nothing: without any fault the check answers "vacuous", and no faults within the bounds break a promise, so this proves nothing.`,
      `Look at what the check waits for, and whether eot ${bounds.eot} leaves the protocol time to get there.`,
    );
  if (verdict.kind === 'violated-failure-free')
    return lines(
      `${name(asked)} breaks its promise without any fault, so faults show nothing: ${visible(brokenPart(witnesses, bounds.eot, 'protocol'))}.`,
      `Either the protocol is wrong, or eot ${bounds.eot} is too small for it to finish, or the check asks too much.`,
      ...(run ? story(run) : []),
      reported(report, false),
    );
  const why = verdict.detail ?? `it stopped early (${verdict.stopped ?? 'unknown'})`;
  return lines(
    `It is not known whether ${name(asked)} keeps its promise: ${visible(why)}, after ${plural(verdict.statistics.executions, 'execution')} without a counterexample.`,
    'That proves nothing. Allow it more executions or time, or look within smaller bounds.',
    reported(report, false),
  );
}

const name = ({ protocol }: Reported): string => visible(protocol.name);

function story(run: ProtocolRun): string[] {
  const told = timeline(run);
  return told.length > 0 ? ['', ...timelineToText(told, PALETTE, MOST.timeline), ''] : [''];
}

function reported(report: Saved | undefined, replays: boolean): string[] {
  if (report === undefined) return [];
  const { json, page } = report;
  const command = `  Replay  npx ldfi replay ${json} --spec <the protocol's module>`;
  return [`  Report  ${json}`, ...(page === undefined ? [] : [`  Page    ${page}`]), ...(replays ? [command] : [])];
}
