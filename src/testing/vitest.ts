/**
 * `import 'ldfi/vitest'`: the matchers, in vitest. Import it in a test file, or name it in `setupFiles`.
 */
import { expect } from 'vitest';
import { type LdfiMatchers, toBreakUnder, toSurvive, toTolerate } from './matchers.js';

expect.extend({ toTolerate, toSurvive, toBreakUnder });

declare module 'vitest' {
  // biome-ignore lint/suspicious/noExplicitAny: as vitest declares it
  interface Assertion<T = any> extends LdfiMatchers<void> {}
  /** A search takes time, so `expect.toTolerate()` inside of another matcher cannot be. */
  interface AsymmetricMatchersContaining extends Omit<LdfiMatchers, 'toTolerate'> {}
}
