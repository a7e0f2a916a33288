/**
 * The stories of the counterexamples that are shown: what came about against what should have, and why.
 *
 * A story compares runs, so the runs with one fault less are run, too, unless that is known without.
 */
import { LdfiError } from '../core/invariant.js';
import type { System } from '../lineage/port.js';
import { MOST_SHOWN } from '../report/answer.js';
import { byClass } from '../report/classes.js';
import type { Provenance } from '../report/provenance/case.js';
import { storyOf } from '../report/provenance/story/story.js';
import type { CheckResult, CounterexampleResult } from '../report/result.js';
import { storyInWords } from '../report/story.js';
import type { Subject } from './subject.js';

/** The result with the story of the first of each class, as far as it can be told. */
export async function withStories(subject: Subject, system: System, result: CheckResult, signal?: AbortSignal) {
  try {
    const scenarios = toldOf(result).map(({ faults }) => faults);
    if (scenarios.length === 0) return result;
    const provenance = await subject.provenance(system, result, scenarios, signal);
    return provenance ? tellStories(provenance, result, signal) : result;
  } catch (error) {
    // An abort, or a handler that breaks the rules now, takes nothing from the verdict.
    if (!signal?.aborted && !(error instanceof LdfiError)) throw error;
    return result;
  }
}

/** The same by what explains the runs. @throws the reason of the signal */
export function tellStories(provenance: Provenance, result: CheckResult, signal?: AbortSignal): CheckResult {
  const stories = new Map<unknown, string>();
  for (const one of toldOf(result)) {
    signal?.throwIfAborted();
    const story = storyOf(provenance.case(one.faults));
    if (story) stories.set(one, storyInWords(story));
  }
  const counterexamples = result.counterexamples.map((one) => {
    const story = stories.get(one);
    return story === undefined ? one : { ...one, story };
  });
  return { ...result, counterexamples };
}

/** Those that are shown. */
const toldOf = ({ counterexamples }: CheckResult): CounterexampleResult[] =>
  byClass(counterexamples)
    .map(([first]) => first)
    .slice(0, MOST_SHOWN);
