/**
 * What the tests of programs expect of a result.
 */
import { expect } from 'vitest';
import { type NodesResult, nodesResultSchema } from '../../../src/live/nodes/report/schema.js';

/** The first counterexample, which has to be minimal, and to be reproduced at least once. */
export function firstOf(result: NodesResult) {
  expect(nodesResultSchema.safeParse(result).error).toBeUndefined();
  expect(result.verdict).toBe('counterexamples');
  const [found] = result.counterexamples;
  expect(found?.minimal).toBe(true);
  expect(found?.attempts).toBe(5);
  expect(found?.reproduced).toBeGreaterThan(1);
  return {
    kinds: found?.faults.map(({ kind }) => kind),
    calls: found?.faults.map(({ call }) => call),
    why: found?.why,
  };
}

/** No single fault breaks it, for each was tried. */
export function holds(result: NodesResult): void {
  expect(result.counterexamples.map(({ faults, why }) => [faults, why])).toEqual([]);
  expect(result).toMatchObject({ verdict: 'exact', exact: 1, reasons: [] });
}
