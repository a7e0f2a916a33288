/**
 * Total and run lineage on every check, interleaved, so that their ratio is of one and the same machine.
 */
import type { Case } from './cases.js';
import { type Measurement, measure, type PhaseTimes } from './measure.js';
import { median } from './numbers.js';

/** Several searches by one method: counts are equal in all of them, times are medians. */
export interface Repeated {
  readonly last: Measurement;
  /** Medians over the rounds, in milliseconds; `first…` until the first counterexample. */
  readonly wall: number;
  readonly cpu: number;
  readonly firstWall: number | undefined;
  readonly firstCpu: number | undefined;
  /** Of the fastest round, whose phases are disturbed least. */
  readonly leastWall: number;
  readonly phases: PhaseTimes;
  /** Whether executions and counterexamples were the same each time. */
  readonly deterministic: boolean;
}

export interface Lineages {
  readonly total: Repeated;
  readonly run: Repeated;
}

/** Wall time after which one search is stopped. */
const LIMIT = 60_000;

export async function compareLineages({ program, check, name }: Case, rounds: number): Promise<Lineages> {
  const total: Measurement[] = [];
  const run: Measurement[] = [];
  for (let round = 0; round < rounds; round++) {
    for (const [method, samples] of [['total', total] as const, ['run', run] as const]) {
      const found = await measure(program, check.bounds, method, { milliseconds: LIMIT });
      if (!found) throw new Error(`${name}: the search gave no verdict`);
      samples.push(found);
    }
  }
  return { total: repeated(total), run: repeated(run) };
}

function repeated(samples: readonly Measurement[]): Repeated {
  const last = samples[samples.length - 1];
  if (!last) throw new Error('no round was measured');
  const fastest = samples.reduce((best, it) => (it.span.wall < best.span.wall ? it : best), last);
  const same = (it: Measurement): boolean =>
    it.executions === last.executions && it.counterexamples === last.counterexamples && it.verdict === last.verdict;
  return {
    last,
    wall: median(samples.map(({ span }) => span.wall)),
    cpu: median(samples.map(({ span }) => span.cpu)),
    firstWall: last.first && median(samples.map(({ first }) => first?.span.wall ?? Number.NaN)),
    firstCpu: last.first && median(samples.map(({ first }) => first?.span.cpu ?? Number.NaN)),
    leastWall: fastest.span.wall,
    phases: fastest.phases,
    deterministic: samples.every(same),
  };
}
