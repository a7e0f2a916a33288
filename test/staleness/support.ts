/** Samples of a plan, all of them. */
import type { LatencyModel } from '../../src/staleness/latency.js';
import { MODELS, type ModelName } from '../../src/staleness/models.js';
import type { Quorum } from '../../src/staleness/quorum.js';
import { blocksOf, place, roomFor, type Samples, sampleBlock } from '../../src/staleness/wars.js';

export function samplesOf(
  quorum: Quorum,
  model: LatencyModel | ModelName,
  { samples, seed = 1, backwards = false }: { samples: number; seed?: number; backwards?: boolean },
): Samples {
  const plan = { quorum, model: typeof model === 'string' ? MODELS[model] : model, samples, seed };
  const all = roomFor(samples);
  const blocks = Array.from({ length: blocksOf(plan) }, (_, block) => block);
  for (const block of backwards ? blocks.reverse() : blocks) place(all, block, sampleBlock(plan, block));
  return all;
}
