/**
 * The strategies that know nothing of lineage, for comparison: random faults with 25 seeds, and all scenarios by size.
 */
import type { Case } from './cases.js';
import { type Measurement, measure } from './measure.js';
import { median } from './numbers.js';

export interface Random {
  readonly seeds: number;
  /** Seeds that met a violated run within the limits. */
  readonly found: number;
  /** Medians over the seeds that found one; executions before any shrinking. */
  readonly executions: number | undefined;
  /** Milliseconds. */
  readonly cpu: number | undefined;
  readonly most: number | undefined;
  readonly cap: number;
}

export const SEEDS = 25;
export const RANDOM_CAP = 1_000;
const RANDOM_LIMIT = 10_000;
export const EXHAUSTIVE_CAP = 20_000;
export const EXHAUSTIVE_LIMIT = 5_000;

/** Random search up to the first violated run, seed by seed. */
export async function measureRandom({ program, check }: Case): Promise<Random> {
  const hits: NonNullable<Measurement['first']>[] = [];
  for (let seed = 1; seed <= SEEDS; seed++) {
    const limits = { seed, maxExecutions: RANDOM_CAP, milliseconds: RANDOM_LIMIT, untilViolated: true };
    const first = (await measure(program, check.bounds, 'random', limits))?.first;
    if (first) hits.push(first);
  }
  const executions = hits.map((hit) => hit.executions);
  const some = hits.length > 0;
  return {
    seeds: SEEDS,
    found: hits.length,
    executions: some ? median(executions) : undefined,
    cpu: some ? median(hits.map(({ span }) => span.cpu)) : undefined,
    most: some ? Math.max(...executions) : undefined,
    cap: RANDOM_CAP,
  };
}

/** Exhaustive search up to the end, or to the limits. */
export const measureExhaustive = ({ program, check }: Case): Promise<Measurement | undefined> =>
  measure(program, check.bounds, 'exhaustive', { maxExecutions: EXHAUSTIVE_CAP, milliseconds: EXHAUSTIVE_LIMIT });
