/**
 * Long work with pauses, in which an abort is seen.
 */
import { pause } from '../core/event-loop.js';
import type { LineageStep } from '../lineage/port.js';

/** Work between two turns of the event loop; a turn is not free while WebAssembly is being compiled. */
const STRETCH = 2_000;

/** Passes steps on. @throws the signal's reason when it is aborted */
export async function* paced<T>(
  steps: AsyncGenerator<LineageStep, T>,
  signal: AbortSignal | undefined,
): AsyncGenerator<LineageStep, T> {
  let step = await steps.next();
  for (let rested = 0; !step.done; step = await steps.next()) {
    yield step.value;
    if (step.value.work - rested > STRETCH) {
      rested = step.value.work;
      await pause();
    }
    signal?.throwIfAborted();
  }
  return step.value;
}
