/**
 * Subsets of a list, by size.
 *
 * ```ts
 * [...subsetsOfSize(['a', 'b', 'c'], 2)]; // [['a', 'b'], ['a', 'c'], ['b', 'c']]
 * ```
 */

/**
 * The subsets of `items` with exactly `size` members, in lexicographic order of position.
 * @param fits whether an item may join the members chosen before it; subsets without are not even begun
 */
export function* subsetsOfSize<T>(
  items: readonly T[],
  size: number,
  fits: (members: readonly T[], item: T) => boolean = () => true,
): Generator<readonly T[]> {
  const members: T[] = [];
  function* extend(from: number): Generator<readonly T[]> {
    if (members.length === size) {
      yield [...members];
      return;
    }
    for (let i = from; i <= items.length - (size - members.length); i++) {
      const item = items[i] as T;
      if (!fits(members, item)) continue;
      members.push(item);
      yield* extend(i + 1);
      members.pop();
    }
  }
  yield* extend(0);
}
