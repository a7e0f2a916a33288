/**
 * Scenarios drawn for importance sampling: from a mixture of distributions in which what breaks the promise is not
 * rare, each with the probability that the rates give it against that of being drawn.
 *
 * The parts are the true distribution (so that no weight exceeds a known bound), distributions with higher rates, and
 * for each counterexample the true one given that its faults happen (Karp, Luby, Madras, "Monte-Carlo approximation
 * algorithms for enumeration problems", 1989). Each is cut down to the scenarios that the bounds admit, and drawn from
 * exactly, along the decision diagram of those (Owen, Zhou, "Safe and effective importance sampling", 2000).
 */
import type { Diagram, Diagrams } from './diagram.js';
import { type LogWeight, logSum, logWeights, type Weights, weightsOf } from './weights.js';

/** Shares of the parts: the true distribution, those with higher rates, counterexamples. */
const SHARES = { plain: 0.2, tilted: 0.3, known: 0.5 } as const;

/** Numbers of faults to expect under higher rates. */
const TILTS = [1, 3] as const;
const EVEN = 2;

/** Most numbers that are kept for all parts together. */
const MOST_WEIGHTS = 8_000_000;
const MOST_KNOWN = 200;

/** The distribution of scenarios: places in the order of the diagram that are true. */
export interface Distribution {
  readonly diagrams: Diagrams;
  /** The scenarios that there may be. */
  readonly admissible: Diagram;
  /** By place in the order. */
  readonly rates: readonly number[];
}

interface Part {
  readonly share: number;
  readonly weights: Weights;
  readonly weight: LogWeight;
  /** How much more often than in truth a scenario is drawn. */
  ratio(scenario: ReadonlySet<number>): number;
}

interface Draw {
  /** Places in the order of the diagram, ascending. */
  readonly scenario: number[];
  /** True probability by that of being drawn, at most `Proposal.most`. */
  readonly weight: number;
}

export interface Proposal {
  readonly most: number;
  draw(): Draw;
}

/**
 * @param counterexamples places in the order of the diagram
 * @param random uniform in [0, 1)
 */
export function proposal(
  distribution: Distribution,
  counterexamples: readonly (readonly number[])[],
  random: () => number,
): Proposal {
  const parts = partsOf(distribution, counterexamples);
  const total = parts.reduce((sum, { share }) => sum + share, 0);
  const ends: number[] = [];
  for (const { share } of parts) ends.push((ends.at(-1) ?? 0) + share / total);
  return {
    most: total / (parts[0] as Part).share,
    draw() {
      const point = random();
      const part = parts[ends.findIndex((end) => point < end)] ?? (parts[0] as Part);
      const scenario = drawn(distribution, part, random);
      const set = new Set(scenario);
      const ratio = parts.reduce((sum, { share, ratio }) => sum + (share / total) * ratio(set), 0);
      return { scenario, weight: 1 / ratio };
    },
  };
}

function partsOf(distribution: Distribution, counterexamples: readonly (readonly number[])[]): Part[] {
  const { diagrams, admissible, rates } = distribution;
  const nodes = diagrams.nodesOf(admissible);
  const part = (share: number, probabilities: readonly number[]) => {
    const weights = weightsOf(probabilities);
    const weight = logWeights(diagrams, nodes, weights);
    return { share, weights, weight, all: weight(admissible) };
  };
  const plain = part(SHARES.plain, rates);
  const higher = [
    ...TILTS.map((mean) => tilted(rates, mean, 0)),
    tilted(
      rates.map((rate) => Math.sign(rate) / 2),
      EVEN,
    ),
  ];
  const tilts = higher.map((probabilities): Part => {
    const it = part(SHARES.tilted / higher.length, probabilities);
    const { yes, no } = it.weights;
    const base = no.reduce((sum, one, i) => sum + one - (plain.weights.no[i] as number), 0) + plain.all - it.all;
    const steps = yes.map(
      (one, i) => one - (no[i] as number) - (plain.weights.yes[i] as number) + (plain.weights.no[i] as number),
    );
    return { ...it, ratio: (set) => Math.exp([...set].reduce((sum, i) => sum + (steps[i] as number), base)) };
  });
  const most = Math.min(MOST_KNOWN, Math.floor(MOST_WEIGHTS / (2 * nodes.length + 1)));
  const known = counterexamples
    .map((faults) => ({ faults, log: faults.reduce((sum, i) => sum + Math.log(rates[i] as number), 0) }))
    .filter(({ log }) => log > Number.NEGATIVE_INFINITY)
    .sort((a, b) => b.log - a.log)
    .slice(0, most);
  const givens = known.map(({ faults }) => {
    const forced = [...rates];
    for (const i of faults) forced[i] = 1;
    const it = part(0, forced);
    const log = it.all + faults.reduce((sum, i) => sum + Math.log(rates[i] as number), 0) - plain.all;
    return { ...it, faults, log };
  });
  const sum = givens.reduce((all, { log }) => logSum(all, log), Number.NEGATIVE_INFINITY);
  const conditioned = givens.map(
    ({ faults, log, ...it }): Part => ({
      ...it,
      share: SHARES.known * Math.exp(log - sum),
      ratio: (set) => (faults.every((i) => set.has(i)) ? Math.exp(-log) : 0),
    }),
  );
  return [{ ...plain, ratio: () => 1 }, ...tilts, ...conditioned];
}

/**
 * Rates with odds so many times higher that about `mean` faults happen.
 * @param least logarithm of the smallest factor: 0 if no rate is to be lower than it was
 */
function tilted(rates: readonly number[], mean: number, least = -700): number[] {
  const goal = Math.min(mean, rates.filter((rate) => rate > 0).length / 2);
  const at = (log: number): number[] => rates.map((rate) => 1 / (1 + ((1 - rate) / rate) * Math.exp(-log)));
  let [from, to] = [least, 700];
  for (let i = 0; i < 60; i++) {
    const middle = (from + to) / 2;
    if (at(middle).reduce((sum, rate) => sum + rate, 0) < goal) from = middle;
    else to = middle;
  }
  return at(to);
}

/** A scenario of one part, variable by variable: given what was drawn before, by the weight of what remains. */
function drawn({ diagrams, admissible }: Distribution, { weights, weight }: Part, random: () => number): number[] {
  const scenario: number[] = [];
  let rest = admissible;
  for (let level = 0; level < diagrams.variables; level++) {
    const [low, high] = [diagrams.low(rest, level), diagrams.high(rest, level)];
    const [yes, no] = [(weights.yes[level] as number) + weight(high), (weights.no[level] as number) + weight(low)];
    const isTrue = random() < Math.exp(yes - logSum(yes, no));
    if (isTrue) scenario.push(level);
    rest = isTrue ? high : low;
  }
  return scenario;
}
