/**
 * Counterexamples that exist only because the world ends: with more time the same faults break nothing.
 *
 * A delay may push a message beyond the end of time, where no answer to it can come any more. So the run of such a
 * counterexample is made again with a later end.
 */
import { boundRanges } from '../faults/bounds.js';
import type { Bounds, Fault } from '../faults/fault.js';
import { kindOf } from '../faults/kinds.js';
import { byClass } from '../report/classes.js';
import type { CheckResult } from '../report/result.js';
import type { Reading, Subject } from './subject.js';

/** How many ticks later the end comes, one after the other. */
const LATER = [1, 2, 4];

/** Most classes of counterexamples that are looked at. */
const MOST = 20;

/** Kinds that have to be asked for; the others have no end to heal before. */
const isAskedFor = (fault: Fault): boolean => Object.values(kindOf(fault).bounds).every(({ optional }) => optional);

/** The result with the marks: of the first of each class, the first end at and after which nothing breaks. */
export async function withHorizons(
  subject: Subject,
  reading: Reading,
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
  const systems = ends.map((eot) => subject.system({ ...bounds, eot }, reading));
  const marks = new Map<unknown, number>();
  for (const counterexample of looked) {
    let healed: number | undefined;
    for (const [i, system] of systems.entries()) {
      const { outcome } = await system.run(counterexample.faults);
      healed = outcome.kind === 'violated' ? undefined : (healed ?? ends[i]);
    }
    if (healed !== undefined) marks.set(counterexample, healed);
  }
  const marked = result.counterexamples.map((one) => {
    const horizon = marks.get(one);
    return horizon === undefined ? one : { ...one, horizon };
  });
  return { ...result, counterexamples: marked };
}
