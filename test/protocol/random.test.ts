/**
 * 300 random protocols at size 1: search by learned transitions, by whole runs and with next to no budget, and
 * brute force on a naive simulator that shares nothing with the engine, must give the same verdict and the same minimal
 * counterexamples.
 */
import { afterAll, describe, expect, it } from 'vitest';
import { everyScenario, minimalOnly } from '../reference/protocol/brute-force.js';
import { compareRuns, compareSets, waysOf, wrong } from '../reference/protocol/compare.js';
import { compareCones } from '../reference/protocol/cones.js';
import { naively } from '../reference/protocol/definition.js';
import { Dice } from '../reference/protocol/dice.js';
import { randomProtocol } from '../reference/protocol/random-protocol.js';
import { randomScenarios } from '../reference/protocol/random-scenarios.js';
import { scenarioCount } from '../reference/scenarios.js';
import { sized } from '../size.js';

const PROTOCOLS = 6 * sized(50, 7);
/** Some at a time, so that a failure says early where it is. */
const GROUP = PROTOCOLS / 6;
/** Scenarios of each protocol whose runs are compared in every detail. */
const RUNS = 4;

const GROUPS = Array.from({ length: PROTOCOLS / GROUP }, (_, i) => i * GROUP);

/** A mismatch says its seed: `npm run fuzz -- --protocols --runs 1 --seed S --every 1` shrinks it. */
describe('random protocols', () => {
  const verdicts: Record<string, number> = {};
  let compared = 0;

  it.each(GROUPS)(
    'from seed %i on: every search agrees with brute force',
    async (first) => {
      const mismatches: unknown[] = [];
      for (let seed = first; seed < first + GROUP; seed++) {
        const comparison = await compareSets(randomProtocol(seed), waysOf(seed));
        if (!comparison) continue;
        compared++;
        const { brute } = comparison;
        verdicts[brute.verdict] = (verdicts[brute.verdict] ?? 0) + 1;
        for (const found of wrong(comparison)) mismatches.push({ seed, brute, found });
      }
      expect(mismatches).toEqual([]);
    },
    900_000,
  );

  /** With next to no budget: what no run has put together in one tick must not stay unknown. */
  it.each([5111, 5112])(
    'seed %i agrees with brute force',
    async (seed) => {
      const comparison = await compareSets(randomProtocol(seed), waysOf(seed));
      expect(comparison && wrong(comparison)).toEqual([]);
    },
    60_000,
  );

  it('runs are equal message by message, state by state', () => {
    const differences: unknown[] = [];
    for (let seed = 0; seed < PROTOCOLS; seed++) {
      const draft = randomProtocol(seed);
      const difference = compareRuns(draft, randomScenarios(draft.bounds, new Dice(seed), RUNS));
      if (difference) differences.push({ seed, difference });
    }
    expect(differences).toEqual([]);
  }, 900_000);

  it('the lineage of a whole run is true only of what ends like it', () => {
    const unsound: unknown[] = [];
    for (let seed = 0; seed < PROTOCOLS; seed += 3) {
      const draft = randomProtocol(seed);
      const dice = new Dice(seed);
      const difference = compareCones(draft, randomScenarios(draft.bounds, dice, 3), dice);
      if (difference) unsound.push({ seed, difference });
    }
    expect(unsound).toEqual([]);
  }, 900_000);

  it('brute force may skip what cannot be minimal', () => {
    for (let seed = 0; seed < PROTOCOLS; seed += 6) {
      const draft = randomProtocol(seed);
      if (scenarioCount(draft.bounds) > 300) continue;
      const run = naively(draft);
      expect(minimalOnly(run, draft.bounds, 1_000)?.minimal, `seed ${seed}`).toEqual(
        everyScenario(run, draft.bounds).minimal,
      );
    }
  }, 900_000);

  afterAll(() => {
    // The mix has something of everything, and next to nothing is too expensive to compare.
    if (compared === 0) return;
    expect(compared).toBeGreaterThan(PROTOCOLS * 0.93);
    for (const verdict of ['holds', 'violated']) expect(verdicts[verdict]).toBeGreaterThan(PROTOCOLS * 0.2);
    for (const verdict of ['vacuous', 'violated-failure-free']) expect(verdicts[verdict]).toBeGreaterThan(0);
  });
});
