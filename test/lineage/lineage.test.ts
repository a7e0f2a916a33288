/**
 * Grounding and lineage beyond what the comparison with brute force covers: sizes, aggregates as chains, guards.
 */
import { describe, expect, it } from 'vitest';
import type { Bounds } from '../../src/faults/fault.js';
import { cone } from '../../src/lineage/ground/order.js';
import { evaluate } from '../../src/lineage/ground/truth.js';
import { agree, compareScenarios, compareSets, finish } from '../reference/compare.js';
import { randomSpec } from '../reference/random-program.js';
import { clique, system } from '../support.js';

const NODES = ['a', 'b', 'c', 'd', 'e'];

/** a collects votes and decides by a quorum. */
const quorum = (nodes: readonly string[]): string => `${clique(nodes)}
vote(M, N)@async :- node(N, M), M == "a";
vote(N, M)@next :- vote(N, M);
votes(N, count<M>) :- vote(N, M);
decided(N) :- votes(N, C), C >= ${Math.ceil(nodes.length / 2) - 1};
pre(N) :- node(N, _), N == "a";
post(N) :- decided(N);
`;

describe('aggregates', () => {
  it('merge into one threshold where only an interval matters', async () => {
    const bounds: Bounds = { eot: 3, eff: 3, crashes: 0, nodes: NODES };
    const it = system(quorum(NODES), bounds);
    const ground = await finish(it.ground());
    const decided = it.schema.relation('decided').id;
    const bodies = ground.facts.flatMap((fact, atom) => (fact?.relation === decided ? [ground.bodies(atom)] : []));
    // Two ticks at which votes may have arrived, one body each: 'at least two votes'.
    expect(bodies.map((all) => all.length)).toEqual([1, 1]);
  });

  it.each(['count', 'min', 'max', 'sum', 'avg'])('%s over values that faults decide', async (fn) => {
    const text = `${clique(['a', 'b', 'c'])}
      has("a", 1)@1; has("b", 2)@1; has("b", 5)@1; has("c", "x")@1; has("c", -3)@1; has("a", 7)@2;
      got(M, X)@async :- has(N, X), node(N, M);
      got(N, X) :- has(N, X);
      got(N, X)@next :- got(N, X);
      value(N, ${fn}<X>) :- got(N, X);
      pre(N, V) :- value(N, V)@2;
      pre(N, "end") :- node(N, _);
      post(N, V) :- value(N, V)@2, value(N, W), W != 3;
      post(N, "end") :- value(N, V), V != 2, V != 7;`;
    const spec = { text, bounds: { eot: 3, eff: 2, crashes: 1, nodes: ['a', 'b', 'c'] } };
    const comparison = await compareSets(spec);
    expect(comparison && agree(comparison) ? [] : comparison).toEqual([]);
    expect(await compareScenarios(spec, 150)).toBeUndefined();
  });

  const values = Array.from({ length: 30 }, (_, i) => `has("b", ${i + 1}, ${2 ** i})@1;`).join(' ');

  it('a sum over values that share a slot is one case, not one per subset', async () => {
    const text = `${clique(['a', 'b'])} ${values}
      got(M, X)@async :- has(N, _, X), node(N, M);
      total(N, sum<X>) :- got(N, X);
      post(N) :- total(N, _);`;
    const it = system(text, { eot: 2, eff: 2, crashes: 1, nodes: ['a', 'b'] });
    const ground = await finish(it.ground());
    const total = it.schema.relation('total').id;
    expect(ground.facts.filter((fact) => fact?.relation === total)).toHaveLength(1);
  });

  it('a sum over very many different values is refused, not attempted', async () => {
    const text = `${clique(['a', 'b'])} ${values}
      has(N, T, X)@next :- has(N, T, X);
      now("b", 1)@1; now(N, T + 1)@next :- now(N, T);
      got(M, X)@async :- now(N, T), has(N, T, X), node(N, M);
      got(N, X)@next :- got(N, X);
      total(N, sum<X>) :- got(N, X);
      post(N) :- total(N, _);`;
    const wide = system(text, { eot: 30, eff: 30, crashes: 0, nodes: ['a', 'b'] });
    await expect(finish(wide.lineage())).rejects.toThrow(/a sum or avg has more than \d+ possible totals/);
  });
});

describe('the ground program', () => {
  it('gives every fact the truth that it has in the run', async () => {
    for (let seed = 0; seed < 40; seed++) {
      const { text, bounds } = randomSpec(seed);
      const it = system(text, bounds);
      const ground = await finish(it.ground());
      const all = ground.facts.map((_, atom) => ({ pre: atom + 1, post: false, row: -1 }));
      const units = await finish(cone(ground, all));
      for (const fault of [undefined, ...it.space.faults.slice(0, 6)]) {
        const scenario = fault ? [fault] : [];
        const run = it.simulate(scenario);
        const truth = await finish(evaluate(ground, units, it.space.evaluator(scenario)));
        ground.facts.forEach((fact, atom) => {
          if (!fact) return;
          const holds = run.raw.ticks[fact.tick]?.[fact.relation]?.includes(fact.tuple) ?? false;
          expect({ seed, fact, holds: ground.isCertain(atom) || truth.holds(atom + 1) }).toEqual({ seed, fact, holds });
        });
      }
    }
  });

  it('leaves out what no fault can touch', async () => {
    const bounds: Bounds = { eot: 4, eff: 0, crashes: 0, nodes: NODES };
    expect((await finish(system(quorum(NODES), bounds).ground())).instances).toBe(0);
  });
});
