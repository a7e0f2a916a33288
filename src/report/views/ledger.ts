/**
 * The support ledger: the known ways in which the promise holds, in the failure-free run and in the runs without one of the faults, and
 * which fault cuts which. A set of faults is a counterexample because every row is cut; it is minimal because each run without one of its faults adds a
 * row that only that fault cuts.
 */
import type { Ledger } from '../views.js';
import type { Facts } from './attempts.js';
import { Case, MOST_REMOVED } from './case.js';
import { Leaves, type Support } from './leaves.js';
import type { Pattern } from './pattern.js';
import { Supports } from './supports.js';
import type { Traced } from './traced.js';

/** Most rows. */
const MOST_ROWS = 200;

/** The ledger of a case's scenario: for the witnesses if it violates the promise, else for all `post` rows that are promised. */
export function ledgerOf(it: Case): Ledger {
  const { schema, names, scenario } = it;
  const leaves = new Leaves(schema, names);
  const cases = [it.isGood ? it : new Case(it.system, [], it), ...it.withoutEach];
  if (scenario.length > MOST_REMOVED) leaves.capped = true;
  const all = cases.some(({ run }) => run === it.run) ? cases : [it, ...cases];
  const universe = unite(all.map(({ run }) => run));
  const known = cases.map((one) => ({ one, supports: new Supports(one, universe, leaves) }));
  const rows = wanted(it).flatMap((pattern) => {
    const ways = known.map(({ one, supports }) => (one.run.holds(pattern) ? supports.present(pattern) : []));
    return rowsOf(leaves, names.view(pattern).text, ways);
  });
  rows.push(...excused(it, known, leaves));
  const shown = rows.slice(0, MOST_ROWS);
  return {
    faults: scenario,
    rows: shown.map(({ promise, support }) => ({
      promise,
      needs: leaves.needs(support),
      cut: scenario.map((fault) => leaves.cuts(fault, support)),
    })),
    capped: leaves.capped || rows.length > shown.length,
  };
}

type Row = { readonly promise: string; readonly support: Support };

function rowsOf(leaves: Leaves, promise: string, ways: readonly (readonly Support[])[]): Row[] {
  const minimal = leaves.minimal(ways.flat(), MOST_ROWS);
  return leaves.inOrder(minimal).map((support) => ({ promise, support }));
}

/** Where a run without one of the faults has neither the witness's `pre` nor its `post` row: why it is not promised there. */
function excused(
  it: Case,
  known: readonly { readonly one: Case; readonly supports: Supports }[],
  leaves: Leaves,
): Row[] {
  const pre = it.schema.findRelation('pre');
  if (it.run.raw.outcome.kind !== 'violated' || !pre) return [];
  return wanted(it).flatMap((post) => {
    const pattern = { ...post, relation: pre.id };
    const ways = known.map(({ one, supports }) =>
      one.run.holds(pattern) || one.run.holds(post) ? [] : supports.absent(pattern),
    );
    return rowsOf(leaves, `no ${it.names.view(pattern).text}`, ways);
  });
}

/** The `post` rows that the ledger is about. */
function wanted(it: Case): Pattern[] {
  const { schema, run } = it;
  const [pre, post] = [schema.findRelation('pre'), schema.findRelation('post')];
  if (!pre || !post) return [];
  const { outcome } = run.raw;
  if (outcome.kind === 'violated')
    return outcome.witnesses.map((row) => ({
      relation: post.id,
      columns: row.map((value) => schema.values.intern(value)),
      tick: run.eot,
    }));
  const patterns = Array.from(run.tuples(pre.id, run.eot)).map((tuple) => ({
    relation: post.id,
    columns: pre.tuples.get(tuple),
    tick: run.eot,
  }));
  return patterns.filter((pattern) => run.holds(pattern));
}

/** The facts of all runs together. */
function unite(runs: readonly Traced[]): Facts {
  return {
    matches: (pattern) => [...new Set(runs.flatMap((run) => run.matches(pattern)))],
    holds: (pattern) => runs.some((run) => run.holds(pattern)),
  };
}
