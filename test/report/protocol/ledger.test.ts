/**
 * The ledger and the explanations of protocols: every way is cut and each fault alone cuts one; what is missing leads to a fault.
 */
import { describe, expect, it } from 'vitest';
import { Case, ledgerOf, rootsOf, runView, why } from '../../../src/report/protocol/index.js';
import type { WhyView } from '../../../src/report/views.js';
import { NAMES, reportedOf } from './protocols.js';

/** Faults that the explanation of a fact comes down to. */
function faultsBehind(it: Case, fact: WhyView['fact'], seen = new Set<string>()): Set<string> {
  const key = JSON.stringify([fact.relation, fact.row, fact.tick]);
  const found = new Set<string>();
  if (seen.has(key)) return found;
  seen.add(key);
  for (const { fault, body } of why(it, fact).steps) {
    if (fault) found.add(JSON.stringify(fault));
    for (const part of body) for (const deeper of faultsBehind(it, part.fact, seen)) found.add(deeper);
  }
  return found;
}

describe('the report of a protocol', () => {
  it.each(NAMES)('%s: every way is cut, each fault is needed, and every why ends at a fault', async (name) => {
    for (const { known, found } of await reportedOf(name))
      for (const scenario of found) {
        if (scenario.length === 0) continue;
        const it = new Case(known, scenario);
        const { rows, faults } = ledgerOf(it);
        expect(faults).toEqual(scenario);
        expect(rows.length).toBeGreaterThan(0);
        for (const { cut, ways } of rows) {
          expect(cut).toContain(true);
          for (const needs of ways)
            expect(cut).toEqual(scenario.map((_, i) => needs.some((need) => need.cut.includes(i))));
        }
        for (const [i] of scenario.entries())
          expect(rows.some(({ cut }) => cut.every((is, j) => is === (i === j)))).toBe(true);
        const roots = rootsOf(it);
        expect(roots.length).toBeGreaterThan(0);
        const behind = new Set(roots.flatMap((fact) => [...faultsBehind(it, { ...fact, text: '' })]));
        expect({ scenario, behind: [...behind].length > 0 }).toEqual({ scenario, behind: true });
      }
  });

  it.each(NAMES)('%s: what holds is explained from the start, and messages of the slice are sent', async (name) => {
    for (const { known } of await reportedOf(name)) {
      const it = new Case(known, []);
      for (const fact of rootsOf(it)) {
        expect(it.told.holds(fact)).toBe(true);
        const { holds, steps } = why(it, fact);
        expect(holds).toBe(true);
        expect(steps.length).toBeGreaterThan(0);
      }
      const { rows } = ledgerOf(it);
      const ids = new Set(runView(it).messages.map(({ id }) => id));
      for (const { ways } of rows) for (const needs of ways) for (const { id } of needs) expect(ids).toContain(id);
    }
  });
});
