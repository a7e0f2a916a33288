/**
 * The result of `ldfi nodes` for reporters: one check of a program, named by its workload. It is in no file.
 */
import type { CheckDetails, ReporterInput } from '../../../report/reporters/model.js';
import { breakingInWords } from '../../../report/reporters/sentence.js';
import { emptyCheck, inputOf, MOST_TOLD, standingOf } from '../../checks.js';
import { faultText } from '../faults.js';
import { nodesToJson } from './result.js';
import type { NodesCounterexample, NodesResult } from './schema.js';
import { answer, boundsInWords, inSentence, nodesExit, nodesToText, timeline, verdictInWords } from './text.js';

export const nodesInput = (result: NodesResult): ReporterInput =>
  inputOf(result.tool.version, [checkOf(result)], () => nodesToJson(result));

function checkOf(result: NodesResult): CheckDetails {
  const { workload, command, counterexamples, experiments, stopped, needed } = result;
  const [first] = counterexamples;
  const words = verdictInWords(result);
  return {
    ...emptyCheck(command.join(' '), workload),
    verdict: words,
    standing: stopped === 'aborted' && experiments === 0 ? 'not-run' : standingOf(nodesExit(result)),
    sentence: first
      ? sentenceOf(first)
      : answer(result)
          .map((line) => line.trim())
          .join(' ')
          .trim(),
    reason: words,
    block: nodesToText(result),
    faults: first ? wordsOf(first) : [],
    timeline: first ? timeline(result, first) : [],
    classes: counterexamples.slice(0, MOST_TOLD).map((found, i) => ({
      number: i + 1,
      alike: 0,
      varying: '',
      faults: found.faults.map(faultText),
      sentence: sentenceOf(found),
      timeline: timeline(result, found),
      place: undefined,
    })),
    unlistedClasses: Math.max(0, counterexamples.length - MOST_TOLD),
    counterexamples: counterexamples.length,
    isComplete: stopped === undefined && needed === undefined,
    bounds: boundsInWords(result),
    runs: experiments,
  };
}

const wordsOf = ({ faults }: NodesCounterexample): string[] => faults.map(({ words }) => inSentence(words));

const sentenceOf = (found: NodesCounterexample): string => breakingInWords(found.why, wordsOf(found));
