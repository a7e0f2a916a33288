/**
 * Lets the event loop turn, so that an abort (Ctrl-C, a timeout) is seen in the middle of long work.
 *
 * By a message to ourselves: a test suite may have put timers out of action, from before this was loaded, and nobody
 * fakes messages. A channel serves once, because one that is answered at once is served again before anything else has
 * its turn.
 */
const { setTimeout: later } = globalThis;

export function pause(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof MessageChannel !== 'function') {
      later(resolve, 0);
      return;
    }
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}
