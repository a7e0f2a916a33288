/**
 * The one way from a question to its answer: search, audit, then all that any output may want to show, found out once.
 */
import type { Formula } from '../core/circuit.js';
import { LdfiError } from '../core/invariant.js';
import type { System, SystemRun } from '../lineage/port.js';
import { type Answer, MOST_SHOWN, type Shown } from '../report/answer.js';
import { byClass } from '../report/classes.js';
import { type CheckResult, checkResult } from '../report/result.js';
import { MOST_EXPLORED } from '../report/schema.js';
import { ranked } from '../risk/rank.js';
import { vacuousCount } from '../risk/vacuous.js';
import type { Check } from '../search/check.js';
import type { SearchEvent } from '../search/events.js';
import type { Counterexample, Verdict } from '../search/verdict.js';
import { withHorizons } from './horizon.js';
import { withStories } from './stories.js';
import type { Method, Subject } from './subject.js';
import { verdictOf } from './verdict.js';

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
  const { verdict, error, explored, reached, promises } = await searched(subject, system, method, watch);
  const notice = subject.notice(system);
  const otherReading = await subject.otherReading(check, verdict, system, method);
  const vacuous = promises === undefined ? undefined : await vacuousCount(system.space, promises, method.search.signal);
  const extras = {
    explored,
    ...(vacuous !== undefined && { vacuous: vacuous.toString() }),
    reached,
    ...(otherReading && { otherReading }),
    ...(notice !== undefined && { notice }),
    ...(check.bounds.restarts && { durable: [...subject.durable] }),
  };
  const found = inRank(checkResult(subject.spec, check, verdict, extras), method);
  const result = error
    ? found
    : await withStories(
        subject,
        system,
        await withHorizons(subject, method, check.bounds, found),
        method.search.signal,
      );
  const learned = keepsLearned(result) ? await learnedOf(subject, system, result, error) : undefined;
  return { answer: await explained(subject, system, learned ? { ...result, learned } : result), error };
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

async function searched(subject: Subject, system: System, { search }: Method, watch: (event: SearchEvent) => void) {
  const explored: NonNullable<CheckResult['explored']> = [];
  const found: Counterexample[] = [];
  const reached = { tick: 0, faults: 0 };
  let executions = 0;
  let isAudited = false;
  let promises: Formula | undefined;
  const follow = (event: SearchEvent): void => {
    watch(event);
    if (event.kind === 'ground') reached.tick = Math.max(reached.tick, event.tick);
    if (event.kind === 'promises') ({ promises } = event);
    if (event.kind === 'counterexample') found.push(event.counterexample);
    isAudited = event.kind === 'audit';
    if (event.kind !== 'run') return;
    executions = event.execution;
    reached.faults = Math.max(reached.faults, event.scenario.length);
    if (explored.length < MOST_EXPLORED) explored.push({ faults: [...event.scenario], outcome: event.outcome.kind });
  };
  try {
    const verdict = await verdictOf(system, search, follow);
    return { verdict, explored, reached, promises, error: undefined };
  } catch (error) {
    if (!(error instanceof LdfiError) || !subject.mayThrow) throw error;
    // What fails the audit has no counterexamples that could be relied on.
    const kept = isAudited ? [] : found;
    return {
      verdict: unfinished('error', error.message, kept, executions),
      explored,
      reached,
      promises: undefined,
      error,
    };
  }
}

/** A verdict for a search that did not come to one. */
function unfinished(
  stopped: 'error' | 'aborted',
  detail: string | undefined,
  counterexamples: readonly Counterexample[],
  executions: number,
): Verdict {
  const statistics = { minimalityRuns: 0, lineage: undefined, variables: 0, clauses: 0, solverCalls: 0 };
  const kind = counterexamples.length > 0 ? 'violated' : 'inconclusive';
  return {
    kind,
    counterexamples,
    complete: false,
    stopped,
    detail,
    promises: undefined,
    warnings: [],
    statistics: { executions, ...statistics },
  };
}

function learnedOf(subject: Subject, system: System, check: CheckResult, error: LdfiError | undefined) {
  if (error) return { missing: error.message };
  return subject.learn(system, check);
}

/** Runs what is shown. */
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
