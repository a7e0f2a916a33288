/**
 * Random protocols in TypeScript: learned transitions, whole runs, next to no budget, and brute force on the naive
 * simulator.
 */
import { compareRuns, compareSets, waysOf, wrong } from '../reference/protocol/compare.js';
import { Dice } from '../reference/protocol/dice.js';
import type { Draft } from '../reference/protocol/draft.js';
import { randomProtocol } from '../reference/protocol/random-protocol.js';
import { randomScenarios } from '../reference/protocol/random-scenarios.js';
import { shrinkDraft } from '../reference/protocol/shrink.js';
import { allScenarios, scenarioCount } from '../reference/scenarios.js';
import type { Examined, Subject } from './subject.js';

/** Scenarios of which runs are compared: some random ones, or (closely) all if there are not too many. */
const SOME = 6;
const MANY = 300;

async function examined(draft: Draft, seed: number, closely: boolean): Promise<Examined> {
  const mismatches: string[] = [];
  const comparison = await compareSets(draft, waysOf(seed));
  if (comparison)
    for (const found of wrong(comparison))
      mismatches.push(JSON.stringify({ brute: comparison.brute, found }, undefined, 1));
  const scenarios =
    closely && scenarioCount(draft.bounds) <= MANY
      ? allScenarios(draft.bounds)
      : randomScenarios(draft.bounds, new Dice(seed), closely ? MANY : SOME);
  const difference = compareRuns(draft, scenarios);
  if (difference) mismatches.push(difference);
  return { verdict: comparison?.brute.verdict, mismatches };
}

async function fails(draft: Draft, seed: number): Promise<boolean> {
  try {
    return (await examined(draft, seed, false)).mismatches.length > 0;
  } catch {
    return true;
  }
}

export const protocols: Subject = {
  name: 'protocols',
  examine: (seed, closely) => examined(randomProtocol(seed), seed, closely),
  shrunk: async (seed) =>
    JSON.stringify({ seed, draft: await shrinkDraft(randomProtocol(seed), (it) => fails(it, seed)) }),
};
