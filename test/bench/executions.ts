/**
 * One simulated execution: how long a run takes on a warm simulator, over scenarios of all sizes.
 */
import { prng } from '../../src/core/prng.js';
import type { Scenario } from '../../src/faults/fault.js';
import { randomScenario } from '../../src/faults/sampling.js';
import type { FaultSpace } from '../../src/faults/space.js';
import { DedalusSystem } from '../../src/lineage/ground/system.js';
import type { Case } from './cases.js';
import { least, median } from './numbers.js';

export interface ExecutionTime {
  /** Milliseconds of wall time. */
  readonly median: number;
  readonly least: number;
  readonly runs: number;
}

const SCENARIOS = 40;
const SAMPLES = 200;

export function executionTime({ program, check }: Case): ExecutionTime {
  const system = new DedalusSystem(program, check.bounds);
  const scenarios = someScenarios(system.space);
  for (const scenario of scenarios) system.simulate(scenario);
  const samples: number[] = [];
  for (let i = 0; i < SAMPLES; i++) {
    const scenario = scenarios[i % scenarios.length] ?? [];
    const from = performance.now();
    system.simulate(scenario);
    samples.push(performance.now() - from);
  }
  return { median: median(samples), least: least(samples), runs: samples.length };
}

/** The failure-free scenario and seeded ones, of all densities. */
function someScenarios(space: FaultSpace): Scenario[] {
  const below = prng(1);
  return [[], ...Array.from({ length: SCENARIOS - 1 }, () => randomScenario(space, below(101), below))];
}
