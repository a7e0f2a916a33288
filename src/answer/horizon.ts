/**
 * Counterexamples that exist only because the world ends: with more time the same faults break nothing.
 *
 * A fault may leave no time for a retry, or push a message beyond the end of time. So runs of counterexamples are made
 * again with a later end. If all of them heal, the bounds are to blame, and a warning says so.
 */
import { LdfiError } from '../core/invariant.js';
import { boundRanges } from '../faults/bounds.js';
import type { Bounds } from '../faults/fault.js';
import { byClass } from '../report/classes.js';
import type { CheckResult } from '../report/result.js';
import type { Method, Subject } from './subject.js';

/** How many ticks later the end comes, one after the other. */
const LATER = [1, 2, 4];

/** Most classes of counterexamples that are looked at. */
const MOST = 20;

/** The result with the marks: of the first of each class, the first end at and after which nothing breaks. */
export async function withHorizons(
  subject: Subject,
  method: Method,
  bounds: Bounds,
  result: CheckResult,
): Promise<CheckResult> {
  const looked = byClass(result.counterexamples)
    .map(([first]) => first)
    .slice(0, MOST);
  const { most } = boundRanges().eot;
  const ends = LATER.map((ticks) => bounds.eot + ticks).filter((eot) => eot <= most);
  if (looked.length === 0 || ends.length === 0) return result;
  const { signal } = method.search;
  const marks = new Map<unknown, number>();
  try {
    const systems = ends.map((eot) => subject.system({ ...bounds, eot }, method));
    for (const counterexample of looked) {
      let healed: number | undefined;
      for (const [i, system] of systems.entries()) {
        signal?.throwIfAborted();
        const { outcome } = await system.run(counterexample.faults, signal);
        healed = outcome.kind === 'violated' ? undefined : (healed ?? ends[i]);
      }
      if (healed !== undefined) marks.set(counterexample, healed);
    }
  } catch (error) {
    // An abort, or a handler or a program that cannot go on for so long, takes nothing from the verdict.
    if (!signal?.aborted && !(error instanceof LdfiError)) throw error;
  }
  const marked = result.counterexamples.map((one) => {
    const horizon = marks.get(one);
    return horizon === undefined ? one : { ...one, horizon };
  });
  if (marks.size === 0 || marks.size < byClass(result.counterexamples).length)
    return { ...result, counterexamples: marked };
  const latest = Math.max(...marks.values());
  const message = `With eot ${latest} none of these faults breaks the promise: eot ${bounds.eot} is over before the protocol has healed.`;
  const warnings = [...(result.warnings ?? []), { code: 'short-eot', message }];
  return { ...result, counterexamples: marked, warnings };
}
