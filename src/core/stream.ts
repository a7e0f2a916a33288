/**
 * Seeded random numbers for long samples: many streams per seed, each far longer than a sample needs.
 *
 * Invariant: a seed and a stream give the same numbers on every machine, and no two streams are shifted copies of each
 * other, as those of `prng.ts` are. Source: Chris Doty-Humphrey's `sfc32` (PractRand; public domain).
 */

/** Rounds after which a small seed has reached all of the state. */
const MIXING = 16;

/**
 * Returns a function that gives uniform numbers between 0 and 1, neither of them included.
 * @param seed an integer of 32 bits
 * @param stream another one: which of the streams of that seed
 */
export function uniformStream(seed: number, stream: number): () => number {
  let a = seed | 0;
  let b = stream | 0;
  let c = 0;
  let counter = 1;
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return ((sum >>> 0) + 0.5) / 4294967296;
  };
  for (let i = 0; i < MIXING; i++) next();
  return next;
}
