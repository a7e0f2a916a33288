/**
 * The latency models that come with `ldfi`: fits to production systems, in milliseconds.
 *
 * SSD and DISK are LinkedIn's Voldemort, YMMR is Yammer's Riak, WAN is DISK with each replica in another datacentre,
 * 75 ms away. Source: Bailis et al., "Probabilistically bounded staleness for practical partial quorums" (VLDB 2012),
 * table 3. There YMMR's writes have a Pareto exponent of 3.35; the latencies that the paper gives for it come of 3.5.
 */
import type { LatencyModel } from './latency.js';

type Mixture = LatencyModel['W'];

const mixture = (weight: number, scale: number, shape: number, rate: number): Mixture => [
  { weight, pareto: { scale, shape } },
  { weight: 1 - weight, exponential: { rate } },
];

const fast = mixture(0.9122, 0.235, 10, 1.66);
const disk = { W: mixture(0.38, 1.05, 1.51, 0.183), A: fast };

export const MODELS = {
  ssd: { name: 'SSD', W: fast, remote: 0 },
  disk: { name: 'DISK', ...disk, remote: 0 },
  ymmr: { name: 'YMMR', W: mixture(0.939, 3, 3.5, 0.0028), A: mixture(0.982, 1.5, 3.8, 0.0217), remote: 0 },
  wan: { name: 'WAN', ...disk, remote: 75 },
} as const satisfies Readonly<Record<string, LatencyModel>>;

export type ModelName = keyof typeof MODELS;
export const MODEL_NAMES = Object.keys(MODELS) as readonly ModelName[];
