/**
 * Requests: a message that is sent, and a promise of what answers it.
 */
import { clonePlain } from '../data/plain.js';
import type { Life } from './life.js';
import type { Request } from './parcel.js';

export interface AskOptions {
  /** Milliseconds after which the promise rejects with a TimeoutError; for ever if left out. */
  readonly timeout?: number | undefined;
  readonly signal?: AbortSignal | null | undefined;
}

/**
 * @returns a promise of the answer's data; it rejects with an Error that says what the receiver threw, and with the
 * signal's reason
 */
export function ask(life: Life, request: Omit<Request, 'id'>, { timeout, signal }: AskOptions): Promise<unknown> {
  const id = ++life.requests;
  const { to } = request;
  return new Promise((resolve, reject) => {
    const giveUp = (reason: unknown): void => {
      if (life.waiting.delete(id)) reject(reason as Error);
    };
    if (signal?.aborted) {
      reject(signal.reason as Error);
      return;
    }
    life.sent.push({ ...request, id });
    const late =
      timeout === undefined ? undefined : life.timers.after(() => giveUp(timedOut(to, timeout)), timeout, false);
    const abort = (): void => {
      life.timers.clear(late);
      giveUp(signal?.reason);
    };
    signal?.addEventListener('abort', abort, { once: true });
    life.waiting.set(id, {
      to,
      settle: (parcel) => {
        life.waiting.delete(id);
        life.timers.clear(late);
        signal?.removeEventListener('abort', abort);
        if (parcel.kind === 'error') reject(new Error(String(parcel.data.copy)));
        else resolve(clonePlain(parcel.data.copy));
      },
    });
  });
}

const timedOut = (to: string, timeout: number): Error =>
  Object.assign(new Error(`${to} has not answered within ${timeout} ms`), { name: 'TimeoutError' });
