/**
 * The same without matchers, for `node:test` and any other runner: a promise that is rejected with the words of the
 * matcher.
 */
import type { Fault } from '../faults/fault.js';
import type { AnySystem } from '../protocol/system/types.js';
import type { GivenBounds } from './check.js';
import type { ReportOptions } from './save.js';
import { survives, type Tolerance, type ToleranceOptions, tolerates } from './tolerance.js';
import { ToleranceError } from './tolerance-error.js';

/**
 * Asserts that nothing within the bounds breaks the protocol's promise.
 *
 * ```ts
 * test('the register survives a crash', () => assertTolerates(protocol, { eot: 8, eff: 4, crashes: 1 }));
 * ```
 * @throws ToleranceError if something does, and if nothing is promised, if it is broken without faults, or if the
 * search stopped early
 */
export async function assertTolerates(
  protocol: unknown,
  bounds: GivenBounds,
  options: ToleranceOptions = {},
): Promise<void> {
  refuseUnlessKept(await tolerates(protocol, bounds, options));
}

function refuseUnlessKept(answer: Tolerance): void {
  if (answer.kind !== 'yes') throw new ToleranceError(answer.message());
}

/**
 * Asserts that one scenario does not break the protocol's promise.
 * @param bounds what is left out is the least that admits the scenario
 * @returns for an asynchronous system a promise
 * @throws ToleranceError if it does, and if the protocol promises nothing or is broken without faults
 */
export function assertSurvives<T>(
  protocol: T,
  scenario: readonly Fault[],
  bounds: GivenBounds = {},
  options: ReportOptions = {},
): T extends AnySystem ? Promise<void> : void {
  const answer = survives(protocol, scenario, bounds, options);
  const done = answer instanceof Promise ? answer.then(refuseUnlessKept) : refuseUnlessKept(answer);
  return done as never;
}
