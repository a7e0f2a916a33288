/**
 * Scenarios and the brute-force search, on a protocol whose answer is known by hand and on random programs.
 */
import { describe, expect, it } from 'vitest';
import { enough, sized } from '../size.js';
import { allOutcomes, bruteForce } from './brute-force.js';
import { randomSpec } from './random-program.js';
import { allScenarios, isSubset, orderScenarios, scenarioCount, scenarioKey } from './scenarios.js';
import { AB, crash, load, omit } from './testing.js';

describe('scenarios', () => {
  it('are counted as they are enumerated', () => {
    expect(scenarioCount({ eot: 4, eff: 1, crashes: 0, nodes: ['a', 'b'] })).toBe(1);
    expect(scenarioCount({ eot: 4, eff: 3, crashes: 0, nodes: ['a', 'b'] })).toBe(16);
    // No crash: 4 slots. One of two nodes crashes at tick 1, 2 or 3: 2, 3 or 4 slots are left.
    expect(scenarioCount({ eot: 4, eff: 3, crashes: 1, nodes: ['a', 'b'] })).toBe(16 + 2 * (4 + 8 + 16));
    expect(scenarioCount({ eot: 2, eff: 9, crashes: 0, nodes: ['a', 'b', 'c'] })).toBe(64);
    for (const bounds of [AB, { eot: 3, eff: 2, crashes: 2, nodes: ['a', 'b', 'c'] }]) {
      const all = allScenarios(bounds);
      expect(all.length).toBe(scenarioCount(bounds));
      expect(new Set(all.map(scenarioKey)).size).toBe(all.length);
      expect(all).toEqual([...all].sort(orderScenarios));
      expect(all[0]).toEqual([]);
    }
  });
});

describe('brute force', () => {
  /** Sends at ticks 1 and 2; `b` must know at the end. */
  const TWICE = `say("a", "b")@1; say("a", "b")@2; log(M)@async :- say(_, M); log(N)@next :- log(N);
    pre("b") :- say(_, _)@1; post(N) :- log(N);`;

  it('finds the minimal sets of a broadcast sent twice', () => {
    const bounds = { eot: 4, eff: 3, crashes: 1, nodes: ['a', 'b'] };
    const result = bruteForce(load(TWICE), bounds);
    expect(result?.minimal).toEqual([
      [crash('a', 1)],
      [omit('a', 'b', 1), omit('a', 'b', 2)],
      [omit('a', 'b', 1), crash('a', 2)],
    ]);
    expect(result?.failureFree.kind).toBe('holds');
    expect(bruteForce(load(TWICE), { ...bounds, eff: 2, crashes: 0 })?.minimal).toEqual([]);
    expect(bruteForce(load(TWICE), bounds, { maxRuns: 3 })).toBeUndefined();
    expect(bruteForce(load(TWICE), bounds, { maxRuns: 3, prune: false })).toBeUndefined();
  });

  it('knows the empty counterexample, and what a crash excuses', () => {
    expect(bruteForce(load('pre("a")@4; post("b")@4;'), AB)?.minimal).toEqual([[]]);
    const excused = TWICE.replace('say(_, _)@1', 'say(N, _)@1, notin crash(_, N, _)');
    expect(bruteForce(load(excused), AB)?.minimal).toEqual([[omit('a', 'b', 1), omit('a', 'b', 2)]]);
  });

  it('gives the same with and without pruning', () => {
    let compared = 0;
    for (let seed = 0; seed < sized(90, 12); seed++) {
      const { text, bounds } = randomSpec(seed);
      if (scenarioCount(bounds) > 100) continue;
      compared++;
      for (const invariant of ['strict', 'reference'] as const) {
        const program = load(text);
        const full = bruteForce(program, bounds, { prune: false, invariant });
        const pruned = bruteForce(program, bounds, { invariant });
        expect({ seed, minimal: pruned?.minimal }).toEqual({ seed, minimal: full?.minimal });
        expect(pruned?.failureFree).toEqual(full?.failureFree);
      }
    }
    expect(compared).toBeGreaterThanOrEqual(enough(21));
  });

  it('minimal sets are violated, and everything violated contains one', () => {
    for (let seed = 200; seed < 200 + sized(30, 5); seed++) {
      const { text, bounds } = randomSpec(seed);
      const outcomes = allOutcomes(load(text), bounds, { maxRuns: 100 });
      if (outcomes === undefined) continue;
      const violated = outcomes.filter((it) => it.outcome.kind === 'violated').map((it) => it.scenario);
      const minimal = bruteForce(load(text), bounds)?.minimal ?? [];
      for (const it of minimal) expect(violated.map(scenarioKey)).toContain(scenarioKey(it));
      for (const it of violated) expect(minimal.some((small) => isSubset(small, it))).toBe(true);
    }
  });
});
