/**
 * What old states a store may show, and to whom: the contracts of `lin-kv`, `seq-kv` and `lww-kv`.
 *
 * * Linearizable: none.
 * * Sequentially consistent: there is one order of all requests, in which those of one client are in the order in
 *   which they came. So a client may be shown any state since the one that it must have seen. Only reads can be old:
 *   what changes the store does so in its newest state, and whoever changed it has seen that.
 * * Last writer wins, eventually consistent: another copy of the store may not know the last change of a key yet,
 *   whoever made it. A `cas` can be decided there, too; what it writes is the newest. Writes win in the order in which
 *   they come.
 *
 * Sequential consistency: Lamport, 'How to make a multiprocessor computer that correctly executes multiprocess
 * programs', 1979. Last writer wins: Johnson and Thomas, RFC 677, 1975.
 */
import type { Versions } from './versions.js';

export interface Consistency {
  /** Types of requests that may be answered from an old state. */
  readonly old: readonly string[];
  /** The oldest version that a client may be answered from. */
  oldest(versions: Versions, key: string, client: string): number;
  /** A client was answered from the newest version. @param changed whether its request changed the store */
  sawNewest(versions: Versions, key: string, client: string, changed: boolean): void;
}

export const linearizable = (): Consistency => ({
  old: [],
  oldest: ({ newest }) => newest,
  sawNewest: () => undefined,
});

export function sequential(): Consistency {
  /** By client: the earliest version at which its last request can have been. */
  const seen = new Map<string, number>();
  const oldest = (client: string): number => seen.get(client) ?? 0;
  return {
    old: ['read'],
    oldest: (_, __, client) => oldest(client),
    sawNewest(versions, key, client, changed) {
      seen.set(client, changed ? versions.newest : versions.earliestAsNow(key, oldest(client)));
    },
  };
}

export const lastWriterWins = (): Consistency => ({
  old: ['read', 'cas'],
  oldest: (versions, key) => versions.beforeLastChange(key),
  sawNewest: () => undefined,
});
