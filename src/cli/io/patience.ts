/**
 * Time to work in, for work that is divided: each part is told when its share is over.
 */
import type { Patience } from '../../frontier/frontier.js';

/**
 * @param signal ends all of it
 * @param seconds no limit if left out
 */
export function patience(signal: AbortSignal, seconds = Number.POSITIVE_INFINITY): Patience {
  return until(signal, performance.now() + seconds * 1_000);
}

function until(outer: AbortSignal, deadline: number): Patience {
  const left = (): number => Math.max(0, deadline - performance.now());
  const signal = Number.isFinite(deadline)
    ? AbortSignal.any([outer, AbortSignal.timeout(Math.ceil(Math.min(left(), 2 ** 31 - 1)))])
    : outer;
  return { signal, part: (of) => until(outer, performance.now() + left() / of) };
}
