/**
 * Runs that contradict each other: the system says what to make of it, or it is a bug of ours.
 */
import { expect, test } from 'vitest';
import { LdfiError } from '../../src/core/invariant.js';
import { makeBounds } from '../../src/faults/bounds.js';
import { FaultSpace } from '../../src/faults/space.js';
import type { System } from '../../src/lineage/port.js';
import { search } from '../../src/search/search.js';

/** Claims that only both losses together do harm, and then one alone does. */
function liar(suspect?: System['suspect']): System {
  const space = new FaultSpace(makeBounds({ eot: 3, eff: 3, crashes: 0, nodes: ['a', 'b'] }));
  const [one, other] = space.faults.map((fault) => space.variable(fault)) as [number, number];
  return {
    space,
    defect: undefined,
    run: async (scenario) => ({
      scenario,
      outcome: { kind: scenario.length > 0 ? 'violated' : 'holds', witnesses: [], readingsDiffer: false },
    }),
    async *lineage() {
      return {
        size: { mode: 'run' as const, atoms: 0, instances: 0 },
        exact: true,
        known: -space.circuit.and([one, other]),
        learn: async () => -space.circuit.and([one, other]),
      };
    },
    behaviour: () => '',
    ...(suspect && { suspect }),
  };
}

async function searched(system: System): Promise<unknown> {
  const events: unknown[] = [];
  for await (const event of search(system)) events.push(event);
  return events;
}

test('a system that must be deterministic: a bug', async () => {
  await expect(searched(liar())).rejects.toThrow(/^ldfi bug, please report it: .* is violated as well/);
});

test('a system that may hide something says so', async () => {
  const system = liar((problem) => new LdfiError('hidden-state', `suspicious: ${problem}`));
  await expect(searched(system)).rejects.toThrow(
    /^suspicious: .*, a part of the counterexample .*, is violated as well/,
  );
});
