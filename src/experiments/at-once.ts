/**
 * Work on many items, so much of it at once as is allowed.
 *
 * ```ts
 * await atOnce(4, sets, async (faults) => learn(await system.run(faults)));
 * ```
 */

/**
 * Does some work for each item, begun in their order. After a failure no more work is begun. What is under way ends
 * before this does.
 * @param most items at once, at least 1
 * @returns what the work gave, in the order of the items
 * @throws what the work throws first
 */
export async function atOnce<T, R>(most: number, items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const queue = [...items.entries()];
  const results: R[] = [];
  const failures: unknown[] = [];
  const worker = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined && failures.length === 0; next = queue.shift()) {
      const [i, item] = next;
      try {
        results[i] = await work(item);
      } catch (error) {
        failures.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(most, items.length) }, worker));
  if (failures.length > 0) throw failures[0];
  return results;
}
