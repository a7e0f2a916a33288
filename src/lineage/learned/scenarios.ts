/**
 * Scenarios that are run beside the search: to see whether the handlers can be learned, and to go where something was
 * tried.
 */
import { prng } from '../../core/prng.js';
import type { Scenario } from '../../faults/fault.js';
import { randomScenario } from '../../faults/sampling.js';
import type { FaultSpace } from '../../faults/space.js';

/** So many scenarios with more or fewer of the faults, from a fixed seed. */
export function* probes(space: FaultSpace, count: number): Generator<Scenario> {
  const below = prng(1);
  if (space.faults.length === 0) return;
  for (let i = 0; i < count; i++) yield randomScenario(space, [20, 50, 5][i % 3] as number, below);
}

/** So many single faults, spread over all of them. */
export function singles({ faults }: FaultSpace, count: number): Scenario[] {
  const stride = Math.max(1, Math.floor(faults.length / count));
  return faults
    .filter((_, i) => i % stride === 0)
    .slice(0, count)
    .map((fault) => [fault]);
}
