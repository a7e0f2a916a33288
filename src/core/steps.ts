/**
 * Long work as a generator that yields now and then: driven at once, or with pauses in which an abort is seen.
 */
import { pause } from './pause.js';

/** Does all of it at once. */
export function atOnce<T>(steps: Generator<unknown, T>): T {
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}

/** Does all of it, with a pause at each yield. @throws the signal's reason when it is aborted */
export async function withPauses<T>(steps: Generator<unknown, T>, signal: AbortSignal | undefined): Promise<T> {
  let step = steps.next();
  while (!step.done) {
    await pause();
    signal?.throwIfAborted();
    step = steps.next();
  }
  return step.value;
}

/** Counts work; true each time that so much has been done that it is time to yield. */
export function strides(length: number): (work: number) => boolean {
  let left = length;
  return (work) => {
    left -= work;
    if (left > 0) return false;
    left = length;
    return true;
  };
}
