/**
 * A replay for reporters: each counterexample is a check, named by its faults.
 */
import type { Place } from '../../report/answer.js';
import type { CheckDetails, ReporterInput } from '../../report/reporters/model.js';
import { breakingInWords } from '../../report/reporters/sentence.js';
import { emptyCheck, inputOf, standingOf } from '../checks.js';
import { EXITS, type ReplayedCounterexample, type ReplayResult, replayToJson } from './result.js';
import { replayToText, standingInWords } from './text.js';

/** @param placeOf where the promise stands that is broken, from what is said of it; undefined: in no file */
export const replayInput = (
  result: ReplayResult,
  placeOf: (why: string | undefined) => Place | undefined,
): ReporterInput =>
  inputOf(
    result.tool.version,
    result.counterexamples.map((one) => checkOf(result, one, placeOf(one.why[0]))),
    () => replayToJson(result),
  );

function checkOf(result: ReplayResult, one: ReplayedCounterexample, place: Place | undefined): CheckDetails {
  const { faults, standing, why, times } = one;
  const words = faults.map((fault) => fault.words);
  const isBroken = standing === 'broken';
  const early = result.broken.length > 0;
  const reason = standingInWords(one, result).slice(2);
  const sentence = isBroken
    ? breakingInWords(why, words)
    : early
      ? breakingInWords(result.broken, [])
      : result.reasons.join('; ') || reason;
  return {
    ...emptyCheck(result.subject, words.join('; ')),
    verdict: early ? 'violated without faults' : isBroken ? 'violated' : standing === 'kept' ? 'kept' : 'inconclusive',
    standing: early
      ? 'failed'
      : standing === 'not-tried' && result.stopped && times === 0
        ? 'not-run'
        : standingOf(EXITS[standing]),
    sentence,
    reason: early ? 'without faults the promise is broken already' : reason,
    block: replayToText({ ...result, counterexamples: [one] }),
    faults: words,
    place,
    classes: isBroken
      ? [
          {
            ...{ number: 1, alike: 0, varying: '', sentence, timeline: [], place },
            faults: faults.map(({ call, kind }) => `${kind} @ ${call}`),
          },
        ]
      : [],
    counterexamples: isBroken ? 1 : 0,
    isComplete: true,
    bounds: `${times} times`,
    runs: times,
  };
}
