/**
 * Who searches for a command: this process if there is one job at a time, else a pool, or the workers of a queue. It is
 * ended with the work.
 */
import { LdfiError } from '../../core/invariant.js';
import type { Searcher, SearchFlags } from '../commands/search.js';
import type { Durations } from '../shards/cut.js';

/**
 * @param keeps whether what was learned of a protocol is kept
 * @param work is given nobody where this process is to search itself
 * @param durations how long checks took before, where that is known
 * @throws LdfiError 'bad-options' if such a search cannot be split
 */
export async function withSearcher<T>(
  flags: SearchFlags,
  keeps: boolean,
  signal: AbortSignal,
  work: (searcher: Searcher | undefined) => Promise<T>,
  durations: Durations = {},
): Promise<T> {
  const { jobs = 1, split = 1, queue, strategy, first } = flags;
  if (split > 1 && strategy !== 'lineage')
    throw new LdfiError(
      'bad-options',
      `--split is for the strategy lineage, which ${strategy} is not: leave out --split`,
    );
  if (split > 1 && first)
    throw new LdfiError('bad-options', 'the parts of --split are searched to their end: leave out --first, or --split');
  if (jobs === 1 && queue === undefined) return work(undefined);
  const { Crew } = await import('./crew.js');
  if (queue !== undefined) {
    const { Feed } = await import('../queue/feed.js');
    const { link } = await import('../queue/link.js');
    const feed = new Feed(await link(queue), signal);
    try {
      return await work(new Crew(feed, flags, keeps, signal, durations));
    } finally {
      await feed.close();
    }
  }
  const { Pool } = await import('./pool.js');
  const pool = new Pool(jobs, signal);
  try {
    return await work(new Crew(pool, flags, keeps, signal, durations));
  } finally {
    pool.close();
  }
}
