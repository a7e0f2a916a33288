/**
 * What why-not leaves out could not have given the fact in any scenario within the bounds, and what it folds is all
 * still there: over random programs, against the runs of every scenario.
 */
import { describe, expect, it } from 'vitest';
import { atOnce } from '../../../../src/core/work.js';
import type { Scenario } from '../../../../src/faults/fault.js';
import { DedalusSystem } from '../../../../src/lineage/ground/system.js';
import { alikeSteps } from '../../../../src/report/provenance/alike-steps.js';
import { ANY } from '../../../../src/report/provenance/dedalus/pattern.js';
import { DedalusProvenance } from '../../../../src/report/provenance/dedalus/provenance.js';
import { type FactKey, factName, type WhyStep } from '../../../../src/report/provenance/views.js';
import { randomSpec } from '../../../reference/random-program.js';
import { allScenarios } from '../../../reference/scenarios.js';
import { sized } from '../../../size.js';
import { clique, programFrom, system } from '../../../support.js';

/** Most scenarios of a program, and most facts that are asked for. */
const MOST = { scenarios: 60, facts: 6 } as const;

type Provenance = DedalusProvenance;

/** Whether a way that worked elsewhere is one that an attempt stands for. */
const covers = (attempt: WhyStep, way: WhyStep): boolean =>
  attempt.source?.line === way.source?.line &&
  attempt.source?.text === way.source?.text &&
  attempt.body.every(({ fact, negated }) =>
    way.body.some(
      (part) =>
        part.negated === negated &&
        part.fact.relation === fact.relation &&
        part.fact.tick === fact.tick &&
        fact.row.every((value, i) => value === ANY || part.fact.row[i] === ANY || value === part.fact.row[i]),
    ),
  );

/** Facts of other runs that this one lacks. */
function missingFacts(of: Provenance, scenario: Scenario, others: readonly Scenario[]): FactKey[] {
  const found = new Map<string, FactKey>();
  const { run } = of.case(scenario);
  for (const other of others)
    for (let tick = 1; tick <= of.eot; tick++)
      for (const node of of.nodes.keys())
        for (const { relation, row, quiet } of of.case(other).run.items(node, tick).values()) {
          const fact = { relation, row, tick };
          if (!quiet && !run.holds(fact)) found.set(factName(fact), fact);
        }
  const all = [...found.values()];
  const stride = Math.max(1, Math.floor(all.length / MOST.facts));
  return all.filter((_, i) => i % stride === 0);
}

describe('attempts at what is missing', () => {
  let dropped = 0;
  let ways = 0;
  let folded = 0;

  it.each(Array.from({ length: sized(33, 2) }, (_, i) => i * 8))(
    'of programs from seed %i on',
    (first) => {
      for (let seed = first; seed < first + 8; seed++) {
        const { text, bounds } = randomSpec(seed);
        const of = new DedalusProvenance(new DedalusSystem(programFrom(text), bounds));
        atOnce(of.prepare());
        const all = [...allScenarios(bounds)];
        const stride = Math.max(1, Math.floor(all.length / MOST.scenarios));
        const some = all.filter((_, i) => i % stride === 0);
        const scenario = some[Math.floor(some.length / 2)] ?? [];
        const it = of.case(scenario);
        for (const fact of missingFacts(of, scenario, some.slice(0, 12))) {
          const [before, after] = [of.why(it, fact).steps, of.whyPossible(it, fact)];
          const left = before.filter(
            (step) => !after.steps.some((one) => JSON.stringify(one) === JSON.stringify(step)),
          );
          dropped += left.length;
          const name = `seed ${seed}: ${of.text(fact)}@${fact.tick}`;
          for (const other of some) {
            const there = of.case(other);
            if (!there.run.holds(fact)) continue;
            for (const way of of.why(there, fact).steps.filter(({ source, kind }) => source && kind !== 'given')) {
              ways++;
              expect(
                after.steps.some(({ source }) => source?.line === way.source?.line),
                name,
              ).toBe(true);
              for (const step of left) expect(covers(step, way), name).toBe(false);
            }
          }
          const groups = alikeSteps(it, after, after.steps);
          expect(groups.flatMap(({ first: one, others }) => [one, ...others.map(({ step }) => step)])).toHaveLength(
            after.steps.length,
          );
          for (const { first: one, names, others } of groups)
            for (const { step, names: own } of others) {
              folded++;
              const renamed = one.body.map((part) =>
                part.fact.row.map((value) => own[names.indexOf(String(value))] ?? value),
              );
              expect(step.body.map((part) => part.fact.row)).toEqual(renamed);
              expect(step.fault).toEqual(one.fault);
            }
        }
      }
    },
    600_000,
  );

  it('were many', () => {
    expect(ways).toBeGreaterThan(100);
    expect(dropped).toBeGreaterThan(5);
    expect(folded).toBeGreaterThan(0);
  });
});

it('a rule that never could have fired is left out, and nodes that are alike are one branch', () => {
  const nodes = ['a', 'b', 'c', 'd'];
  const text = `${clique(nodes)}
go("a")@1;
done(X) :- go(X), magic(X, _);
magic(X, Y) :- go(X), never_there(X, Y);
never_there("b", 1)@1;
heard(M, N)@async :- go(N), node(N, M);
done(X) :- node(X, Y), heard(X, Y);
pre(X) :- node(X, _);
post(X) :- done(X);
`;
  const of = new DedalusProvenance(system(text, { eot: 3, eff: 2, crashes: 0, nodes }));
  atOnce(of.prepare());
  const told = of.case([{ kind: 'omission', from: 'a', to: 'b', tick: 1 }]);
  const fact = { relation: 'done', row: ['b'], tick: 2 };
  expect(of.why(told, fact).steps.some(({ source }) => source?.text.includes('magic'))).toBe(true);
  const why = of.whyPossible(told, fact);
  expect(why.steps.every(({ source }) => source?.text.includes('heard'))).toBe(true);
});
