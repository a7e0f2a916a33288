/**
 * A search to its end, and what can only be seen then: work that handlers left behind, and a check that depends on more than the world.
 */
import { LdfiError } from '../core/invariant.js';
import type { ProtocolSystem } from '../lineage/learned/system.js';
import { refuseLate } from '../protocol/late.js';
import type { SearchOptions } from '../search/events.js';
import { pause } from '../search/pause.js';
import { search } from '../search/search.js';
import type { Verdict } from '../search/verdict.js';
import { auditCheck } from './check-audit.js';

/** @throws LdfiError for options that make no sense, and for handlers and a check that do what they must not */
export async function verdictOf(system: ProtocolSystem, options: SearchOptions): Promise<Verdict> {
  for await (const event of search(system, options)) {
    if (event.kind !== 'verdict') continue;
    const { verdict } = event;
    // Work that handlers left behind shows now or never.
    await pause();
    refuseLate(system.protocol);
    if (verdict.kind === 'holds' || verdict.kind === 'violated') auditCheck(system, verdict.counterexamples);
    return verdict;
  }
  throw new LdfiError('bad-protocol', 'the search ended without a verdict');
}
