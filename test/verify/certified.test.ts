/**
 * Certified exactly where brute force finds nothing: 1,000 random programs and 300 random protocols at size 1, under all
 * kinds of faults.
 */
import { describe, expect, it } from 'vitest';
import { type Certifying, certifyRandomProgram, certifyRandomProtocol } from '../reference/certified.js';
import { PROGRAM_MIXES, PROTOCOL_MIXES } from '../reference/compare-kinds.js';
import { enough, sized } from '../size.js';

/** Scenarios up to which a case is looked at. */
const MOST = 1_000;

async function tried(
  seeds: number,
  mix: string,
  certify: (seed: number, mix: string, most: number) => Promise<Certifying | undefined>,
) {
  const wrong: string[] = [];
  const count = { kept: 0, broken: 0, tooLarge: 0 };
  for (let seed = 1_000; seed < 1_000 + seeds; seed++) {
    const found = await certify(seed, mix, MOST);
    if (!found) continue;
    if (found.isBroken) count.broken++;
    else count.kept++;
    if (found.isTooLarge) count.tooLarge++;
    if (found.problem !== undefined) wrong.push(`${seed}: ${found.problem}`);
  }
  return { wrong, ...count };
}

describe('random programs', () => {
  it.each(['usual', ...Object.keys(PROGRAM_MIXES)])('%s', async (mix) => {
    const { wrong, kept, broken, tooLarge } = await tried(sized(100, 3), mix, certifyRandomProgram);
    expect(wrong).toEqual([]);
    expect(tooLarge).toBeLessThanOrEqual(kept / 10);
    expect(Math.min(kept, broken)).toBeGreaterThanOrEqual(enough(5));
  });
});

describe('random protocols', () => {
  it.each(['usual', ...Object.keys(PROTOCOL_MIXES)])('%s', async (mix) => {
    const { wrong, kept, broken, tooLarge } = await tried(sized(30, 1), mix, certifyRandomProtocol);
    expect(wrong).toEqual([]);
    expect(tooLarge).toBeLessThanOrEqual(kept / 10);
    expect(Math.min(kept, broken)).toBeGreaterThanOrEqual(enough(1));
  });
});
