/**
 * `import 'ldfi/vitest'`: the matchers, in vitest. Import it in a test file, or name it in `setupFiles`.
 */
import { expect } from 'vitest';
import { putGates } from '../protocol/gatehouse.js';
import { type LdfiMatchers, toBreakUnder, toSurvive, toTolerate } from './matchers.js';

// Before the first line of a module with a protocol, in which it may keep `Date` or `Math.random` for later.
putGates();
expect.extend({ toTolerate, toSurvive, toBreakUnder });

declare module 'vitest' {
  // biome-ignore lint/suspicious/noExplicitAny: as vitest declares it
  interface Assertion<T = any> extends LdfiMatchers<void> {}
  /** A search takes time, so `expect.toTolerate()` inside of another matcher cannot be. */
  interface AsymmetricMatchersContaining extends Omit<LdfiMatchers, 'toTolerate'> {}
}
