/**
 * What reporters say of the checks of specs and protocols, from their answers.
 */
import { boundsInShort, usualBoundNames } from '../../faults/bounds.js';
import type { Answer, Place } from '../answer.js';
import { byClass, whatVaries } from '../classes.js';
import { coverageRows } from '../coverage.js';
import { runToMermaid } from '../formats/mermaid.js';
import { answerToText, resultsInWords } from '../formats/text.js';
import { type TimelineRun, timelineOf } from '../formats/timeline.js';
import { EXIT, exitOf, gatesOf, type Question, reasonOf, standingOf } from '../meaning.js';
import { otherCounterexamples } from '../others.js';
import { type CheckResult, type Result, resultToJson } from '../result.js';
import { warningInWords } from '../warnings.js';
import { faultInWords } from '../words.js';
import type { CheckDetails, ReporterInput, UnreadableSpec } from './model.js';
import { breakingOf, sentenceOf, specName } from './sentence.js';

/** What a command has found out about specs. */
export interface Found {
  readonly question: Question;
  readonly result: Result;
  /** By check of the result. */
  readonly answers: readonly Answer[];
  /** Specs that could not be read. */
  readonly unread: readonly UnreadableSpec[];
}

export const inputOf = ({ result, answers, unread, question }: Found): ReporterInput => ({
  version: result.tool.version,
  checks: answers.map((answer) => detailsOf(answer, question)),
  unread,
  headings: { bounds: `${usualBoundNames().join(' / ')} / nodes`, runs: 'Executions' },
  summary: result.checks.length === 0 ? 'No check was run.' : resultsInWords(result.checks),
  json: () => resultToJson(result),
});

function detailsOf(answer: Answer, question: Question): CheckDetails {
  const { check, shown, place } = answer;
  const { counterexamples, bounds } = check;
  const standing = standingOf(check, question);
  const failed = standing === 'failed';
  const [first] = shown;
  return {
    subject: specName(check),
    name: check.name,
    verdict: check.verdict,
    standing,
    isError: check.stopped === 'error',
    sentence: sentenceOf(check),
    reason: reasonOf(check, question),
    block: answerToText(answer),
    faults: (counterexamples[0]?.faults ?? []).map(faultInWords),
    timeline: linesOf(first?.run),
    place: placeOfGate(check, question) ?? place,
    mermaid: first && runToMermaid(first.run, bounds.nodes),
    others: otherCounterexamples(check).map(
      ({ scenario, notes }) => `${scenario}${notes.length > 0 ? ` (${notes.join('; ')})` : ''}`,
    ),
    classes: (failed ? shown : []).map(({ number, alike, run, place }) => {
      const found = counterexamples[number - 1];
      const faults = found?.faults ?? [];
      return {
        number,
        alike,
        varying: alike > 0 ? whatVaries(faults) : '',
        faults: faults.map((fault) => JSON.stringify(fault)),
        sentence: breakingOf(found, check),
        timeline: linesOf(run),
        place,
      };
    }),
    unlistedClasses: failed ? byClass(counterexamples).length - shown.length : 0,
    counterexamples: counterexamples.length,
    isComplete: check.complete,
    bounds: `${boundsInShort(bounds, ' / ')} / ${bounds.nodes.length}`,
    runs: check.executions,
    warnings: (check.warnings ?? []).map(warningInWords),
    coverage: check.coverage ? coverageRows(check.coverage) : [],
  };
}

/** Of a check that fails for a warning alone: where that is. */
function placeOfGate(check: CheckResult, question: Question): Place | undefined {
  const [gate] = gatesOf(check);
  const isGate = exitOf(check, question) === EXIT.falseGreen && check.counterexamples.length === 0;
  if (!isGate || !gate?.place || !('path' in gate.place)) return undefined;
  const { path: file, line, column } = gate.place;
  return { file, line, column };
}

const linesOf = (run: TimelineRun | undefined): string[] =>
  run ? timelineOf(run).map(({ tick, text }) => `tick ${tick}: ${text}`) : [];
