/**
 * Which checks belong to a shard: the longest first, each to the shard that has least to do so far (longest processing
 * time first; R. L. Graham, "Bounds on Multiprocessing Timing Anomalies", 1969).
 *
 * ```
 * cut(['a', 'b', 'c'], { a: 9, b: 4, c: 4 }, 2); // [[0], [1, 2]]
 * ```
 * The same checks and durations give the same shards on every machine.
 */

/** Milliseconds by label of a check. */
export type Durations = Readonly<Record<string, number>>;

/**
 * @param labels of all checks
 * @param durations a check without one is taken to last as long as the others do on average
 * @param of how many shards
 * @returns for each shard the numbers of its checks, from 0, in their order
 */
export function cut(labels: readonly string[], durations: Durations, of: number): number[][] {
  const known = labels.flatMap((label) => (Object.hasOwn(durations, label) ? [durations[label] ?? 0] : []));
  const usual = known.length === 0 ? 1 : known.reduce((sum, it) => sum + it, 0) / known.length;
  const lasting = labels.map((label, index) => ({
    index,
    // None is for nothing, or all that last no time would be in one shard.
    took: Math.max(1, Object.hasOwn(durations, label) ? (durations[label] ?? 0) : usual),
  }));
  const shards = Array.from({ length: of }, () => ({ load: 0, checks: [] as number[] }));
  for (const { index, took } of lasting.sort((a, b) => b.took - a.took || a.index - b.index)) {
    const least = shards.reduce((best, shard) => (shard.load < best.load ? shard : best));
    least.load += took;
    least.checks.push(index);
  }
  return shards.map(({ checks }) => checks.sort((a, b) => a - b));
}
