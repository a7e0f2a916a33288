/** Promises of every tick of random protocols, against brute force: for omissions, crashes and all other kinds. */
import { expect, test } from 'vitest';
import { enough, sized } from '../../size.js';
import { compareAlways, PROTOCOL_MIXES } from '../compare-kinds.js';

const MIXES = [...Object.keys(PROTOCOL_MIXES), 'usual'];

/** How often something breaks, in all. */
let broken = 0;

test.each(MIXES)('always, as brute force has it: %s', async (mix) => {
  const differing: unknown[] = [];
  const first = MIXES.indexOf(mix) * 8;
  for (let seed = first; seed < first + sized(8); seed++) {
    const found = await compareAlways(seed, mix);
    if (found && Object.keys(found.differ).length > 0) differing.push({ seed, ...found });
    if (found && found.wanted !== '') broken++;
  }
  expect(differing).toEqual([]);
});

test('breaks often enough for that to mean something', () => {
  expect(broken).toBeGreaterThanOrEqual(enough(11));
});
