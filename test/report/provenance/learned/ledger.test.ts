/**
 * The ledger and the explanations of protocols: every way is cut and each fault alone cuts one; what is missing leads
 * to a fault.
 */
import { describe, expect, it } from 'vitest';
import { atOnce } from '../../../../src/core/work.js';
import type { Case } from '../../../../src/report/provenance/case.js';
import type { Walked } from '../../../../src/report/provenance/learned/history.js';
import { ledgerOf } from '../../../../src/report/provenance/ledger.js';
import { runView } from '../../../../src/report/provenance/run-view.js';
import type { WhyView } from '../../../../src/report/provenance/views.js';
import { NAMES, reportedOf } from './protocols.js';

/** Faults that the explanation of a fact comes down to. */
function faultsBehind(it: Case<Walked>, fact: WhyView['fact'], seen = new Set<string>()): Set<string> {
  const key = JSON.stringify([fact.relation, fact.row, fact.tick]);
  const found = new Set<string>();
  if (seen.has(key)) return found;
  seen.add(key);
  for (const { fault, body } of it.why(fact).steps) {
    if (fault) found.add(JSON.stringify(fault));
    for (const part of body) for (const deeper of faultsBehind(it, part.fact, seen)) found.add(deeper);
  }
  return found;
}

describe('the report of a protocol', () => {
  it.each(NAMES)('%s: every way is cut, each fault is needed, and every why ends at a fault', async (name) => {
    for (const { of, found } of await reportedOf(name))
      for (const scenario of found) {
        if (scenario.length === 0) continue;
        const it = of.case(scenario);
        const { rows, faults } = atOnce(ledgerOf(it));
        expect(faults).toEqual(scenario);
        expect(rows.length).toBeGreaterThan(0);
        for (const { cut, supports } of rows) {
          expect(cut).toContain(true);
          for (const conditions of supports)
            expect(cut).toEqual(scenario.map((_, i) => conditions.some((condition) => condition.cut.includes(i))));
        }
        for (const [i] of scenario.entries())
          expect(rows.some(({ cut }) => cut.every((is, j) => is === (i === j)))).toBe(true);
        const roots = it.of.roots(it);
        expect(roots.length).toBeGreaterThan(0);
        const behind = new Set(roots.flatMap((fact) => [...faultsBehind(it, { ...fact, text: '' })]));
        expect({ scenario, behind: [...behind].length > 0 }).toEqual({ scenario, behind: true });
      }
  });

  it.each(NAMES)('%s: what holds is explained from the start, and messages of the slice are sent', async (name) => {
    for (const { of } of await reportedOf(name)) {
      const it = of.case([]);
      for (const fact of it.of.roots(it)) {
        expect(it.holds(fact)).toBe(true);
        const { holds, steps } = it.why(fact);
        expect(holds).toBe(true);
        expect(steps.length).toBeGreaterThan(0);
      }
      const { rows } = atOnce(ledgerOf(it));
      const ids = new Set(runView(it).messages.map(({ id }) => id));
      for (const { supports } of rows)
        for (const conditions of supports) for (const { id } of conditions) expect(ids).toContain(id);
    }
  });
});
