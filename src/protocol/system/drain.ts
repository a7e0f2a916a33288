/**
 * Draining: all promises go on that can, and what `process.nextTick` was given runs, before anything else happens.
 *
 * Node does this after every callback of its own. `process._tickCallback` is the same on demand; it has been there since
 * Node 0.10, under this name, for whoever drives an event loop of their own.
 */
import { invariant, LdfiError } from '../../core/invariant.js';
import { type AnyFunction, replaceableOf } from '../guards/guarded-functions.js';

interface Process {
  readonly _tickCallback?: () => void;
  nextTick: AnyFunction;
  on(event: string, listener: (reason: unknown) => void): void;
  off(event: string, listener: (reason: unknown) => void): void;
  listeners(event: string): ((reason: unknown) => void)[];
}

const { process } = globalThis as unknown as { process: Process };

/** Who hears of promises that reject with nobody to catch them. */
let hears: ((error: unknown) => void) | undefined;
const listener = (reason: unknown): void => hears?.(reason);

/**
 * @param fail told of whatever is thrown meanwhile, and of promises that reject with nobody to catch them
 */
export function drain(fail: (error: unknown) => void): void {
  hears = fail;
  for (let over = false; !over; ) {
    try {
      process._tickCallback?.();
      over = true;
    } catch (error) {
      fail(error);
    }
  }
  hears = undefined;
}

/**
 * Work that drains. Nobody else hears of promises that reject in it.
 * @throws LdfiError where promises cannot be drained
 */
export function draining<T>(work: () => T): T {
  refuseWithoutDrain();
  const event = 'unhandledRejection';
  const others = process.listeners(event);
  for (const other of others) process.off(event, other);
  process.on(event, listener);
  // Some test runners put Node's own back where a guard stood.
  const { nextTick } = process;
  process.nextTick = replaceableOf(nextTick, 'process.nextTick');
  try {
    return work();
  } finally {
    process.nextTick = nextTick;
    process.off(event, listener);
    for (const other of others) process.on(event, other);
  }
}

function refuseWithoutDrain(): void {
  if (typeof process?._tickCallback !== 'function')
    throw new LdfiError('bad-protocol', 'this runtime cannot run asynchronous systems: it is not Node');
  let drained = false;
  void Promise.resolve().then(() => {
    drained = true;
  });
  process._tickCallback();
  invariant(drained, 'promises go on when they are drained: not within one');
}
