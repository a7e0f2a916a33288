/**
 * Confidence intervals of what was sampled: of a share (Wilson, 1927) and of a quantile, by order statistics.
 *
 * All are two-sided, of 95 %.
 */

/** Two-sided 95 % of the normal distribution. */
export const Z = 1.959963984540054;

/** What is left on either side. */
const TAIL = 0.025;

/** A weight that adds nothing to a sum of at least 1. */
const NOTHING = 1e-18;

/** The interval of a probability of which `hits` of `samples` (at least one) were seen. */
export function shareInterval(hits: number, samples: number): readonly [least: number, most: number] {
  const share = hits / samples;
  const z2 = (Z * Z) / samples;
  const middle = (share + z2 / 2) / (1 + z2);
  const half = (Z * Math.sqrt((share * (1 - share)) / samples + z2 / (4 * samples))) / (1 + z2);
  return [hits === 0 ? 0 : Math.max(0, middle - half), hits === samples ? 1 : Math.min(1, middle + half)];
}

/**
 * The ranks, from 1, of the sorted samples between which a quantile is.
 * @param quantile between 0 and 1, neither of them included
 * @returns `least` is 0 and `most` is `samples` + 1 where there are too few samples for a bound
 */
export function quantileRanks(samples: number, quantile: number): readonly [least: number, most: number] {
  // How many samples are below the quantile is binomial: its weights, from the likeliest number outwards.
  const odds = quantile / (1 - quantile);
  const mode = Math.min(samples, Math.floor((samples + 1) * quantile));
  const weights = [1];
  let start = mode;
  for (let weight = 1; start > 0 && weight > NOTHING; start--) {
    weight *= start / ((samples - start + 1) * odds);
    weights.push(weight);
  }
  weights.reverse();
  for (let [weight, count] = [1, mode]; count < samples && weight > NOTHING; count++) {
    weight *= ((samples - count) * odds) / (count + 1);
    weights.push(weight);
  }
  const tail = TAIL * weights.reduce((sum, weight) => sum + weight, 0);
  return [start + beyond(weights, tail), start + weights.length - beyond(weights.reverse(), tail)];
}

/** How many of the first weights come to no more than a sum. */
function beyond(weights: readonly number[], most: number): number {
  let sum = 0;
  return weights.findIndex((weight) => {
    sum += weight;
    return sum > most;
  });
}
