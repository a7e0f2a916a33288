/**
 * Lets the event loop turn, so that an abort (Ctrl-C, a timeout) is seen in the middle of long work.
 *
 * By a message to ourselves: a test suite may have put timers out of action, from before this was loaded, and nobody
 * fakes messages. A channel serves once, because one that is answered at once is served again before anything else has
 * its turn.
 */
const { setTimeout: later } = globalThis;
/** It does not wait for the operating system, as messages do. One that a test suite has faked has a `clock`. */
const { setImmediate: soon } = globalThis as { setImmediate?: (call: () => void) => unknown };

export const pause = (): Promise<void> => byMessage(() => undefined);

/**
 * Does work at the beginning of a turn of the event loop, when no promise waits to go on.
 * @returns a promise of what it comes to; it rejects with what it throws
 */
export function inTurn<T>(work: () => T): Promise<T> {
  if (!soon || 'clock' in soon) return byMessage(work);
  return new Promise((resolve, reject) => void soon(() => settle(work, resolve, reject)));
}

function settle<T>(work: () => T, resolve: (value: T) => void, reject: (reason: unknown) => void): void {
  try {
    resolve(work());
  } catch (error) {
    reject(error);
  }
}

function byMessage<T>(work: () => T): Promise<T> {
  return new Promise((resolve, reject) => {
    const done = (): void => settle(work, resolve, reject);
    if (typeof MessageChannel !== 'function') {
      later(done, 0);
      return;
    }
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      done();
    };
    port2.postMessage(undefined);
  });
}
