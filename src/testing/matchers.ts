/**
 * Matchers for test suites: `expect(protocol).toTolerate({ crashes: 1, eff: 4, eot: 8 })`, `toSurvive(scenario)`,
 * `toBreakUnder(scenario)`.
 *
 * They fit vitest and jest alike, which share the protocol of `expect.extend`. Negation is not the mere opposite: what
 * says nothing fails either way.
 */
import type { Awaitable } from '../core/work.js';
import type { Fault } from '../faults/fault.js';
import type { AnySystem } from '../protocol/system/types.js';
import type { GivenBounds } from './check.js';
import type { ReportOptions } from './save.js';
import { survives, type Tolerance, type ToleranceOptions, tolerates } from './tolerance.js';

/** What a runner gives to a matcher as `this`, as far as it is used. */
interface MatcherState {
  readonly isNot?: boolean | undefined;
  readonly testPath?: string | undefined;
}

interface MatcherResult {
  readonly pass: boolean;
  message(): string;
}

/** Of one scenario a protocol gives the answer at once. That of an asynchronous system is to be awaited. */
type Soon<R, T> = T extends AnySystem ? Promise<R> : R;

/** The matchers, as they are called in a test; `R` is what they return there, `T` what is expected of. */
export interface LdfiMatchers<R = unknown, T = unknown> {
  /**
   * Searches: within these bounds (what is left out is eot 6, eff 3, crashes 0) nothing breaks the protocol's promise.
   * To be awaited.
   */
  toTolerate(bounds: GivenBounds, options?: ToleranceOptions): Promise<R>;
  /** This one scenario does not break it. */
  toSurvive(scenario: readonly Fault[], bounds?: GivenBounds, options?: ReportOptions): Soon<R, T>;
  /** This one scenario breaks it. */
  toBreakUnder(scenario: readonly Fault[], bounds?: GivenBounds, options?: ReportOptions): Soon<R, T>;
}

/** Has work done when the test under way is over; what it throws fails that test. */
export type AfterTest = (work: () => Promise<void>) => void;

/** The matchers, for a runner. */
export function matchersFor(afterTest: AfterTest) {
  /** @param name of the matcher */
  const wantedOf = (
    name: string,
    kind: 'yes' | 'no',
    { isNot = false }: MatcherState,
    answer: Awaitable<Tolerance>,
  ): Awaitable<MatcherResult> =>
    answer instanceof Promise
      ? failUnlessAwaited(
          afterTest,
          name,
          answer.then((it) => wanted(it, kind, isNot)),
          isNot,
        )
      : wanted(answer, kind, isNot);
  return {
    toTolerate(this: MatcherState, protocol: unknown, bounds: GivenBounds, options?: ToleranceOptions) {
      return wantedOf('toTolerate', 'yes', this, tolerates(protocol, bounds, options, this.testPath));
    },

    toSurvive(
      this: MatcherState,
      protocol: unknown,
      scenario: readonly Fault[],
      bounds?: GivenBounds,
      options?: ReportOptions,
    ) {
      return wantedOf('toSurvive', 'yes', this, survives(protocol, scenario, bounds, options, this.testPath));
    },

    toBreakUnder(
      this: MatcherState,
      protocol: unknown,
      scenario: readonly Fault[],
      bounds?: GivenBounds,
      options?: ReportOptions,
    ) {
      return wantedOf('toBreakUnder', 'no', this, survives(protocol, scenario, bounds, options, this.testPath));
    },
  };
}

/**
 * A test that does not wait for a matcher ends before it: then the test waits after all, and fails as it would have.
 * The matcher itself passes then, lest its rejection, which nobody handles, ends the process.
 */
function failUnlessAwaited(
  afterTest: AfterTest,
  name: string,
  result: Promise<MatcherResult>,
  isNot: boolean,
): Promise<MatcherResult> {
  let isSettled = false;
  let isOver = false;
  afterTest(async () => {
    if (isSettled) return;
    isOver = true;
    const { pass, message } = await result;
    if (pass === isNot) throw new Error(`${name} was not awaited: await expect(…).${name}(…). ${message()}`);
  });
  const settle = (answer: () => MatcherResult): MatcherResult => {
    isSettled = true;
    return isOver ? { pass: !isNot, message: () => '' } : answer();
  };
  return result.then(
    (answer) => settle(() => answer),
    (error: unknown) =>
      settle(() => {
        throw error;
      }),
  );
}

/** An answer that is neither is wrong, whichever was wanted. */
function wanted(answer: Tolerance, kind: 'yes' | 'no', isNot: boolean): MatcherResult {
  const pass = answer.kind === 'neither' ? isNot : answer.kind === kind;
  return { pass, message: () => answer.message() };
}
