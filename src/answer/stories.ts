/**
 * The stories of the counterexamples that are shown: what came about against what should have, and why.
 *
 * A story compares runs, so the runs with one fault less are run, too, unless that is known without.
 */
import { LdfiError } from '../core/invariant.js';
import type { System } from '../lineage/port.js';
import { MOST_SHOWN } from '../report/answer.js';
import { byClass } from '../report/classes.js';
import { storyOf } from '../report/provenance/story/story.js';
import type { CheckResult } from '../report/result.js';
import { storyInWords } from '../report/story.js';
import type { Subject } from './subject.js';

/** The result with the story of the first of each class, as far as it can be told. */
export async function withStories(subject: Subject, system: System, result: CheckResult, signal?: AbortSignal) {
  const told = byClass(result.counterexamples)
    .map(([first]) => first)
    .slice(0, MOST_SHOWN);
  if (told.length === 0) return result;
  const stories = new Map<unknown, string>();
  try {
    const scenarios = told.map(({ faults }) => faults);
    const provenance = await subject.provenance(system, result, scenarios, signal);
    for (const one of provenance ? told : []) {
      signal?.throwIfAborted();
      const story = provenance && storyOf(provenance.case(one.faults));
      if (story) stories.set(one, storyInWords(story));
    }
  } catch (error) {
    // An abort, or a handler that breaks the rules now, takes nothing from the verdict.
    if (!signal?.aborted && !(error instanceof LdfiError)) throw error;
  }
  const counterexamples = result.counterexamples.map((one) => {
    const story = stories.get(one);
    return story === undefined ? one : { ...one, story };
  });
  return { ...result, counterexamples };
}
