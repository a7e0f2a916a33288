/**
 * The support ledger: the known ways in which the promise is kept, and which fault cuts which, ways that say the same put together.
 *
 * Invariant: the rows expand to exactly the ways, each once.
 */
import type { Case } from './case.js';
import { mergeWays } from './merge.js';
import { Needs } from './needs.js';
import type { Ledger } from './views.js';

const KEPT = new WeakMap<Case, Ledger>();

export function ledgerOf(it: Case): Ledger {
  const known = KEPT.get(it);
  if (known) return known;
  const { scenario, of } = it;
  const { ways, needs, capped } = of.ways(it);
  const rows = mergeWays(ways, new Needs(needs), of.nodes, scenario.length);
  const ledger = { faults: scenario, rows, ways: ways.length, capped };
  KEPT.set(it, ledger);
  return ledger;
}
