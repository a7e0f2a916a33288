/**
 * Random protocols that are worth keeping: what fuzzing has found (`npm run fuzz -- --protocols` prints it), or a
 * corner that random protocols seldom reach. One JSON file each.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compareRuns, compareSets, waysOf, wrong } from '../reference/protocol/compare.js';
import { Dice } from '../reference/protocol/dice.js';
import type { Draft } from '../reference/protocol/draft.js';
import { randomScenarios } from '../reference/protocol/random-scenarios.js';

const FOLDER = new URL('./', import.meta.url);
const FILES = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));

describe.each(FILES)('%s', (name) => {
  const { seed, draft } = JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8')) as { seed: number; draft: Draft };

  it('is answered alike by all', async () => {
    const comparison = await compareSets(draft, waysOf(seed));
    expect(comparison).toBeDefined();
    expect(comparison && wrong(comparison)).toEqual([]);
    expect(compareRuns(draft, randomScenarios(draft.bounds, new Dice(seed), 20))).toBeUndefined();
  });
});
