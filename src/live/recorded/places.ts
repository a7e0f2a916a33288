/**
 * Places in a list as text: `0-3 5` is 0, 1, 2, 3 and 5.
 */

/** Places as ranges: `0-3 5`. */
export function toRanges(places: readonly number[]): string {
  const parts: [number, number][] = [];
  for (const place of [...new Set(places)].sort((a, b) => a - b)) {
    const last = parts.at(-1);
    if (last && last[1] === place - 1) last[1] = place;
    else parts.push([place, place]);
  }
  return parts.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`)).join(' ');
}

/** The first and the last place of each range. */
export const rangesOf = (text: string): (readonly [number, number])[] =>
  text
    .split(' ')
    .filter((part) => part !== '')
    .map((part) => {
      const [first, last = first] = part.split('-').map(Number);
      return [first ?? 0, last ?? 0];
    });
