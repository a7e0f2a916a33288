/**
 * Time to work in, for work that is divided: each part is told when its share is over.
 */
import type { Patience } from '../../frontier/frontier.js';

/** @param signal ends all of it */
export const patience = (signal: AbortSignal, seconds: number): Patience =>
  until(signal, performance.now() + seconds * 1_000);

function until(outer: AbortSignal, deadline: number): Patience {
  const left = (): number => Math.max(0, deadline - performance.now());
  // A timer that is due at once would be told of too late.
  const over = left() > 0 ? AbortSignal.timeout(Math.ceil(Math.min(left(), 2 ** 31 - 1))) : AbortSignal.abort();
  const signal = AbortSignal.any([outer, over]);
  return { signal, part: (of) => until(outer, performance.now() + left() / of) };
}
