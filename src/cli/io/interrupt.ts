/**
 * Interrupts: Ctrl-C, a closed terminal and timeouts as an abort signal, so that what was found is printed and saved. A
 * second Ctrl-C ends at once.
 */
import { EXIT } from '../../report/meaning.js';
import { complain } from './terminal.js';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

export interface Interrupt {
  readonly signal: AbortSignal;
  /** Whether the user interrupted (a timeout does not count). */
  readonly interrupted: () => boolean;
  /** Stops listening. */
  readonly release: () => void;
}

/**
 * Work under an interrupt.
 * @param timeout seconds
 * @param early what it comes to if it is interrupted before anything was searched
 */
export async function underInterrupt<T>(
  timeout: number | undefined,
  work: (interrupt: Interrupt) => Promise<T>,
  early: () => T,
): Promise<T> {
  const interrupt = interruptible(timeout);
  try {
    return await work(interrupt);
  } catch (error) {
    if (!interrupt.signal.aborted || error !== interrupt.signal.reason) throw error;
    complain('error: it was stopped before it was loaded\n');
    return early();
  } finally {
    interrupt.release();
  }
}

/** @param timeout seconds */
function interruptible(timeout: number | undefined): Interrupt {
  const controller = new AbortController();
  let interrupted = false;
  const onSignal = (): void => {
    if (interrupted) process.exit(EXIT.inconclusive);
    interrupted = true;
    complain('\nInterrupted: finishing with what was found (press Ctrl-C again to end at once).\n');
    controller.abort();
  };
  for (const name of SIGNALS) process.on(name, onSignal);
  const timer = timeout === undefined ? undefined : setTimeout(() => controller.abort(), timeout * 1000);
  timer?.unref();
  return {
    signal: controller.signal,
    interrupted: () => interrupted,
    release: () => {
      for (const name of SIGNALS) process.off(name, onSignal);
      clearTimeout(timer);
    },
  };
}
