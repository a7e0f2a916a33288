/**
 * What `replayNodes` and `replayLive` resolve to, and what their assertions say of it.
 */
import type { Replay } from '../experiments/replay.js';
import { ToleranceError } from './tolerance-error.js';

/** What some faults did, each time that they were injected. */
export interface Replayed {
  /**
   * - `broken`: they broke the promise at least once;
   * - `kept`: they all happened every time, and it was kept every time;
   * - `missed`: it was not broken, but at times they did not all happen, or an experiment was doubtful;
   * - `not-tried`: the promise is broken without any fault, or nothing can be told.
   */
  readonly standing: 'broken' | 'kept' | 'missed' | 'not-tried';
  /** How often they were injected, broke the promise, and did not all happen. */
  readonly times: number;
  readonly broken: number;
  readonly missed: number;
  /** What broke: with the faults, or without any. */
  readonly why: readonly string[];
  /** Why nothing can be told for sure. */
  readonly reasons: readonly string[];
}

/** What a replay of one set of faults comes to. @throws the signal's reason, if that stopped it */
export function replayedOf({ replayed, broken, reasons }: Replay, signal: AbortSignal | undefined): Replayed {
  signal?.throwIfAborted();
  const { standing = 'not-tried', times = 0, broken: failed = 0, missed = 0, why = [] } = replayed[0] ?? {};
  return { standing, times, broken: failed, missed, why: broken.length > 0 ? broken : why, reasons };
}

/**
 * @param faults in words
 * @throws ToleranceError unless the promise was kept with the faults, every time
 */
export function assertKept({ standing, times, broken, missed, why, reasons }: Replayed, faults: string): void {
  if (standing === 'kept') return;
  const list = (lines: readonly string[]): string => lines.map((line) => `\n  ${line}`).join('');
  if (standing === 'broken')
    throw new ToleranceError(`the promise is broken, ${broken} of ${times} times, by ${faults}${list(why)}`);
  if (why.length > 0)
    throw new ToleranceError(`without any fault the promise is broken, so this test says nothing${list(why)}`);
  const [first] = reasons;
  throw new ToleranceError(
    first === undefined
      ? `in ${missed} of ${times} times it did not happen: ${faults}. What the calls or messages are may have changed: search again, and pin what is found then`
      : `nothing can be told of ${faults}${list(reasons)}`,
  );
}
