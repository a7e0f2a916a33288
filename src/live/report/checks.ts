/**
 * The result of `ldfi live run` for reporters: one check, named by its request.
 */
import type { Place } from '../../report/answer.js';
import { PLAIN_TEXT } from '../../report/formats/text.js';
import type { CheckDetails, ReporterInput } from '../../report/reporters/model.js';
import { breakingInWords } from '../../report/reporters/sentence.js';
import { emptyCheck, inputOf, MOST_TOLD, standingOf } from '../checks.js';
import { type LiveCounterexampleResult, type LiveResult, type RunView, resultToJson } from './result.js';
import { resultToText } from './text.js';
import { fateOf, shortName, treeOf } from './tree.js';
import { alikeIn, basisOf, faultInWords, HEADINGS, liveExit } from './words.js';

/** Where a promise stands, from what is said of it when it is broken; without that, where what is promised begins. */
export type PromisePlace = (why: string | undefined) => Place | undefined;

/** `POST /orders`: the same wherever the services are. */
export const requestName = ({ method, url }: LiveResult['entry']): string =>
  `${method} ${URL.canParse(url) ? new URL(url).pathname : url}`;

export const liveInput = (result: LiveResult, placeOf: PromisePlace): ReporterInput =>
  inputOf(result.tool.version, [checkOf(result, placeOf)], () => resultToJson(result));

function checkOf(result: LiveResult, placeOf: PromisePlace): CheckDetails {
  const { config, entry, verdict, counterexamples, experiments, kinds, stopped, needed, reasons, baseline } = result;
  const [first] = counterexamples;
  const groups = alikeIn(counterexamples);
  const heading = HEADINGS[verdict].toLowerCase();
  const rests = [...reasons, ...(verdict === 'broken' ? (baseline?.why ?? []) : []), ...basisOf(result)];
  return {
    ...emptyCheck(config, requestName(entry)),
    verdict: heading,
    standing: stopped === 'aborted' && experiments === 0 ? 'not-run' : standingOf(liveExit(result)),
    sentence: first ? sentenceOf(first) : rests.join(' '),
    reason: heading,
    block: resultToText(result, PLAIN_TEXT),
    faults: first ? wordsOf(first) : [],
    timeline: first ? story(result, first.run) : [],
    place: placeOf(first?.run.why[0]),
    classes: groups.slice(0, MOST_TOLD).flatMap(([one, ...others]) =>
      one
        ? {
            number: counterexamples.indexOf(one) + 1,
            alike: others.length,
            varying: 'kinds of faults',
            faults: one.faults.map(({ call, kind }) => `${kind} @ ${call}`),
            sentence: sentenceOf(one),
            timeline: story(result, one.run),
            place: placeOf(one.run.why[0]),
          }
        : [],
    ),
    unlistedClasses: Math.max(0, groups.length - MOST_TOLD),
    counterexamples: counterexamples.length,
    isComplete: stopped === null && needed === null,
    bounds: `faults of ${kinds.join(' ')}`,
    runs: experiments,
  };
}

const wordsOf = ({ faults, run }: LiveCounterexampleResult): string[] =>
  faults.map((fault) => faultInWords(fault, run));

const sentenceOf = (one: LiveCounterexampleResult): string => breakingInWords(one.run.why, wordsOf(one));

/** The calls, and what became of each; where they differ, without faults too. */
function story({ baseline, entry }: LiveResult, bad: RunView): string[] {
  const line = (name: string, fate: string, usual: string | undefined): string =>
    `${name}: ${fate}${usual === undefined || usual === fate ? '' : ` (without faults: ${usual})`}`;
  return [
    line(`${entry.method} ${entry.url}`, answerOf(bad), baseline ? answerOf(baseline) : undefined),
    ...treeOf(baseline, bad).map(({ id, depth, good, bad: call }) =>
      line(
        `${'  '.repeat(depth + 1)}${shortName(id, call ?? good)}`,
        fateOf(call),
        baseline ? fateOf(good) : undefined,
      ),
    ),
  ];
}

const answerOf = ({ answer: { status, error } }: RunView): string =>
  status > 0 ? String(status) : (error ?? 'no answer');
