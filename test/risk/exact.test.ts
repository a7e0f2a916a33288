/**
 * The exact probability against summation: every scenario that the bounds admit is run by the naive evaluators, whose
 * clock and enumeration are written apart, and its probability added.
 */
import { describe, expect, it } from 'vitest';
import type { Bounds, Fault, Scenario } from '../../src/faults/fault.js';
import { DedalusSystem } from '../../src/lineage/ground/system.js';
import { ProtocolSystem } from '../../src/lineage/learned/system.js';
import type { System, SystemRun } from '../../src/lineage/port.js';
import { type Rates, rateOf } from '../../src/risk/rates.js';
import { type Risk, risk } from '../../src/risk/risk.js';
import { everyFault, everyScenario } from '../reference/all-kinds.js';
import { durableProtocol, PROGRAM_MIXES, PROTOCOL_MIXES } from '../reference/compare-kinds.js';
import { naiveRun } from '../reference/naive.js';
import { protocolOf } from '../reference/protocol/compare.js';
import { naively } from '../reference/protocol/definition.js';
import { randomSpec } from '../reference/random-program.js';
import { load } from '../reference/testing.js';
import { enough, sized } from '../size.js';

/** So large, so small and so different that a lost factor shows. */
const RATES: Rates = {
  omission: 0.013,
  delay: 0.21,
  dup: 3e-4,
  partition: 1e-6,
  crash: 2e-9,
  halt: 0.4,
  restart: 0.07,
  skew: 0.6,
  order: 0.33,
};

/** Most faults of which every set is run. */
const MOST_FAULTS = 8;

/** How many faults may be together, so that the space stays small. */
const costOf = (faults: readonly Fault[]): number | undefined =>
  faults.length <= MOST_FAULTS ? undefined : faults.length <= 18 ? 2 : 1;

/** The bounds of a mix, with a limit on all faults where there would be too many scenarios. */
function smallBounds(usual: Bounds, mix: Partial<Bounds>): Bounds {
  const bounds = { ...usual, ...mix };
  const maxCost = costOf(everyFault(bounds));
  return { ...bounds, ...(maxCost !== undefined && { maxCost }) };
}

/** P(violated | admissible) by its definition; sums with a carry (Neumaier, 1974). */
function summed(bounds: Bounds, isViolated: (scenario: Scenario) => boolean): number {
  const faults = everyFault(bounds);
  const none = faults.reduce((product, fault) => product * (1 - rateOf(fault, RATES)), 1);
  const [all, part] = [new Sum(), new Sum()];
  for (const scenario of everyScenario(bounds, bounds.maxCost ?? faults.length)) {
    const odds = scenario.map((fault) => rateOf(fault, RATES) / (1 - rateOf(fault, RATES)));
    const probability = odds.reduce((product, one) => product * one, none);
    all.add(probability);
    if (isViolated(scenario)) part.add(probability);
  }
  return part.value / all.value;
}

class Sum {
  private sum = 0;
  private carry = 0;
  add(x: number): void {
    const next = this.sum + x;
    this.carry += Math.abs(this.sum) >= Math.abs(x) ? this.sum - next + x : x - next + this.sum;
    this.sum = next;
  }
  get value(): number {
    return this.sum + this.carry;
  }
}

const counted = <R extends SystemRun>(system: System<R>): Promise<Risk> => risk(system, { rates: RATES });

/** What differs by more than a part in 10⁹. */
const isFar = (a: number, b: number): boolean => Math.abs(a - b) > 1e-9 * Math.max(a, b);

const SEEDS = Array.from({ length: sized(26, 2) }, (_, i) => 70_000 + i);
const MIXES = { usual: {}, ...PROGRAM_MIXES } satisfies Record<string, Partial<Bounds>>;

describe.each(Object.entries(MIXES))('random programs, %s', (_, mix) => {
  it('is the sum over all scenarios', async () => {
    let broken = 0;
    for (const seed of SEEDS) {
      const spec = randomSpec(seed);
      const program = load(spec.text);
      const bounds = smallBounds(spec.bounds, mix);
      const wanted = summed(bounds, (scenario) => naiveRun(program, bounds, scenario).outcome.kind === 'violated');
      const result = await counted(new DedalusSystem(program, bounds, { lineage: 'total' }));
      if (result.method !== 'exact' || isFar(result.probability, wanted))
        expect.fail(`seed ${seed}: ${result.method} ${result.probability}, not ${wanted}`);
      expect(result.isPossible).toBe(wanted > 0);
      if (wanted > 0 && wanted < 1) broken++;
    }
    expect(broken).toBeGreaterThanOrEqual(enough(7));
  }, 60_000);
});

describe.each(Object.entries(PROTOCOL_MIXES))('random protocols, %s', (_, mix) => {
  it('is the sum over all scenarios', async () => {
    let exact = 0;
    for (const seed of SEEDS.slice(0, sized(16, 2))) {
      const usual = durableProtocol(seed);
      const bounds = smallBounds(usual.bounds, mix);
      const draft = { ...usual, bounds };
      const run = naively(draft);
      const result = await counted(new ProtocolSystem(protocolOf(draft), bounds));
      const wanted = summed(bounds, (scenario) => run(scenario).outcome === 'violated');
      if (result.method !== 'exact') continue;
      exact++;
      if (isFar(result.probability, wanted)) expect.fail(`seed ${seed}: ${result.probability}, not ${wanted}`);
    }
    expect(exact).toBeGreaterThanOrEqual(enough(9));
  }, 60_000);
});
