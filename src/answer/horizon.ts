/**
 * Counterexamples that exist only because the world ends: with more time the same faults break nothing.
 *
 * A delay may push a message beyond the end of time, where no answer to it can come any more. So the run of such a
 * counterexample is made again with a later end.
 */
import { LdfiError } from '../core/invariant.js';
import { boundRanges } from '../faults/bounds.js';
import type { Bounds, Fault } from '../faults/fault.js';
import type { BoundRange } from '../faults/kind.js';
import { kindOf } from '../faults/kinds.js';
import { byClass } from '../report/classes.js';
import type { CheckResult } from '../report/result.js';
import type { Method, Subject } from './subject.js';

/** How many ticks later the end comes, one after the other. */
const LATER = [1, 2, 4];

/** Most classes of counterexamples that are looked at. */
const MOST = 20;

/** Kinds that have to be asked for; the others have no end to heal before. */
const isAskedFor = (fault: Fault): boolean =>
  Object.values<BoundRange>(kindOf(fault).bounds).every(({ optional }) => optional);

/** The result with the marks: of the first of each class, the first end at and after which nothing breaks. */
export async function withHorizons(
  subject: Subject,
  method: Method,
  bounds: Bounds,
  result: CheckResult,
): Promise<CheckResult> {
  const looked = byClass(result.counterexamples)
    .map(([first]) => first)
    .filter(({ faults }) => faults.some(isAskedFor))
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
  return { ...result, counterexamples: marked };
}
