/**
 * The search: failure-free run, then a strategy, then the audit, then a verdict.
 */
import { LdfiError } from '../core/invariant.js';
import type { System, SystemRun } from '../lineage/port.js';
import type { SearchEvent, SearchOptions } from './events.js';
import { exhaustiveSearch } from './exhaustive.js';
import { lineageSearch } from './lineage.js';
import { requireKnownOptions } from './options.js';
import { randomSearch } from './random.js';
import { requireSystem } from './require-system.js';
import { Session } from './session.js';
import { requireAlike, requireAlikeFound } from './symmetry.js';
import type { StopReason } from './verdict.js';

/**
 * Searches a system for all its minimal counterexamples within its bounds (lineage-driven fault injection: Alvaro,
 * Rosen, Hellerstein, SIGMOD 2015). A failure-free run that is violated ends the search at once: what follows would
 * mean nothing. One that promises nothing does not: faults can bring about a promise and break it.
 * @throws LdfiError 'bad-options' (also for what is no system), and what the system throws that is no limit
 * @returns events; the last one is the verdict. Limits that are hit (LdfiError 'limit-…') end in 'inconclusive', not in
 * an exception.
 */
export async function* search<R extends SystemRun>(
  system: System<R>,
  options: SearchOptions = {},
): AsyncGenerator<SearchEvent> {
  requireSystem(system);
  requireKnownOptions(options);
  const session = new Session(system, options);
  try {
    if (system.defect) return yield session.verdict(system.defect);
    yield { kind: 'hypothesis', scenario: [] };
    const failureFree = await session.run([]);
    session.failureFree = failureFree.outcome.kind;
    yield session.runEvent(failureFree);
    if (failureFree.outcome.kind === 'violated') yield* session.recorded(failureFree);
    await requireAlike(session);
    const stopped = failureFree.outcome.kind !== 'violated' ? yield* strategyOf(session, failureFree) : undefined;
    await requireAlikeFound(session);
    if (!options.signal?.aborted && (session.isUnaudited || !session.isInconclusive(stopped))) yield* session.audit();
    yield session.conclude(stopped);
  } catch (error) {
    const stopped = stopReason(error, options.signal);
    if (!stopped) throw error;
    yield session.conclude(stopped, stopped === 'limit' ? (error as LdfiError).message : undefined);
  }
}

function strategyOf<R extends SystemRun>(
  session: Session<R>,
  failureFree: R,
): AsyncGenerator<SearchEvent, StopReason | undefined> {
  const { strategy = 'lineage' } = session.options;
  if (strategy === 'random') return randomSearch(session);
  if (strategy === 'exhaustive') return exhaustiveSearch(session);
  return lineageSearch(session, failureFree);
}

/** A limit or an abort ends a search; a mistake in what is searched is its author's to know of. */
function stopReason(error: unknown, signal: AbortSignal | undefined): StopReason | undefined {
  if (signal?.aborted && error === signal.reason) return 'aborted';
  return error instanceof LdfiError && error.code.startsWith('limit-') ? 'limit' : undefined;
}
