/**
 * One simulated execution: how long a run takes on a warm simulator, over scenarios of all sizes.
 */
import { prng } from '../../src/core/prng.js';
import type { Fault, Scenario } from '../../src/faults/fault.js';
import { canonical } from '../../src/faults/scenario.js';
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

/** The failure-free scenario and seeded ones: omissions with probabilities from 0 to 1, and at most one crash. */
function someScenarios(space: FaultSpace): Scenario[] {
  const below = prng(1);
  const crashes = space.faults.filter(({ kind }) => kind === 'crash');
  const scenarios: Scenario[] = [[]];
  while (scenarios.length < SCENARIOS) {
    const percent = below(101);
    const chosen: Fault[] = space.faults.filter(({ kind }) => kind === 'omission' && below(100) < percent);
    const crash = crashes.length > 0 && below(2) === 1 ? crashes[below(crashes.length)] : undefined;
    if (crash) chosen.push(crash);
    scenarios.push(canonical(chosen));
  }
  return scenarios;
}
