/**
 * Weighted model counting over a decision diagram (Darwiche, Marquis, "A knowledge compilation map", 2002): the
 * probability that a function is true if each variable is true with a probability of its own.
 *
 * In logarithms, since products of rates get smaller than a double holds; and of a function and its negation apart,
 * since `1 - p` loses the digits of a small p. Nothing is ever subtracted.
 */
import { FALSE, TRUE } from '../core/circuit.js';
import type { Diagram, Diagrams } from './diagram.js';

/** Logarithms of the probabilities that a variable is true and that it is false, by its place in the order. */
export interface Weights {
  readonly yes: Float64Array;
  readonly no: Float64Array;
}

/** @param probabilities that each variable is true, from 0 to 1 */
export const weightsOf = (probabilities: readonly number[]): Weights => ({
  yes: Float64Array.from(probabilities, Math.log),
  no: Float64Array.from(probabilities, (p) => Math.log1p(-p)),
});

/** log(eᵃ + eᵇ). */
export function logSum(a: number, b: number): number {
  const [most, least] = a > b ? [a, b] : [b, a];
  return least === Number.NEGATIVE_INFINITY ? most : most + Math.log1p(Math.exp(least - most));
}

/** The logarithm of the probability of any part of a diagram. */
export type LogWeight = (part: Diagram) => number;

/** @param nodes those of the diagram, children first; see `Diagrams.nodesOf` */
export function logWeights(diagrams: Diagrams, nodes: readonly number[], { yes, no }: Weights): LogWeight {
  const size = (nodes.at(-1) ?? 1) + 1;
  const weights = { of: new Float64Array(size), ofNot: new Float64Array(size) };
  const weight: LogWeight = (part) => {
    if (part === TRUE) return 0;
    if (part === FALSE) return Number.NEGATIVE_INFINITY;
    return part > 0 ? (weights.of[part] as number) : (weights.ofNot[-part] as number);
  };
  for (const node of nodes) {
    const level = diagrams.level(node);
    const [low, high] = [diagrams.low(node), diagrams.high(node)];
    const [w, v] = [yes[level] as number, no[level] as number];
    weights.of[node] = logSum(v + weight(low), w + weight(high));
    weights.ofNot[node] = logSum(v + weight(-low), w + weight(-high));
  }
  return weight;
}
