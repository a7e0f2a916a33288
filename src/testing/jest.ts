/**
 * `import 'ldfi/jest'`: the matchers, in jest (as ESM: `NODE_OPTIONS=--experimental-vm-modules`). Import it in a test
 * file, or name it in `setupFilesAfterEnv`.
 */
import { afterEach, expect } from '@jest/globals';
import { installGuards } from '../protocol/guards/guarded-places.js';
import { type LdfiMatchers, matchersFor } from './matchers.js';

// Before the first line of a module with a protocol, in which it may keep `Date` or `Math.random` for later.
installGuards();

const pending: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const work of pending.splice(0)) await work();
});

expect.extend(matchersFor((work) => void pending.push(work)));

declare module 'expect' {
  interface Matchers<R, T> extends LdfiMatchers<R, T> {}
  /** A search takes time, so `expect.toTolerate()` inside of another matcher cannot be. */
  interface AsymmetricMatchers extends Omit<LdfiMatchers, 'toTolerate'> {}
}

declare global {
  namespace jest {
    /** Of `@types/jest`, for the global `expect`. */
    interface Matchers<R, T> extends LdfiMatchers<R, T> {}
  }
}
