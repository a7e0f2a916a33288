/**
 * Lists without what says the same again: the first of each stays.
 */

/** @param keyOf equal for items that say the same */
export function distinctBy<T>(items: readonly T[], keyOf: (item: T) => string): T[] {
  const seen = new Set<string>();
  return items.filter((item) => {
    const key = keyOf(item);
    return !seen.has(key) && seen.add(key);
  });
}
