/** Both solvers behind the port against brute force and each other, and misuse of their states. */
import { Cadical } from 'cadical-wasm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fileReader } from '../../src/cli/io/file-reader.js';
import { loadProgram } from '../../src/dedalus/load.js';
import { DedalusSystem } from '../../src/lineage/ground/system.js';
import { search } from '../../src/search/search.js';
import { createCadical } from '../../src/solver/cadical.js';
import type { SolverFactory } from '../../src/solver/port.js';
import { createMinisat } from './minisat.js';
import { checked, clausesOf, literalOf, makeVariables, models } from './support.js';

const VARIABLES = 6;
const step = fc.record({
  clauses: clausesOf(VARIABLES, 6, 4),
  assumptions: fc.array(literalOf(VARIABLES), { maxLength: 5 }),
  constraint: fc.option(fc.array(literalOf(VARIABLES), { maxLength: 3 }), { nil: undefined }),
});

const factories: [string, SolverFactory, number][] = [
  ['cadical', createCadical, 150],
  ['minisat', createMinisat, 30],
];

describe.each(factories)('%s', (_name, create, numRuns) => {
  it('agrees with brute force over incremental clauses, assumptions and constraints', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 6 }), async (steps) => {
        const solver = await checked(await create());
        makeVariables(solver, VARIABLES);
        const clauses: number[][] = [];
        for (const { clauses: more, assumptions, constraint } of steps) {
          for (const clause of more) solver.addClause(clause);
          clauses.push(...more);
          const all = [...clauses, ...assumptions.map((literal) => [literal]), ...(constraint ? [constraint] : [])];
          const expected = models(VARIABLES, all).length > 0 ? 'satisfiable' : 'unsatisfiable';
          expect(solver.solve(constraint ? { assumptions, constraint } : { assumptions })).toBe(expected);
          // Neither assumptions nor constraint outlive their call.
          const plain = models(VARIABLES, clauses).length > 0 ? 'satisfiable' : 'unsatisfiable';
          expect(solver.solve()).toBe(plain);
        }
        solver.dispose();
      }),
      { numRuns },
    );
  });
});

/** The pigeonhole principle: `holes + 1` pigeons, unsatisfiable and hard. */
function pigeons(holes: number): { variables: number; clauses: number[][] } {
  const at = (pigeon: number, hole: number) => pigeon * holes + hole + 1;
  const range = Array.from({ length: holes + 1 }, (_, i) => i);
  const clauses = range.map((pigeon) => range.slice(0, holes).map((hole) => at(pigeon, hole)));
  for (let hole = 0; hole < holes; hole++) {
    for (const p of range) for (const q of range.slice(p + 1)) clauses.push([-at(p, hole), -at(q, hole)]);
  }
  return { variables: holes * (holes + 1), clauses };
}

describe('cadical adapter', () => {
  it('drops the constraint also after a call that ran out of conflicts', async () => {
    const solver = await createCadical();
    const { variables, clauses } = pigeons(6);
    makeVariables(solver, variables);
    const extra = solver.newVariable();
    const free = solver.newVariable();
    for (const clause of clauses) solver.addClause([extra, ...clause]);
    expect(solver.solve({ assumptions: [-extra], constraint: [free], conflicts: 5 })).toBe('unknown');
    expect(solver.solve({ assumptions: [extra, -free] })).toBe('satisfiable');
    expect(solver.value(free)).toBe(false);
  });

  it('continues after running out of conflicts', async () => {
    const solver = await createCadical();
    const { variables, clauses } = pigeons(5);
    makeVariables(solver, variables);
    for (const clause of clauses) solver.addClause(clause);
    let slices = 1;
    while (solver.solve({ conflicts: 10 }) === 'unknown') slices++;
    expect(slices).toBeGreaterThan(1);
    expect(solver.core()).toEqual([]);
    expect(solver.statistics.calls).toBe(slices);
    expect(solver.statistics.conflicts).toBeGreaterThan(10);
  });

  it('reads variables that are in no clause, false by default', async () => {
    const solver = await createCadical();
    const [a, b] = makeVariables(solver, 2) as [number, number];
    solver.addClause([a]);
    expect(solver.solve()).toBe('satisfiable');
    expect([solver.value(a), solver.value(-a), solver.value(b), solver.value(-b)]).toEqual([true, false, false, true]);
  });

  it('throws on misuse and stays usable', async () => {
    const solver = await createCadical();
    const a = solver.newVariable();
    expect(() => solver.value(a)).toThrow('no model');
    expect(() => solver.core()).toThrow('no core');
    expect(solver.solve()).toBe('satisfiable');
    expect(() => solver.core()).toThrow('no core');
    for (const literal of [0, 2, -2, 1.5, Number.NaN]) {
      expect(() => solver.value(literal)).toThrow('literal');
      expect(() => solver.addClause([literal])).toThrow('literal');
      expect(() => solver.solve({ assumptions: [literal] })).toThrow('literal');
      expect(() => solver.solve({ constraint: [literal] })).toThrow('literal');
    }
    expect(() => solver.solve({ conflicts: 0 })).toThrow('conflict limit');
    expect(solver.value(-a)).toBe(true);
    solver.addClause([a]);
    expect(() => solver.value(a)).toThrow('no model');
    expect(solver.solve({ assumptions: [-a] })).toBe('unsatisfiable');
    expect(() => solver.value(a)).toThrow('no model');
    expect(solver.core()).toEqual([-a]);
    solver.newVariable();
    expect(() => solver.core()).toThrow('no core');
    solver.addClause([]);
    expect(solver.solve()).toBe('unsatisfiable');
    expect(solver.core()).toEqual([]);
    solver.dispose();
    solver.dispose();
    expect(() => solver.solve()).toThrow('disposed');
    expect(() => solver.core()).toThrow('disposed');
    expect(() => solver.newVariable()).toThrow('disposed');
  });
});

describe('a module that aborts', () => {
  /** Makes CaDiCaL abort as it does without memory. */
  async function aborting<T>(work: () => Promise<T>): Promise<T> {
    const { solve } = Cadical.prototype;
    Cadical.prototype.solve = () => {
      throw new WebAssembly.RuntimeError('Aborted()');
    };
    try {
      return await work();
    } finally {
      Cadical.prototype.solve = solve;
    }
  }

  it('is a limit of this solver, and none of the next', async () => {
    const solver = await createCadical();
    solver.addClause([solver.newVariable()]);
    await aborting(async () =>
      expect(() => solver.solve()).toThrow('used up its memory (1 variables, 1 clauses): choose smaller bounds'),
    );
    solver.dispose();
    const next = await createCadical();
    const variable = next.newVariable();
    next.addClause([variable]);
    expect(next.solve()).toBe('satisfiable');
    expect(next.value(variable)).toBe(true);
    next.dispose();
  });

  it('ends a search without a verdict, and keeps what was found', async () => {
    const { program } = loadProgram(['specs/broadcast/simple.ded'], fileReader);
    if (!program) throw new Error('no program');
    const system = new DedalusSystem(program, { eot: 4, eff: 2, crashes: 0, nodes: ['a', 'b', 'c'] });
    const verdict = await aborting(async () => {
      for await (const event of search(system)) if (event.kind === 'verdict') return event.verdict;
      return undefined;
    });
    expect(verdict).toMatchObject({ kind: 'inconclusive', stopped: 'limit', statistics: { executions: 1 } });
    expect(verdict?.detail).toMatch(/^the SAT solver has used up its memory/);
  });
});
