/**
 * `import 'ldfi/jest'`: the matchers, in jest (as ESM: `NODE_OPTIONS=--experimental-vm-modules`). Import it in a test file, or name it in `setupFilesAfterEnv`.
 */
import { expect } from '@jest/globals';
import { type LdfiMatchers, toBreakUnder, toSurvive, toTolerate } from './matchers.js';

expect.extend({ toTolerate, toSurvive, toBreakUnder });

declare module 'expect' {
  interface Matchers<R> extends LdfiMatchers<R> {}
  /** A search takes time, so `expect.toTolerate()` inside of another matcher cannot be. */
  interface AsymmetricMatchers extends Omit<LdfiMatchers, 'toTolerate'> {}
}

declare global {
  namespace jest {
    /** Of `@types/jest`, for the global `expect`. */
    interface Matchers<R> extends LdfiMatchers<R> {}
  }
}
