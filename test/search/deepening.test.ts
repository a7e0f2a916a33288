/**
 * Deepening beside a large preparation: what is found, and up to which EFF it is said to be all, against brute force.
 */
import { expect, test } from 'vitest';
import { atOnce } from '../../src/core/work.js';
import { scenarioCount } from '../../src/faults/count.js';
import type { Scenario } from '../../src/faults/fault.js';
import { canonical, compareScenarios, formatScenario } from '../../src/faults/scenario.js';
import { type DedalusOptions, DedalusSystem } from '../../src/lineage/ground/system.js';
import type { SearchOptions } from '../../src/search/events.js';
import { search } from '../../src/search/search.js';
import type { Verdict } from '../../src/search/verdict.js';
import { bruteForce } from '../reference/brute-force.js';
import { randomSpec } from '../reference/random-program.js';
import { load } from '../reference/testing.js';

const inOrder = (sets: readonly Scenario[]): string[] =>
  sets
    .map((set) => canonical(set))
    .sort(compareScenarios)
    .map(formatScenario);

async function verdictOf(system: DedalusSystem, options: SearchOptions = {}) {
  let deepened = 0;
  let verdict: Verdict | undefined;
  for await (const event of search(system, options)) {
    if (event.kind === 'deepen') deepened = Math.max(deepened, event.within.eff ?? 0);
    if (event.kind === 'verdict') verdict = event.verdict;
  }
  if (!verdict) throw new Error('the last event is the verdict');
  return { verdict, deepened, found: inOrder(verdict.counterexamples.map(({ faults }) => faults)) };
}

/** Random programs whose EFF leaves room for smaller ones, with their minimal sets by EFF. */
const programs: { seed: number; eff: number; minimal: string[][]; of: (how: DedalusOptions) => DedalusSystem }[] = [];
for (let seed = 0; programs.length < 24; seed++) {
  const { text, bounds } = randomSpec(seed);
  if (bounds.eff < 3 || scenarioCount(bounds) > 300) continue;
  const program = load(text);
  const minimal = Array.from({ length: bounds.eff + 1 }, (_, eff) => {
    const found = bruteForce(program, { ...bounds, eff });
    return found && found.failureFree.kind !== 'violated' ? inOrder(found.minimal) : undefined;
  }).filter((sets) => sets !== undefined);
  if (minimal.length > bounds.eff)
    programs.push({ seed, eff: bounds.eff, minimal, of: (how) => new DedalusSystem(program, bounds, how) });
}

function instancesOf(system: DedalusSystem): number {
  const { instances, size } = atOnce(system.ground());
  return Math.max(instances, size);
}

test('the same sets are found', async () => {
  for (const { seed, eff, minimal, of } of programs) {
    const { verdict, deepened, found } = await verdictOf(of({ large: 0 }));
    expect([seed, verdict.complete, deepened > 0, found]).toEqual([seed, true, true, minimal[eff]]);
    expect(verdict.statistics.exact).toBeUndefined();
  }
});

test('at a limit, all of them up to the EFF that is named', async () => {
  const named: number[] = [];
  for (const { seed, eff, minimal, of } of programs) {
    const mostInstances = Math.max(1, instancesOf(of({}).within({ eff: eff - 1 }) as DedalusSystem));
    const { verdict, found } = await verdictOf(of({ large: 0, mostInstances }));
    if (verdict.complete) {
      expect([seed, found]).toEqual([seed, minimal[eff]]);
      continue;
    }
    expect([seed, verdict.stopped]).toEqual([seed, 'limit']);
    expect(minimal[eff]).toEqual(expect.arrayContaining(found));
    const exactUpTo = verdict.statistics.exact?.eff;
    if (exactUpTo === undefined) continue;
    expect(found).toEqual(expect.arrayContaining(minimal[exactUpTo] as string[]));
    named.push(found.length);
  }
  expect(named.length).toBeGreaterThan(4);
  expect(named.some((found) => found > 0)).toBe(true);
});

test('the first counterexample of a large program need not wait for all of it', async () => {
  for (const { seed, eff, minimal, of } of programs) {
    const all = minimal[eff] ?? [];
    if (all.length === 0) continue;
    const { found } = await verdictOf(of({ large: 0 }), { first: true });
    expect([seed, found.length]).toEqual([seed, 1]);
    expect(all).toContain(found[0]);
  }
});
