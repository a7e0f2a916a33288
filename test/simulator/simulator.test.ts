/**
 * The simulator beyond what the comparison with the naive evaluator covers: traces, guards, determinism, undefined
 * arithmetic.
 */
import { describe, expect, it } from 'vitest';
import { LdfiError } from '../../src/core/invariant.js';
import type { Bounds } from '../../src/faults/fault.js';
import { randomSpec } from '../reference/random-program.js';
import { broadcast, system } from '../support.js';

const AB: Bounds = { eot: 4, eff: 3, crashes: 1, nodes: ['a', 'b'] };

describe('a run', () => {
  it('says which messages were sent, by which rule, and what became of them', () => {
    const run = system(broadcast(['a', 'b', 'c']), { ...AB, nodes: ['a', 'b', 'c'] }).simulate([
      { kind: 'omission', from: 'a', to: 'b', tick: 1 },
    ]);
    expect(run.messages()).toEqual([
      { from: 'a', to: 'b', sent: 1, relation: 'log', row: ['b', 1], at: [], lost: true, rule: 1 },
      { from: 'a', to: 'c', sent: 1, relation: 'log', row: ['c', 1], at: [2], lost: false, rule: 1 },
    ]);
    expect(run.outcome.kind).toBe('violated');
    expect(run.outcome.witnesses).toEqual([
      ['a', 1],
      ['c', 1],
    ]);
  });

  it('traced, explains every fact that is not given: its firing, from facts that hold', () => {
    for (let seed = 0; seed < 15; seed++) {
      const { text, bounds } = randomSpec(seed);
      const it = system(text, bounds);
      const run = it.simulate([], { trace: true });
      const holds = (relation: string, row: readonly unknown[], tick: number): boolean =>
        run.rows(relation, tick).some((other) => JSON.stringify(other) === JSON.stringify(row));
      const firings = run.firings();
      for (const { head, body } of firings) {
        for (const fact of body) expect(holds(fact.relation, fact.row, fact.tick)).toBe(true);
        if (head.tick >= 1 && head.tick <= bounds.eot) expect(holds(head.relation, head.row, head.tick)).toBe(true);
      }
      const explained = new Set([
        ...firings.map(({ head }) => JSON.stringify([head.relation, head.row, head.tick])),
        ...it.program.facts.map(({ relation, row, tick }) => JSON.stringify([relation, row, tick])),
      ]);
      for (const name of it.program.relations.keys())
        for (let tick = 1; tick <= bounds.eot; tick++)
          for (const row of run.rows(name, tick)) expect(explained).toContain(JSON.stringify([name, row, tick]));
    }
  });

  it('is the same again, traced or not, whatever ran before', () => {
    for (let seed = 0; seed < 10; seed++) {
      const { text, bounds } = randomSpec(seed);
      const used = system(text, bounds);
      for (const fault of used.space.faults) used.simulate([fault]);
      const [first] = used.space.faults;
      const scenario = first ? [first] : [];
      const fresh = system(text, bounds).simulate(scenario);
      const again = used.simulate(scenario, { trace: true });
      expect(again.messages()).toEqual(fresh.messages());
      expect(again.outcome).toEqual(fresh.outcome);
    }
  });
});

describe('guards', () => {
  const seeds = 'n("a", 0)@1; post("a") :- n("a", 0);\n';

  it('stop a rule that counts without end, with its name', () => {
    const endless = system(`${seeds}n(A, X + 1) :- n(A, X);`, AB, { guards: { factsPerTick: 500, rounds: 10_000 } });
    expect(() => endless.simulate([])).toThrow(LdfiError);
    expect(() => endless.simulate([])).toThrow(/^n has more than 500 facts at tick 1/);
  });

  it('stop a recursion that takes too many rounds', () => {
    const long = system(`${seeds}n(A, X + 1) :- n(A, X), X < 300;`, AB, { guards: { factsPerTick: 1000, rounds: 50 } });
    expect(() => long.simulate([])).toThrow(/recursion through n takes more than 50 rounds/);
  });
});

it('undefined arithmetic derives nothing, and the run says in which rule', () => {
  const it = system(
    `v("a", 0)@1; v("a", "s")@1; v("a", 4)@1; v("a", 9007199254740991)@1;
     q(A, X, 8 / X) :- v(A, X);
     r(A, X + 1) :- v(A, X);
     post(A) :- q(A, _, _);`,
    AB,
  );
  const run = it.simulate([]);
  expect(run.rows('q', 1)).toEqual([
    ['a', 4, 2],
    ['a', 9007199254740991, 0],
  ]);
  expect(run.rows('r', 1)).toEqual([
    ['a', 1],
    ['a', 5],
  ]);
  expect(run.raw.undefinedIn.map(({ head }) => head.relation)).toEqual(['q', 'r']);
});
