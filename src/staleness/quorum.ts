/**
 * What a partial quorum promises by its numbers alone: closed forms, exact.
 *
 * N replicas have a value; a write is done when W of them have it, a read when R have answered. The forms take the
 * replicas of each to be any, equally probable, and the write to reach no others.
 *
 * ```ts
 * asNumber(missed({ n: 3, r: 1, w: 1 })); // 2/3: the read meets no replica of the write
 * ```
 * Source: Bailis et al., "Probabilistically bounded staleness for practical partial quorums" (VLDB 2012), §3.
 */

export interface Quorum {
  readonly n: number;
  readonly r: number;
  readonly w: number;
}

/** A probability as a fraction in lowest terms. */
export interface Fraction {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** Whether every read meets every write that is done. */
export const isStrict = ({ n, r, w }: Quorum): boolean => r + w > n;

/** That a read meets no replica of one write: C(N − W, R) / C(N, R). */
export const missed = ({ n, r, w }: Quorum): Fraction => lowest(choose(n - w, r), choose(n, r));

/** That a read gives none of the last `versions` versions. */
export function stale(quorum: Quorum, versions: number): Fraction {
  const { numerator, denominator } = missed(quorum);
  return { numerator: numerator ** BigInt(versions), denominator: denominator ** BigInt(versions) };
}

/**
 * That a read gives an older version than the read before it of the same client.
 * @param writes how many there are, of all clients, for each read of that client (γw / γr)
 */
export const goesBack = (quorum: Quorum, writes: number): number => asNumber(missed(quorum)) ** (1 + writes);

/** The complement of a probability. */
export const complement = ({ numerator, denominator }: Fraction): Fraction => ({
  numerator: denominator - numerator,
  denominator,
});

/** The nearest number, however many digits the fraction has. */
export function asNumber({ numerator, denominator }: Fraction): number {
  const bits = Math.max(0, bitsOf(denominator) - bitsOf(numerator) + 64);
  return Number((numerator << BigInt(bits)) / denominator) * 2 ** -bits;
}

const bitsOf = (value: bigint): number => value.toString(2).length;

function lowest(numerator: bigint, denominator: bigint): Fraction {
  let [a, b] = [denominator, numerator];
  while (b > 0n) [a, b] = [b, a % b];
  return { numerator: numerator / a, denominator: denominator / a };
}

function choose(n: number, k: number): bigint {
  if (k > n) return 0n;
  let product = 1n;
  for (let i = 1; i <= k; i++) product = (product * BigInt(n - k + i)) / BigInt(i);
  return product;
}
