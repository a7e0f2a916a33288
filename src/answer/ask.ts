/**
 * The one way from a question to its answer: search, audit, then all that any output may want to show, found out once.
 */
import type { LdfiError } from '../core/invariant.js';
import type { System, SystemRun } from '../lineage/port.js';
import { type Answer, MOST_SHOWN, type Shown } from '../report/answer.js';
import { byClass } from '../report/classes.js';
import { type CheckResult, checkResult } from '../report/result.js';
import { ranked } from '../risk/rank.js';
import type { Check } from '../search/check.js';
import type { Cube } from '../search/cube.js';
import type { SearchEvent } from '../search/events.js';
import { type Findings, findingsOf, unfinished } from './findings.js';
import { withHorizons } from './horizon.js';
import { together } from './parts.js';
import { withStories } from './stories.js';
import type { Method, Subject } from './subject.js';
import { withPlaces } from './warnings.js';

export interface Asked {
  readonly answer: Answer;
  /** What ended the search, if it is a mistake in the subject. */
  readonly error: LdfiError | undefined;
}

/**
 * Searches one check and explains the verdict. After an interrupt or a timeout the answer has what was found so far.
 * @param keepsLearned whether what was learned of a protocol will be kept with this result
 * @param watch sees every event of the search
 * @throws LdfiError for options and bounds that make no sense
 */
export async function ask(
  subject: Subject,
  check: Check,
  method: Method,
  keepsLearned: (result: CheckResult) => boolean,
  watch: (event: SearchEvent) => void = () => undefined,
): Promise<Asked> {
  const system = subject.system(check.bounds, method);
  const { found, error } = await findingsOf(subject, system, method, watch);
  return { answer: await concluded(subject, system, check, method, keepsLearned, found), error };
}

/**
 * Searches a part of a check; explains nothing. @param watch sees every event of the search
 * @throws LdfiError for options and bounds that make no sense
 */
export function askPart(
  subject: Subject,
  check: Check,
  method: Method,
  cube: Cube,
  watch: (event: SearchEvent) => void = () => undefined,
): Promise<{ readonly found: Findings; readonly error: LdfiError | undefined }> {
  const part = { ...method, search: { ...method.search, cube } };
  return findingsOf(subject, subject.system(check.bounds, method), part, watch);
}

/** The answer to a check of which all parts have been searched: that of a search of the whole. */
export const answerOfParts = (
  subject: Subject,
  check: Check,
  method: Method,
  keepsLearned: (result: CheckResult) => boolean,
  parts: readonly Findings[],
): Promise<Answer> => {
  const system = subject.system(check.bounds, method);
  return concluded(subject, system, check, method, keepsLearned, together(parts, check.bounds));
};

/** All that is to be said of what was found. */
async function concluded(
  subject: Subject,
  system: System,
  check: Check,
  method: Method,
  keepsLearned: (result: CheckResult) => boolean,
  { verdict, explored, reached, vacuous, notice }: Findings,
): Promise<Answer> {
  const failed = verdict.stopped === 'error';
  const otherReading = await subject.otherReading(check, verdict, system, method);
  const extras = {
    explored,
    ...(vacuous !== undefined && { vacuous }),
    reached,
    ...(otherReading && { otherReading }),
    ...(notice !== undefined && { notice }),
    ...(method.strict && { strict: true as const }),
    ...(check.bounds.restarts && { durable: [...subject.durable] }),
  };
  const found = inRank(checkResult(subject.spec, check, verdict, extras), method);
  const { signal } = method.search;
  const result = failed
    ? found
    : withPlaces(
        subject,
        verdict,
        method,
        await withStories(subject, system, await withHorizons(subject, method, check.bounds, found), signal),
      );
  const missing = failed ? { missing: verdict.detail ?? '' } : undefined;
  const learned = keepsLearned(result) ? (missing ?? (await subject.learn(system, result))) : undefined;
  return explained(subject, system, learned ? { ...result, learned } : result);
}

/** The result with its counterexamples by probability, if that was asked for. */
const inRank = (result: CheckResult, { rates }: Method): CheckResult =>
  rates ? { ...result, rates: { ...rates }, counterexamples: ranked(result.counterexamples, rates) } : result;

/** The answer to a check that was not reached, which must not look as if it had not been there. */
export const notAsked = (subject: Subject, check: Check): Answer => nothing(subject, check, 'aborted', undefined);

/** The answer to a check that could not be searched. */
export const failed = (subject: Subject, check: Check, reason: string): Answer =>
  nothing(subject, check, 'error', reason);

function nothing(subject: Subject, check: Check, stopped: 'aborted' | 'error', detail: string | undefined): Answer {
  const result = checkResult(subject.spec, check, unfinished(stopped, detail, [], 0));
  return { check: result, shown: [], promised: [], place: subject.place(result, undefined) };
}

/** Runs what is shown: the only runs after the search. */
async function explained(subject: Subject, system: System, check: CheckResult): Promise<Answer> {
  const { counterexamples } = check;
  const place = subject.place(check, undefined);
  const nothing = { check, shown: [], promised: [], place };
  // What ended the search may do so again.
  if (check.stopped === 'error') return nothing;
  if (counterexamples.length === 0)
    return check.verdict === 'holds' ? { ...nothing, promised: subject.promised(await system.run([])) } : nothing;
  const shown: Shown[] = [];
  for (const [first, ...others] of byClass(counterexamples).slice(0, MOST_SHOWN)) {
    const run: SystemRun = await system.run(first.faults);
    const number = counterexamples.indexOf(first) + 1;
    shown.push({ number, alike: others.length, run: subject.tell(run), place: subject.place(check, run) });
  }
  return { ...nothing, shown, place: shown[0]?.place ?? place };
}
