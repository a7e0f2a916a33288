/**
 * Helpers of the tests of witnesses: two schedules for each output that needs coordination.
 */
import { expect } from 'vitest';
import { analyse } from '../../src/calm/calm.js';
import { Schedules } from '../../src/calm/schedules.js';
import { type Found, findWitnesses } from '../../src/calm/witness.js';
import { atOnce } from '../../src/core/work.js';
import type { Program } from '../../src/dedalus/program.js';
import { resolveChecks } from '../../src/search/check.js';

/** As `ldfi calm` does by default, but for a few schedules less. */
export function tried(program: Program, nodes: readonly string[], eot: number): [Schedules, Found, string] {
  const { outputs, timing } = analyse(program);
  const schedules = new Schedules(program, { nodes, eot, delay: 5, until: eot }, timing);
  const names = outputs.map(({ relation }) => relation);
  const labels = outputs.map(({ relation, verdict }) => `${relation} ${verdict}`).join(', ');
  return [schedules, atOnce(findWitnesses(schedules, names, 160)), labels];
}

/** Whether the second run of each witness makes a difference, and none without one of its delays does. */
export function areNeeded(schedules: Schedules, { witnesses }: Found): void {
  for (const { output, runs } of witnesses.values()) {
    const [usual, late] = runs.map((run) => schedules.digest(run, output));
    expect(late).not.toBe(usual);
    for (const one of runs[1].scenario) {
      const rest = runs[1].scenario.filter((other) => other !== one);
      const run = schedules.run(schedules.space.lawful(rest));
      if (schedules.rests(run)) expect(schedules.digest(run, output)).toBe(usual);
    }
  }
}

/**
 * The program has these labels, and a witness for each D; its first check says where schedules come from.
 * @param expected like `put A, bought D`
 */
export function expectWitnesses(program: Program, expected: string): void {
  const [check] = resolveChecks(program);
  if (!check) throw new Error('every spec has a check');
  const [schedules, found, labels] = tried(program, check.bounds.nodes, check.bounds.eot);
  expect(labels).toBe(expected);
  const shown = labels.split(', ').flatMap((label) => (label.endsWith(' D') ? [label.replace(' D', '')] : []));
  expect([...found.witnesses.keys()].sort()).toEqual(shown);
  areNeeded(schedules, found);
}
