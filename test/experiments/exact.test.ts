/**
 * The search over experiments against brute force, on random applications in which faults hide one another.
 */
import { describe, expect, test } from 'vitest';
import { enough, sized } from '../size.js';
import { compare } from './compare.js';

const MANY = sized(300, 12);
const FEW = sized(60, 5);

describe('random applications', () => {
  test('with the exact pass nothing is missed and nothing invented', async () => {
    const { applications, sets, ...wrong } = await compare(MANY, 2);
    expect(applications).toBe(MANY);
    expect(sets).toBeGreaterThanOrEqual(enough(1_000));
    expect(wrong).toEqual({ missed: 0, invented: 0, differ: [] });
  });

  test('nor with several experiments at once', async () => {
    const { sets, ...wrong } = await compare(FEW, 2, 5_000, 4);
    expect(sets).toBeGreaterThanOrEqual(enough(200));
    expect(wrong).toEqual({ applications: FEW, missed: 0, invented: 0, differ: [] });
  });

  test('the loop alone misses some, and invents none', async () => {
    const { missed, invented, sets } = await compare(sized(300, 100), 0);
    expect(invented).toBe(0);
    expect(missed).toBeGreaterThan(0);
    expect(missed / sets).toBeLessThan(0.3);
  });
});
