/**
 * Scenarios that are run beside the search: to see whether the handlers can be learned, and to go where something was tried.
 */
import type { Formula } from '../../core/circuit.js';
import { prng } from '../../core/prng.js';
import type { Scenario } from '../../faults/fault.js';
import { canonical } from '../../faults/scenario.js';
import type { FaultSpace } from '../../faults/space.js';

/** So many scenarios with more or fewer of the faults, from a fixed seed. */
export function* probes({ faults, bounds }: FaultSpace, count: number): Generator<Scenario> {
  const below = prng(1);
  if (faults.length === 0) return;
  for (let i = 0; i < count; i++) {
    const percent = [20, 50, 5][i % 3] as number;
    const crashes = below(bounds.crashes + 1);
    const victims = bounds.nodes.filter(() => below(bounds.nodes.length) < crashes).slice(0, crashes);
    yield canonical([
      ...faults.filter((fault) => fault.kind === 'omission' && below(100) < percent),
      ...victims
        .map((node) => ({ kind: 'crash' as const, node, tick: 1 + below(bounds.eot - 1) }))
        .filter(() => bounds.eot > 1),
    ]);
  }
}

/** So many single faults, spread over all of them. */
export function singles({ faults }: FaultSpace, count: number): Scenario[] {
  const stride = Math.max(1, Math.floor(faults.length / count));
  return faults
    .filter((_, i) => i % stride === 0)
    .slice(0, count)
    .map((fault) => [fault]);
}

/** The scenario of a truth of formulas, as an oracle's witness gives it. */
export const scenarioIn = (
  space: FaultSpace,
  truth: ((formula: Formula) => boolean) | undefined,
): Scenario | undefined => truth && canonical(space.faults.filter((fault) => truth(space.variable(fault))));
