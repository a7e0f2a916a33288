/**
 * The known ways in which a promise is kept: the cuts of the lineage of the failure-free run, of the runs without one
 * of the faults, and of the run itself unless it breaks the promise.
 *
 * A set of faults is a counterexample because every way is cut; it is minimal because each run without one of its
 * faults adds a way that only that fault cuts.
 */
import { LdfiError } from '../../../core/invariant.js';
import { type Broken, isBrokenAt, rowOf } from '../../../core/outcome.js';
import type { Work } from '../../../core/work.js';
import type { PromiseRow } from '../../../lineage/ground/ground.js';
import { MOST as CASES, type Case, type SupportList } from '../case.js';
import type { PromiseSupport } from '../conditions.js';
import { type Support, Supports } from '../supports.js';
import type { Grounded, GroundTruth } from './grounded.js';
import { Reasons } from './reasons.js';
import type { Traced } from './traced.js';

/** Most ways per promise, and in all. */
const MOST = { each: 200, all: 1_000 } as const;

/** The ways of a case: for the witnesses if it violates the promise, else for all `post` rows that are promised. */
export function* supportsOf(it: Case<Traced>, grounded: () => Work<Grounded, void>): Work<SupportList, void> {
  try {
    return yield* cuts(it, yield* grounded());
  } catch (error) {
    // Too large to be grounded: nothing is listed, and it is said so.
    if (error instanceof LdfiError && error.code === 'limit-ground')
      return { supports: [], conditions: [], capped: true };
    throw error;
  }
}

function* cuts(it: Case<Traced>, grounded: Grounded): Work<SupportList, void> {
  const supports = new Supports();
  const others = it.isGood ? [] : [it.of.good, ...it.withoutEach];
  const truths: GroundTruth[] = [];
  for (const { scenario } of [it, ...others]) truths.push(yield* grounded.truth(scenario));
  const isPossible = (literal: number): boolean => truths.some(({ holds }) => holds(literal));
  const isBroken = it.run.outcome.kind === 'violated';
  // A run that breaks the promise has no way to keep it to show.
  const known = truths.slice(isBroken ? 1 : 0).map((truth) => new Reasons(grounded, truth, isPossible, supports, it));
  const found: PromiseSupport[] = [];
  const list = (promise: string, all: readonly Support[]): void => {
    const minimal = supports.minimal(all, MOST.each);
    for (const support of supports.inOrder(minimal)) found.push({ promise, support });
  };
  const rows = (isBroken ? it.run.outcome.witnesses : it.run.keptRows()).map((broken) => ({
    promise: promiseOf(it, grounded, broken),
    isNever: isBrokenAt(broken),
    text: isBrokenAt(broken)
      ? `${it.of.text({ relation: 'never', row: broken.row })}@${broken.tick}`
      : it.of.text({ relation: 'post', row: broken }),
  }));
  for (const { promise, text, isNever } of rows) {
    if (isNever) continue;
    list(
      text,
      known.flatMap((reasons) => reasons.decided(promise?.post ?? false, true)),
    );
    yield;
  }
  // Where a run without one of the faults has neither the witness's `pre` nor its `post` row: why it is not promised
  // there; and why there is none of what must never be.
  for (const { promise, text } of isBroken ? rows : [])
    list(
      `no ${text.replace('post', 'pre')}`,
      known.flatMap((reasons) =>
        reasons.holds(promise?.post ?? false) ? [] : reasons.decided(promise?.pre ?? false, false),
      ),
    );
  const capped = supports.capped || it.scenario.length > CASES.removed || found.length > MOST.all;
  return { supports: found.slice(0, MOST.all), conditions: supports.conditions, capped };
}

/** The row of the promise in the ground program. */
function promiseOf({ run: { schema } }: Case<Traced>, { ground }: Grounded, broken: Broken): PromiseRow | undefined {
  const columns = rowOf(broken).map((value) => schema.values.intern(value));
  if (isBrokenAt(broken)) {
    const never = schema.never?.tuples.find(columns);
    return ground.promise.find(
      ({ pre, tick }) =>
        tick === broken.tick && typeof pre === 'number' && ground.facts[Math.abs(pre) - 1]?.tuple === never,
    );
  }
  const [pre = -1, post = -1] = ['pre', 'post'].map((name) => schema.findRelation(name)?.tuples.find(columns));
  return ground.promise.find((one) => {
    const atom = typeof one.pre === 'number' ? ground.facts[Math.abs(one.pre) - 1] : undefined;
    return (post >= 0 && one.row === post) || (atom !== undefined && atom.tuple === pre);
  });
}
