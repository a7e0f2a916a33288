/**
 * 'Known to hold': what unrolling found, and what the check says of how nodes may end, as one formula over faults.
 */
import type { Formula } from '../../core/circuit.js';
import type { Work } from '../../core/work.js';
import type { FaultSpace } from '../../faults/space.js';
import type { Oracle } from '../../solver/oracle.js';
import type { LineageStep } from '../port.js';
import type { Outcomes, Passes } from './outcomes.js';
import type { Unrolled } from './unroll.js';

/** A call of the check is as much work as so many gates. */
const CHECK_WORK = 10;

export interface Known {
  /** True only in scenarios in which the outcome is known not to be a violation. */
  readonly holds: Formula;
  /** Whether that is all of them. */
  readonly exact: boolean;
}

/**
 * 'Known to hold', from what may happen and from what the check says of it; steps as the check is asked.
 * @param everyTick for each tick of which something is promised
 * @param asks most calls of the check without a run, ever
 */
export function* knownToHold(
  { circuit, bounds }: FaultSpace,
  { candidates, ticks, gaps, truths }: Unrolled,
  outcomes: Outcomes,
  everyTick: readonly Outcomes[],
  asks: number,
  oracle: Oracle,
): Work<Known, LineageStep> {
  const asked = (asking: Work<Passes, number>): Work<Passes, LineageStep> =>
    asStep(asking, (calls) => ({ tick: bounds.eot, work: circuit.size + oracle.work + calls * CHECK_WORK }));
  const told = [yield* asked(outcomes.formula(circuit, candidates, asks, oracle))];
  for (const [i, parts] of ticks.entries())
    if (everyTick[i]) told.push(yield* asked(everyTick[i].formula(circuit, parts, asks, oracle)));
  const known = circuit.and([...told.map(({ passes }) => passes), -circuit.or(gaps)]);
  return {
    // What is always true changes nothing here, and saves the solver from finding it out.
    holds: circuit.or([known, -circuit.and(truths)]),
    exact: told.every(({ complete }) => complete) && gaps.length === 0,
  };
}

function* asStep(asking: Work<Passes, number>, stepOf: (calls: number) => LineageStep): Work<Passes, LineageStep> {
  let step = asking.next();
  while (!step.done) {
    if (typeof step.value !== 'number') step = asking.next(yield step.value);
    else {
      yield stepOf(step.value);
      step = asking.next();
    }
  }
  return step.value;
}
