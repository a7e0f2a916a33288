/**
 * `node:timers/promises` in the virtual world.
 */
import type { Life } from './life.js';

interface Options {
  readonly signal?: AbortSignal;
}

/** Waits for what `begin` begins; a signal ends it. */
function waiting<T>(life: Life, value: T, { signal }: Options, begin: (done: () => void) => unknown): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = (): Error => aborted(signal);
    if (signal?.aborted) {
      reject(stop());
      return;
    }
    const abort = (): void => {
      life.timers.clear(timer);
      reject(stop());
    };
    const timer = begin(() => {
      signal?.removeEventListener('abort', abort);
      resolve(value);
    });
    signal?.addEventListener('abort', abort, { once: true });
  });
}

/** As Node says it. */
const aborted = (signal: AbortSignal | undefined): Error =>
  Object.assign(new Error('The operation was aborted', { cause: signal?.reason }), {
    name: 'AbortError',
    code: 'ABORT_ERR',
  });

async function* repeated(life: Life, delay: unknown, value: unknown, options: Options): AsyncGenerator<unknown> {
  for (;;) yield await waiting(life, value, options, (done) => life.timers.after(done, delay, false));
}

export const promised = {
  'setTimeout of node:timers/promises': (life: Life, delay: unknown, value: unknown, options: Options = {}) =>
    waiting(life, value, options, (done) => life.timers.after(done, delay, false)),
  'setImmediate of node:timers/promises': (life: Life, value: unknown, options: Options = {}) =>
    waiting(life, value, options, (done) => life.timers.next(done)),
  'setInterval of node:timers/promises': (life: Life, delay: unknown, value: unknown, options: Options = {}) =>
    repeated(life, delay, value, options),
};
