/**
 * Randomness for handlers: a generator whose whole state is one number, which is a part of the node's memory.
 */

/** FNV-1a over the node's name, from the mixed seed: a seed and a name that differ must not make up for each other. */
export function seedOf(seed: number, id: string): number {
  let h = mixed((0x811c9dc5 ^ seed) >>> 0);
  for (let i = 0; i < id.length; i++) h = Math.imul(h ^ id.charCodeAt(i), 0x01000193) >>> 0;
  return h;
}

/** The state that follows. */
export const nextChance = (chance: number): number => (chance + 0x6d2b79f5) >>> 0;

/** mulberry32's output for a state; see core/prng.ts. */
export function mixed(state: number): number {
  let t = Math.imul(state ^ (state >>> 15), state | 1);
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
  return (t ^ (t >>> 14)) >>> 0;
}
