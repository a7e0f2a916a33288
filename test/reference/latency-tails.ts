/**
 * How long reads and writes of a quorum take under mixtures of Pareto and exponential latencies: by numeric integration,
 * without a single random number, and apart from the engine.
 */

/** A mixture: a share of Pareto (scale, shape), the rest exponential (rate). */
export interface Leg {
  readonly share: number;
  readonly scale: number;
  readonly shape: number;
  readonly rate: number;
}

const tail = ({ share, scale, shape, rate }: Leg, x: number): number =>
  share * (x <= scale ? 1 : (scale / x) ** shape) + (1 - share) * Math.exp(-rate * Math.max(0, x));

/** The latency that is exceeded with a probability. */
function inverseTail(leg: Leg, probability: number): number {
  let [low, high] = [0, 1];
  while (tail(leg, high) > probability) high *= 2;
  for (let i = 0; i < 80; i++) {
    const middle = (low + high) / 2;
    if (tail(leg, middle) > probability) low = middle;
    else high = middle;
  }
  return high;
}

/** Points of the first leg: the middles of equally probable pieces, the last of which are cut again and again. */
function pieces(leg: Leg): [latency: number, weight: number][] {
  const list: [number, number][] = [];
  for (let rest = 1; rest > 1e-7; rest /= 2)
    for (let i = 0; i < 200; i++) list.push([inverseTail(leg, rest * (1 - (i + 0.5) / 400)), rest / 400]);
  return list;
}

/** That at least `needed` of independent events happen. */
function atLeast(needed: number, chances: readonly number[]): number {
  let counts = [1];
  for (const chance of chances)
    counts = Array.from(
      { length: counts.length + 1 },
      (_, i) => (counts[i] ?? 0) * (1 - chance) + (counts[i - 1] ?? 0) * chance,
    );
  return counts.slice(needed).reduce((sum, chance) => sum + chance, 0);
}

/**
 * The time within which so many of all replicas have answered, with this probability.
 * @param remote ms more, each way, to all but the first
 */
export function answeredWithin(there: Leg, back: Leg, n: number, needed: number, quantile: number, remote = 0): number {
  const first = pieces(there);
  const within = (x: number): number =>
    1 - first.reduce((sum, [latency, weight]) => sum + weight * (latency >= x ? 1 : tail(back, x - latency)), 0);
  let [low, high] = [0, 1e5];
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    const near = within(middle);
    const far = remote > 0 ? within(middle - 2 * remote) : near;
    const chances = Array.from({ length: n }, (_, replica) => (replica === 0 ? near : far));
    if (atLeast(needed, chances) < quantile) low = middle;
    else high = middle;
  }
  return high;
}
