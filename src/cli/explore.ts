/**
 * One check from beginning to end: system, search, verdict, and what the other invariant would say.
 */
import { invariant, LdfiError } from '../core/invariant.js';
import type { System } from '../lineage/port.js';
import { type CheckResult, checkResult, MOST_EXPLORED } from '../report/result.js';
import { checkToText, type TextPalette } from '../report/text.js';
import { timeline } from '../report/timeline.js';
import type { Check } from '../search/check.js';
import type { SearchEvent, SearchOptions } from '../search/events.js';
import { search } from '../search/search.js';
import type { Counterexample, Verdict } from '../search/verdict.js';
import type { Invariant } from '../simulator/outcome.js';
import { complainOfHandler } from './handlers.js';
import { type DedalusSubject, promisedIn, type Reading, runOf, type Subject, systemFor } from './subject.js';

/** How to search: what the flags of `run` and `test` say. */
export interface Method extends Reading {
  readonly search: SearchOptions;
}

export interface Explored {
  readonly result: CheckResult;
  /** What ended the search, if the handlers of a protocol did what they must not. */
  readonly error: LdfiError | undefined;
}

/** Searches one check. `watch` sees every event. */
export async function explore(
  subject: Subject,
  check: Check,
  method: Method,
  watch: (event: SearchEvent) => void,
): Promise<Explored> {
  const system = systemFor(subject, check.bounds, method);
  const explored: NonNullable<CheckResult['explored']> = [];
  const counterexamples: Counterexample[] = [];
  let executions = 0;
  /** What fails the audit has no counterexamples that could be relied on. */
  let audited = false;
  const follow = (event: SearchEvent): void => {
    watch(event);
    if (event.kind === 'counterexample') counterexamples.push(event.counterexample);
    if (event.kind === 'audit') audited = true;
    if (event.kind !== 'run') return;
    executions = event.execution;
    if (explored.length < MOST_EXPLORED) explored.push({ faults: [...event.scenario], outcome: event.outcome.kind });
  };
  let verdict: Verdict;
  let error: LdfiError | undefined;
  try {
    verdict = await verdictOf(system, method.search, follow);
  } catch (thrown) {
    if (!(thrown instanceof LdfiError) || subject.kind === 'dedalus') throw thrown;
    error = thrown;
    verdict = unfinished('error', thrown.message, audited ? [] : counterexamples, executions);
  }
  const notice = 'fallback' in system && system.fallback !== undefined ? fallbackNotice(system.fallback) : undefined;
  const otherReading = subject.kind === 'dedalus' ? await otherVerdict(subject, check, verdict, method) : undefined;
  const extras = { explored, ...(otherReading && { otherReading }), ...(notice !== undefined && { notice }) };
  return { result: checkResult(subject.spec, check, verdict, extras), error };
}

/** A verdict for a search that did not come to one. */
export function unfinished(
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

const fallbackNotice = (reason: string): string =>
  `lineage is that of whole runs, which takes more executions, because ${reason}`;

async function verdictOf(
  system: System,
  options: SearchOptions,
  watch: (event: SearchEvent) => void,
): Promise<Verdict> {
  let verdict: Verdict | undefined;
  for await (const event of search(system, options)) {
    watch(event);
    if (event.kind === 'verdict') verdict = event.verdict;
  }
  invariant(verdict, 'a search ends in a verdict');
  return verdict;
}

/**
 * The verdict under the other invariant, where it differs. Every violation under 'reference' is one under 'strict', so only two cases need a
 * look: violated under strict, and not violated under reference.
 */
async function otherVerdict(
  subject: DedalusSubject,
  check: Check,
  verdict: Verdict,
  method: Method,
): Promise<CheckResult['otherReading']> {
  const strict = method.invariant === 'strict';
  const telling = strict ? ['violated'] : ['holds', 'vacuous'];
  if (!telling.includes(verdict.kind)) return undefined;
  const system = systemFor(subject, check.bounds, method);
  if (strict && verdict.counterexamples.some(({ faults }) => !system.simulate(faults).outcome.readingsDiffer))
    return undefined;
  const reading = strict ? 'reference' : 'strict';
  const otherwise = systemFor(subject, check.bounds, { ...method, invariant: reading });
  const other = await verdictOf(otherwise, { ...method.search, first: true }, () => undefined);
  return other.kind === verdict.kind || other.kind === 'inconclusive'
    ? undefined
    : { invariant: reading, verdict: other.kind };
}

/** The text for a check's result: with the timeline of its first counterexample, or with what is promised and kept. */
export async function describe(
  subject: Subject,
  result: CheckResult,
  reading: Invariant,
  palette: TextPalette,
  replay: string | undefined,
): Promise<string> {
  const [first] = result.counterexamples;
  if (!first && (result.verdict !== 'holds' || subject.kind === 'protocol')) return checkToText(result, { palette });
  // Handlers that ended the search may do so again.
  if (result.stopped === 'error') return checkToText(result, { palette });
  const run = await runOf(subject, result.bounds, first?.faults ?? [], reading);
  if (!first) return checkToText(result, { palette, promised: promisedIn(run) });
  return checkToText(result, { palette, timeline: timeline(run), ...(replay !== undefined && { replay }) });
}

/** Says what ended the search of a check, if the handlers did. */
export function complainOfError(subject: Subject, error: LdfiError | undefined): void {
  if (error && subject.kind === 'protocol') complainOfHandler(subject, error);
}
