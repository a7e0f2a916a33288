/**
 * Interrupts: Ctrl-C and timeouts as an abort signal, so that what was found is printed and saved. A second Ctrl-C ends at once.
 */
import { EXIT } from './exit.js';
import { complain } from './terminal.js';

export interface Interrupt {
  readonly signal: AbortSignal;
  /** Whether the user interrupted (a timeout does not count). */
  readonly interrupted: () => boolean;
  /** Stops listening. */
  readonly release: () => void;
}

/** @param timeout seconds */
export function interruptible(timeout: number | undefined): Interrupt {
  const controller = new AbortController();
  let interrupted = false;
  const onSignal = (): void => {
    if (interrupted) process.exit(EXIT.inconclusive);
    interrupted = true;
    complain('\nInterrupted: finishing with what was found (press Ctrl-C again to end at once).\n');
    controller.abort();
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  const timer = timeout === undefined ? undefined : setTimeout(() => controller.abort(), timeout * 1000);
  return {
    signal: controller.signal,
    interrupted: () => interrupted,
    release: () => {
      process.off('SIGINT', onSignal);
      process.off('SIGTERM', onSignal);
      clearTimeout(timer);
    },
  };
}
