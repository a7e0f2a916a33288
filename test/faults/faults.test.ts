/**
 * Faults: the edited clock against the sentences of the language reference, canonical form, admission, and the size of
 * the space.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LdfiError } from '../../src/core/invariant.js';
import { makeBounds } from '../../src/faults/bounds.js';
import { combinations } from '../../src/faults/count.js';
import type { Bounds, Fault, Scenario } from '../../src/faults/fault.js';
import {
  admit,
  canonical,
  compareScenarios,
  formatFault,
  formatScenario,
  parseFaults,
  scenarioCommand,
} from '../../src/faults/scenario.js';
import { FaultSpace } from '../../src/faults/space.js';
import { allScenarios, scenarioCount } from '../reference/scenarios.js';

const BOUNDS: Bounds = { eot: 4, eff: 3, crashes: 1, nodes: ['a', 'b', 'c'] };
const omit = (from: string, to: string, tick: number): Fault => ({ kind: 'omission', from, to, tick });
const crash = (node: string, tick: number): Fault => ({ kind: 'crash', node, tick });

/**
 * A message arrives one tick later, unless its slot is omitted or its sender has crashed by then; to oneself always.
 */
function arrives(scenario: Scenario, from: string, to: string, sent: number): boolean {
  if (from === to) return true;
  return !scenario.some((f) =>
    f.kind === 'crash'
      ? f.node === from && f.tick <= sent
      : f.kind === 'omission' && f.from === from && f.to === to && f.tick === sent,
  );
}

describe('the edited clock', () => {
  const space = new FaultSpace(BOUNDS);

  it('delivers exactly what no fault of the scenario hits', () => {
    for (const scenario of allScenarios(BOUNDS).filter((_, i) => i % 97 === 0)) {
      const happens = space.evaluator(canonical(scenario));
      for (const [i, from] of BOUNDS.nodes.entries())
        for (const [j, to] of BOUNDS.nodes.entries())
          for (let sent = 1; sent <= BOUNDS.eot; sent++) {
            const ticks = space
              .arrivals(i, j, sent)
              .filter(({ when }) => happens(when))
              .map(({ at }) => at);
            expect(ticks).toEqual(arrives(scenario, from, to, sent) ? [sent + 1] : []);
          }
    }
  });

  it('admits exactly the scenarios within the bounds', () => {
    const small = new FaultSpace({ eot: 3, eff: 2, crashes: 1, nodes: ['a', 'b'] });
    let admitted = 0;
    for (let bits = 0; bits < 2 ** small.faults.length; bits++) {
      const chosen = small.faults.filter((_, i) => (bits >> i) & 1);
      const crashes = chosen.filter((fault) => fault.kind === 'crash');
      const holds = small.circuit.evaluator((i) => ((bits >> i) & 1) === 1)(small.admissible);
      expect(holds).toBe(crashes.length <= 1);
      if (holds && canonical(chosen).length === chosen.length) admitted++;
    }
    expect(admitted).toBe(scenarioCount(small.bounds));
  });

  it('has no variable for a fault outside the bounds', () => {
    for (const fault of [
      omit('a', 'b', 3),
      omit('a', 'a', 1),
      omit('a', 'x', 1),
      crash('a', 4),
      crash('x', 1),
      crash('a', 0),
    ])
      expect(space.variable(fault)).toBe(-1);
  });
});

describe('scenarios', () => {
  it('are canonical: sorted, distinct, without omissions of the dead', () => {
    const faults = [omit('b', 'a', 2), crash('b', 2), omit('b', 'a', 1), omit('b', 'a', 1), omit('b', 'c', 3)];
    expect(formatScenario(canonical(faults))).toBe('{b→a@1, crash b@2}');
  });

  it('have one canonical form, whatever the order', () => {
    const space = new FaultSpace(BOUNDS);
    fc.assert(
      fc.property(fc.shuffledSubarray([...space.faults]), (faults) => {
        const form = canonical(faults);
        expect(canonical([...faults].reverse())).toEqual(form);
        expect(canonical(form)).toEqual(form);
        expect(compareScenarios(form, canonical(faults))).toBe(0);
      }),
    );
  });

  it('are written so that no two are mistaken for each other, whatever the nodes are called', () => {
    const names = ['a', 'b', 'c', 'a→b', 'b→c', 'crash a', 'a@1', 'a, b', '"a"', 'ä-1.x', ''];
    const faults = names.flatMap((from) => [
      crash(from, 1),
      ...names.flatMap((to) => (from === to ? [] : [omit(from, to, 1)])),
    ]);
    expect(new Set(faults.map(formatFault)).size).toBe(faults.length);
    expect(parseFaults(faults.map(formatFault).join(', '))).toEqual({ faults });
    expect(parseFaults(scenarioCommand(faults))).toEqual({ faults });
  });

  it('are refused outside the bounds, every problem at once', () => {
    const bad = [omit('a', 'b', 3), crash('a', 1), crash('b', 2), omit('z', 'b', 1)];
    expect(() => admit(bad, BOUNDS)).toThrow(LdfiError);
    expect(() => admit(bad, BOUNDS)).toThrow(
      /a→b@3[\s\S]*"z" is not one of the nodes[\s\S]*2 nodes crash; these bounds allow 1/,
    );
    expect(admit([omit('a', 'b', 2), crash('a', 1)], BOUNDS)).toEqual([crash('a', 1)]);
  });
});

describe('bounds', () => {
  it('are checked, every problem at once', () => {
    expect(() => makeBounds({ eot: 0, eff: -1, crashes: 1.5, nodes: [] })).toThrow(
      /eot[\s\S]*eff[\s\S]*crashes[\s\S]*node/,
    );
    const many = Array.from({ length: 64 }, (_, i) => `n${i}`);
    expect(() => makeBounds({ eot: 1000, eff: 1000, crashes: 0, nodes: many })).toThrow(/4027968 faults are possible/);
    expect(makeBounds({ ...BOUNDS, nodes: ['c', 'a', 'c'] }).nodes).toEqual(['a', 'c']);
  });

  it('span as many scenarios as the literature counts', () => {
    // 2 nodes: s = 2. C(2,0)·2^(2·2) = 16; C(2,1)·2^2·(2^0+2^1+2^2+2^2) = 2·4·11 = 88.
    expect(combinations({ eot: 3, eff: 2, crashes: 0, nodes: ['a', 'b'] })).toBe(16n);
    expect(combinations({ eot: 3, eff: 2, crashes: 1, nodes: ['a', 'b'] })).toBe(88n);
    expect(combinations({ eot: 6, eff: 3, crashes: 0, nodes: ['a', 'b', 'c'] })).toBe(4n ** 9n);
    expect(combinations({ eot: 3, eff: 2, crashes: 3, nodes: ['a', 'b'] })).toBe(0n);
  });
});
