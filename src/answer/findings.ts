/**
 * What comes of a search, or of a part of one, before anything is explained: plain data.
 */
import type { Formula } from '../core/circuit.js';
import { LdfiError } from '../core/invariant.js';
import type { System } from '../lineage/port.js';
import type { CheckResult } from '../report/result.js';
import { MOST_EXPLORED } from '../report/schema.js';
import { vacuousCount } from '../risk/vacuous.js';
import type { SearchEvent } from '../search/events.js';
import type { Counterexample, Verdict } from '../search/verdict.js';
import type { Method, Subject } from './subject.js';
import { verdictOf } from './verdict.js';

export interface Findings {
  readonly verdict: Verdict;
  readonly explored: NonNullable<CheckResult['explored']>;
  readonly reached: { readonly tick: number; readonly faults: number };
  /** In how many scenarios nothing is promised, if that was counted: digits. */
  readonly vacuous: string | undefined;
  /** Milliseconds, if that was measured. */
  readonly took?: number;
  /** What to know about how the verdict came about. */
  readonly notice: string | undefined;
}

/** @returns also what ended the search, if it is a mistake in the subject */
export async function findingsOf(
  subject: Subject,
  system: System,
  { search }: Method,
  watch: (event: SearchEvent) => void,
): Promise<{ readonly found: Findings; readonly error: LdfiError | undefined }> {
  const explored: Findings['explored'] = [];
  const counterexamples: Counterexample[] = [];
  const reached = { tick: 0, faults: 0 };
  let executions = 0;
  let isAudited = false;
  let promises: Formula | undefined;
  const follow = (event: SearchEvent): void => {
    watch(event);
    if (event.kind === 'ground') reached.tick = Math.max(reached.tick, event.tick);
    if (event.kind === 'promises') ({ promises } = event);
    if (event.kind === 'counterexample') counterexamples.push(event.counterexample);
    isAudited = event.kind === 'audit';
    if (event.kind !== 'run') return;
    executions = event.execution;
    reached.faults = Math.max(reached.faults, event.scenario.length);
    if (explored.length < MOST_EXPLORED) explored.push({ faults: [...event.scenario], outcome: event.outcome.kind });
  };
  try {
    const verdict = await verdictOf(system, search, follow);
    const notice = subject.notice(system);
    // Of the whole space, which parts of a search need not count again.
    const counts = promises !== undefined && (search.cube?.number ?? 1) === 1;
    const count = counts ? await vacuousCount(system.space, promises as Formula, search.signal) : undefined;
    return { found: { verdict, explored, reached, vacuous: count?.toString(), notice }, error: undefined };
  } catch (error) {
    if (!(error instanceof LdfiError) || !subject.mayThrow) throw error;
    // What fails the audit has no counterexamples that could be relied on.
    const verdict = unfinished('error', error.message, isAudited ? [] : counterexamples, executions);
    return { found: { verdict, explored, reached, vacuous: undefined, notice: subject.notice(system) }, error };
  }
}

/** Of a part that was not begun. */
export const notReached = (): Findings => ({
  verdict: unfinished('aborted', undefined, [], 0),
  explored: [],
  reached: { tick: 0, faults: 0 },
  vacuous: undefined,
  notice: undefined,
});

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
