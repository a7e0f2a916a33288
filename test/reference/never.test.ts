/** Promises of every tick against brute force, for omissions, crashes and all other kinds. */
import { describe, expect, test } from 'vitest';
import { DedalusSystem } from '../../src/lineage/ground/system.js';
import { enough, sized } from '../size.js';
import { allOutcomes } from './brute-force.js';
import { compareNever, PROGRAM_MIXES } from './compare-kinds.js';
import { neverSpec } from './never.js';

const MIXES = [...Object.keys(PROGRAM_MIXES), 'usual'];

describe('never, as brute force has it', () => {
  test.each(MIXES)('%s', async (mix) => {
    const differing: unknown[] = [];
    let broken = 0;
    for (let seed = 0; seed < sized(36); seed++) {
      const found = await compareNever(seed, mix);
      if (found && Object.keys(found.differ).length > 0) differing.push({ seed, ...found });
      if (found && found.wanted !== '') broken++;
    }
    expect(differing).toEqual([]);
    expect(broken).toBeGreaterThanOrEqual(enough(2));
  });

  test.each(['strict', 'reference'] as const)('every outcome and witness: %s', (invariant) => {
    let ticks = 0;
    for (let seed = 0; seed < sized(60, 20); seed++) {
      const spec = neverSpec(seed);
      const outcomes = spec && allOutcomes(spec.program, spec.bounds, { maxRuns: 300, invariant });
      if (!outcomes) continue;
      const system = new DedalusSystem(spec.program, spec.bounds, { invariant });
      for (const { scenario, outcome } of outcomes) {
        const { kind, witnesses } = system.simulate(scenario).outcome;
        expect({ seed, scenario, kind, witnesses }).toEqual({ seed, scenario, ...outcome });
        if (witnesses.some((one) => 'tick' in one)) ticks++;
      }
    }
    expect(ticks).toBeGreaterThanOrEqual(enough(81));
  });
});
