/**
 * A search to its verdict.
 */
import { bug } from '../core/invariant.js';
import type { System } from '../lineage/port.js';
import type { SearchEvent, SearchOptions } from '../search/events.js';
import { search } from '../search/search.js';
import type { Verdict } from '../search/verdict.js';

/**
 * @param watch sees every event
 * @throws LdfiError for options that make no sense, and for handlers and a check that do what they must not
 */
export async function verdictOf(
  system: System,
  options: SearchOptions,
  watch?: (event: SearchEvent) => void,
): Promise<Verdict> {
  for await (const event of search(system, options)) {
    watch?.(event);
    if (event.kind === 'verdict') return event.verdict;
  }
  throw bug('a search ends in a verdict');
}
