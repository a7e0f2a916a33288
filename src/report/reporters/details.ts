/**
 * What reporters say of a check, from its answer.
 */
import type { Answer } from '../answer.js';
import { byClass } from '../classes.js';
import { runToMermaid } from '../formats/mermaid.js';
import { answerToText } from '../formats/text.js';
import { type TimelineRun, timelineOf } from '../formats/timeline.js';
import { type Question, reasonOf, standingOf } from '../meaning.js';
import type { CheckDetails } from './model.js';
import { breakingOf, sentenceOf } from './sentence.js';

export function detailsOf(answer: Answer, question: Question): CheckDetails {
  const { check, shown, place } = answer;
  const standing = standingOf(check, question);
  const failed = standing === 'failed';
  const [first] = shown;
  return {
    standing,
    sentence: sentenceOf(check),
    reason: reasonOf(check, question),
    block: answerToText(answer),
    timeline: linesOf(first?.run),
    place,
    mermaid: first && runToMermaid(first.run, check.bounds.nodes),
    classes: (failed ? shown : []).map(({ number, alike, run, place }) => {
      const sentence = breakingOf(check.counterexamples[number - 1], check);
      return { number, alike, sentence, timeline: linesOf(run), place };
    }),
    unlistedClasses: failed ? byClass(check.counterexamples).length - shown.length : 0,
  };
}

const linesOf = (run: TimelineRun | undefined): string[] =>
  run ? timelineOf(run).map(({ tick, text }) => `tick ${tick}: ${text}`) : [];
