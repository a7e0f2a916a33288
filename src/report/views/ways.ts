/**
 * The known ways in which a promise is kept: the supports of each promised row, in the failure-free run, in the runs without one of the faults, and in
 * the run itself unless it breaks the promise.
 *
 * A set of faults is a counterexample because every way is cut; it is minimal because each run without one of its faults adds a way that only
 * that fault cuts.
 */
import type { Way } from '../merge.js';
import type { Facts } from './attempts.js';
import { Case, MOST_REMOVED } from './case.js';
import { Leaves, type Support } from './leaves.js';
import type { Pattern } from './pattern.js';
import { Supports } from './supports.js';
import type { Traced } from './traced.js';

/** Most ways per promise, and in all. */
const MOST_EACH = 200;
const MOST_WAYS = 1_000;

export interface Ways {
  readonly leaves: Leaves;
  /** Promise by promise (the `post` row that is kept, or `no pre(…)` where it is not promised), few needs first. */
  readonly ways: readonly Way[];
  /** Whether there are more than are listed. */
  readonly capped: boolean;
}

interface Known {
  readonly one: Case;
  readonly supports: Supports;
}

/** The ways of a case: for the witnesses if it violates the promise, else for all `post` rows that are promised. */
export function waysOf(it: Case): Ways {
  const leaves = new Leaves();
  const others = it.isGood ? [] : [new Case(it.system, [], it), ...it.withoutEach];
  const all = [it, ...others];
  // A run that breaks the promise has no way to keep it to show.
  const cases = it.run.raw.outcome.kind === 'violated' ? others : all;
  const universe = unite(all.map(({ run }) => run));
  const known = cases.map((one) => ({ one, supports: new Supports(one, universe, leaves) }));
  const ways = wanted(it).flatMap((pattern) => {
    const supports = known.map(({ one, supports }) => (one.run.holds(pattern) ? supports.present(pattern) : []));
    return listed(leaves, it.names.view(pattern).text, supports);
  });
  ways.push(...excused(it, known, leaves));
  const capped = leaves.capped || it.scenario.length > MOST_REMOVED || ways.length > MOST_WAYS;
  return { leaves, ways: ways.slice(0, MOST_WAYS), capped };
}

function listed(leaves: Leaves, promise: string, supports: readonly (readonly Support[])[]): Way[] {
  const minimal = leaves.minimal(supports.flat(), MOST_EACH);
  return leaves.inOrder(minimal).map((support) => ({ promise, support }));
}

/** Where a run without one of the faults has neither the witness's `pre` nor its `post` row: why it is not promised there. */
function excused(it: Case, known: readonly Known[], leaves: Leaves): Way[] {
  const pre = it.schema.findRelation('pre');
  if (it.run.raw.outcome.kind !== 'violated' || !pre) return [];
  return wanted(it).flatMap((post) => {
    const pattern = { ...post, relation: pre.id };
    const supports = known.map(({ one, supports }) =>
      one.run.holds(pattern) || one.run.holds(post) ? [] : supports.absent(pattern),
    );
    return listed(leaves, `no ${it.names.view(pattern).text}`, supports);
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
