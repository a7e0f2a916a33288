/** Random protocols that record what clients see, against brute force: under omissions, crashes and all other kinds. */
import { expect, test } from 'vitest';
import { enough, sized } from '../../size.js';
import { compareHistory, durableProtocol, PROTOCOL_MIXES } from '../compare-kinds.js';
import { compareRuns } from './compare.js';
import { Dice } from './dice.js';
import { randomScenarios } from './random-scenarios.js';
import { withHistory } from './with-history.js';

const MIXES = [...Object.keys(PROTOCOL_MIXES), 'usual'];

/** How often something breaks, in all. */
let broken = 0;

test.each(MIXES)('a history, as brute force has it: %s', async (mix) => {
  const differing: unknown[] = [];
  const first = 500 + MIXES.indexOf(mix) * 10;
  for (let seed = first; seed < first + sized(10); seed++) {
    const found = await compareHistory(seed, mix);
    if (found && Object.keys(found.differ).length > 0) differing.push({ seed, ...found });
    if (found && found.wanted !== '') broken++;
  }
  expect(differing).toEqual([]);
});

test('breaks often enough for that to mean something', () => {
  expect(broken).toBeGreaterThanOrEqual(enough(11));
});

test('run by run, operations, ticks and turns are those of the naive simulator', () => {
  for (let seed = 500; seed < 500 + sized(100); seed++) {
    const draft = withHistory(durableProtocol(seed), seed);
    if (draft) expect(compareRuns(draft, randomScenarios(draft.bounds, new Dice(seed), 6))).toBeUndefined();
  }
});
