/**
 * The search: failure-free run, then a strategy, then a verdict.
 */
import { LdfiError } from '../core/invariant.js';
import type { System, SystemRun } from '../lineage/port.js';
import type { SearchEvent, SearchOptions } from './events.js';
import { exhaustiveSearch } from './exhaustive.js';
import { refuseStranger } from './given.js';
import { lineageSearch } from './lineage.js';
import { refuseStrange } from './options.js';
import { randomSearch } from './random.js';
import { Session } from './session.js';

/**
 * Searches a system for all its minimal counterexamples within its bounds (lineage-driven fault injection: Alvaro, Rosen,
 * Hellerstein, SIGMOD 2015). A failure-free run that is violated or vacuous ends the search at once: what follows would mean nothing.
 * @throws LdfiError 'bad-options' (also for what is no system), and what the system throws that is no limit
 * @returns events; the last one is the verdict. Limits that are hit (LdfiError 'limit-…') end in 'inconclusive', not in an exception.
 */
export async function* search<R extends SystemRun>(
  system: System<R>,
  options: SearchOptions = {},
): AsyncGenerator<SearchEvent> {
  refuseStranger(system);
  refuseStrange(options);
  const session = new Session(system, options);
  try {
    if (system.defect) return yield session.verdict(system.defect, false);
    yield { kind: 'hypothesis', scenario: [] };
    const failureFree = session.run([]);
    yield session.runEvent(failureFree);
    if (failureFree.outcome.kind === 'vacuous') return yield session.verdict('vacuous', false);
    if (failureFree.outcome.kind === 'violated') {
      yield session.record(failureFree);
      return yield session.verdict('violated-failure-free', true);
    }
    const { strategy = 'lineage' } = options;
    if (strategy === 'random') yield* randomSearch(session);
    else if (strategy === 'exhaustive') yield* exhaustiveSearch(session);
    else yield* lineageSearch(session, failureFree);
  } catch (error) {
    // A limit ends a search; a mistake in what is searched is its author's to know of.
    if (!(error instanceof LdfiError && error.code.startsWith('limit-'))) throw error;
    yield session.conclude('limit', error.message);
  }
}
