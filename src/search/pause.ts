/**
 * Lets the event loop turn, so that an abort (Ctrl-C, a timeout) is seen in the middle of long work.
 */
export function pause(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof setImmediate === 'function') setImmediate(resolve);
    else setTimeout(resolve, 0);
  });
}
