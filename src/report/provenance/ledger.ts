/**
 * The support ledger: the known ways in which the promise is kept, and which fault cuts which, ways that say the same
 * put together.
 *
 * Invariant: the rows expand to exactly the ways, each once.
 */
import type { Work } from '../../core/work.js';
import type { Case } from './case.js';
import { Conditions } from './conditions.js';
import { mergeSupports } from './merge.js';
import type { Ledger } from './views.js';

const KEPT = new WeakMap<Case, Ledger>();

/** Made once; long work, for it may have to ground the program. */
export function* ledgerOf(it: Case): Work<Ledger, void> {
  const known = KEPT.get(it);
  if (known) return known;
  const { scenario, of } = it;
  const { supports, conditions, capped } = yield* of.supports(it);
  yield;
  const rows = mergeSupports(supports, new Conditions(conditions), of.nodes, scenario.length);
  const ledger = { faults: scenario, rows, count: supports.length, capped };
  KEPT.set(it, ledger);
  return ledger;
}
