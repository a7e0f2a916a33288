/**
 * Who searches for a command: this process if there is one job at a time, else a pool, which is ended with the work.
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
  const { jobs = 1, split = 1, strategy, first } = flags;
  if (split > 1 && strategy !== 'lineage')
    throw new LdfiError(
      'bad-options',
      `--split is for the strategy lineage, which ${strategy} is not: leave out --split`,
    );
  if (split > 1 && first)
    throw new LdfiError('bad-options', 'the parts of --split are searched to their end: leave out --first, or --split');
  if (jobs === 1) return work(undefined);
  const { Pool } = await import('./pool.js');
  const pool = new Pool(jobs, flags, keeps, signal, durations);
  try {
    return await work(pool);
  } finally {
    pool.close();
  }
}
