/**
 * The support ledger: the known ways in which the promise is kept, and which fault cuts which, ways that say the same put together.
 *
 * Invariant: the rows expand to exactly the ways (`ways.ts`), each once.
 */
import { mergeWays } from '../merge.js';
import type { Ledger } from '../views.js';
import type { Case } from './case.js';
import { Needs } from './needs.js';
import { waysOf } from './ways.js';

/** The ledger of a case's scenario. */
export function ledgerOf(it: Case): Ledger {
  const { schema, names, scenario } = it;
  const { leaves, ways, capped } = waysOf(it);
  const needs = new Needs(schema, names, leaves, scenario);
  return { faults: scenario, rows: mergeWays(ways, needs, schema.nodes, scenario.length), ways: ways.length, capped };
}
