/**
 * A seeded pseudo-random generator: `mulberry32` (Tommy Ettinger, 2017; public domain). Small, fast, and the
 * same on every machine; not for secrets. Randomness enters the project only through an explicit seed.
 */

/** Returns a function that gives uniform integers in `[0, bound)`. Equal seeds give equal sequences. */
export function prng(seed: number): (bound: number) => number {
  let state = seed >>> 0;
  return (bound) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4294967296) * bound);
  };
}
