/**
 * Promises that are rejected and that nobody waits for: a handler may have started one, against the rules. Node would end the process with a stack trace and
 * the exit code of a counterexample; here it is a mistake like others, and what was found is kept.
 */
import { escapeText } from '../dedalus/frame.js';
import { complain } from './terminal.js';

let seen = false;

/** Listens from now on. */
export function watchRejections(): void {
  process.on('unhandledRejection', (reason) => {
    if (seen) return;
    seen = true;
    const text = reason instanceof Error ? `${reason.name}: ${reason.message}` : String(reason);
    complain(
      `error: a promise that nobody waits for was rejected (${escapeText(text)}): handlers run to completion. Send a message or set a timer for what comes later\n`,
    );
  });
}

/** Whether there was one. */
export const wasRejected = (): boolean => seen;
