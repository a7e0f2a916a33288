/**
 * The search over experiments against brute force, on random applications in which faults hide one another.
 */
import { describe, expect, test } from 'vitest';
import { compare } from './compare.js';

describe('random applications', () => {
  test('with the exact pass nothing is missed and nothing invented', async () => {
    const { applications, sets, ...wrong } = await compare(300, 2);
    expect(applications).toBe(300);
    expect(sets).toBeGreaterThan(1_000);
    expect(wrong).toEqual({ missed: 0, invented: 0, differ: [] });
  });

  test('nor with several experiments at once', async () => {
    const { sets, ...wrong } = await compare(60, 2, 5_000, 4);
    expect(sets).toBeGreaterThan(200);
    expect(wrong).toEqual({ applications: 60, missed: 0, invented: 0, differ: [] });
  });

  test('the loop alone misses some, and invents none', async () => {
    const { missed, invented, sets } = await compare(300, 0);
    expect(invented).toBe(0);
    expect(missed).toBeGreaterThan(0);
    expect(missed / sets).toBeLessThan(0.3);
  });
});
