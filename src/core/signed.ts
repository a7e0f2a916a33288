/**
 * Order of signed numbers: formulas of a circuit and ground literals, whose sign is their negation. A number and its
 * negation end up side by side, the positive one first.
 */
const bySize = (a: number, b: number): number => Math.abs(a) - Math.abs(b) || b - a;

/** Up to so many, sorting by insertion is faster than by the engine, which copies. */
const SHORT = 16;

/** Sorts in place. @returns the same array */
export function sortSigned(items: number[]): number[] {
  if (items.length > SHORT) return items.sort(bySize);
  for (let i = 1; i < items.length; i++) {
    const item = items[i] as number;
    let at = i;
    for (; at > 0 && bySize(items[at - 1] as number, item) > 0; at--) items[at] = items[at - 1] as number;
    items[at] = item;
  }
  return items;
}
