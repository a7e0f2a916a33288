/**
 * `import 'ldfi/vitest'`: the matchers, in vitest. Import it in a test file, or name it in `setupFiles`.
 */
import { expect, onTestFinished } from 'vitest';
import { installGuards } from '../protocol/guards/guarded-places.js';
import { type AfterTest, type LdfiMatchers, matchersFor } from './matchers.js';

// Before the first line of a module with a protocol, in which it may keep `Date` or `Math.random` for later.
installGuards();

/**
 * Outside of a test, and in tests that run beside others, vitest knows no test to wait for; a rejection that nobody
 * handles fails the run there.
 */
const afterTest: AfterTest = (work) => {
  try {
    onTestFinished(work);
  } catch {}
};

expect.extend(matchersFor(afterTest));

declare module 'vitest' {
  // biome-ignore lint/suspicious/noExplicitAny: as vitest declares it
  interface Assertion<T = any> extends LdfiMatchers<void, T> {}
  /** A search takes time, so `expect.toTolerate()` inside of another matcher cannot be. */
  interface AsymmetricMatchersContaining extends Omit<LdfiMatchers, 'toTolerate'> {}
}
