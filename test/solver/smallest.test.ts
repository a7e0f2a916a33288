/** Minimum and minimal models against brute force: enumeration, additions in between, tiny slices. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { prng } from '../../src/core/prng.js';
import { createCadical } from '../../src/solver/cadical.js';
import type { SatSolver, SolverFactory } from '../../src/solver/port.js';
import { type SmallestMode, SmallestModels, type SmallestResult } from '../../src/solver/smallest.js';
import { sized } from '../size.js';
import { createMinisat } from './minisat.js';
import { canonical, checked, clausesOf, faultSets, makeVariables, subsetMinimal } from './support.js';

const VARIABLES = 8;
const FAULTS = [1, 2, 3, 4, -5, 6];
const MODES: readonly SmallestMode[] = ['minimum', 'minimal'];
const formula = clausesOf(VARIABLES, 14, 4);

async function checkedCadical(): Promise<SatSolver> {
  return checked(await createCadical());
}

/** Calls `next` until it knows, in slices of `conflicts`. */
function insist(smallest: SmallestModels, mode: SmallestMode, conflicts?: number): SmallestResult {
  for (let slices = 0; slices < 100_000; slices++) {
    const result = smallest.next(mode, conflicts);
    if (result.kind !== 'unknown') return result;
  }
  throw new Error('no progress');
}

/** All sets that `next` and `block` come up with; `mode` may differ from call to call. */
function enumerate(smallest: SmallestModels, mode: (call: number) => SmallestMode, conflicts?: number): number[][] {
  const found: number[][] = [];
  for (;;) {
    const result = insist(smallest, mode(found.length), conflicts);
    if (result.kind !== 'model') return found;
    found.push([...result.faults]);
    smallest.block(result.faults);
  }
}

async function setUp(clauses: readonly number[][], create: SolverFactory = checkedCadical) {
  const solver = await create();
  makeVariables(solver, VARIABLES);
  const smallest = new SmallestModels(solver, FAULTS);
  for (const clause of clauses) smallest.addClause(clause);
  return { solver, smallest };
}

describe('SmallestModels', () => {
  it.each(MODES)('enumerates all subset-minimal sets: %s', async (mode) => {
    await fc.assert(
      fc.asyncProperty(formula, fc.constantFrom(undefined, 1, 2, 7), async (clauses, conflicts) => {
        const { solver, smallest } = await setUp(clauses);
        const found = enumerate(smallest, () => mode, conflicts);
        const expected = subsetMinimal(faultSets(VARIABLES, clauses, FAULTS));
        expect(canonical(found)).toEqual(canonical(expected));
        if (mode === 'minimum')
          expect(found.map((set) => set.length)).toEqual(expected.map((set) => set.length).sort());
        expect(smallest.next(mode)).toEqual({ kind: 'unsatisfiable' });
        solver.dispose();
      }),
      { numRuns: sized(150, 40) },
    );
  });

  it('enumerates the same sets when the modes alternate at random', async () => {
    await fc.assert(
      fc.asyncProperty(formula, fc.array(fc.boolean(), { minLength: 1 }), async (clauses, coins) => {
        const { solver, smallest } = await setUp(clauses);
        const found = enumerate(smallest, (call) => (coins[call % coins.length] ? 'minimum' : 'minimal'), 3);
        expect(canonical(found)).toEqual(canonical(subsetMinimal(faultSets(VARIABLES, clauses, FAULTS))));
        solver.dispose();
      }),
      { numRuns: sized(100, 30) },
    );
  });

  it('stays right as clauses and faults come in between, also between slices', async () => {
    const additions = fc.array(fc.tuple(fc.constantFrom(...MODES), clausesOf(VARIABLES, 4, 4), fc.boolean()), {
      minLength: 2,
      maxLength: 8,
    });
    await fc.assert(
      fc.asyncProperty(additions, async (steps) => {
        const { solver, smallest } = await setUp([]);
        const clauses: number[][] = [];
        let faults = FAULTS;
        for (const [mode, more, patient] of steps) {
          for (const clause of more) smallest.addClause(clause);
          clauses.push(...more);
          if (clauses.length > 8 && faults === FAULTS) {
            smallest.addFault(7);
            faults = [...FAULTS, 7];
          }
          const result = patient ? insist(smallest, mode, 2) : smallest.next(mode, 1);
          const sets = faultSets(VARIABLES, clauses, faults);
          const least = Math.min(...sets.map((set) => set.length));
          expect(smallest.lowerBound).toBeLessThanOrEqual(least);
          if (result.kind === 'unsatisfiable') expect(sets).toEqual([]);
          if (result.kind !== 'model') continue;
          expect(canonical(subsetMinimal(sets))).toContain(canonical([result.faults])[0]);
          if (mode === 'minimum') expect([result.faults.length, smallest.lowerBound]).toEqual([least, least]);
        }
        solver.dispose();
      }),
      { numRuns: sized(200, 50) },
    );
  });

  it('answers the same on MiniSat', async () => {
    await fc.assert(
      fc.asyncProperty(formula, fc.constantFrom(...MODES), async (clauses, mode) => {
        const { smallest } = await setUp(clauses, createMinisat);
        const found = enumerate(smallest, () => mode, 5);
        expect(canonical(found)).toEqual(canonical(subsetMinimal(faultSets(VARIABLES, clauses, FAULTS))));
      }),
      { numRuns: 30 },
    );
  });

  it('agrees across modes and slices on hitting sets too large for brute force', async () => {
    const variables = 24;
    const answers = await Promise.all(
      MODES.flatMap((mode) => [undefined, 5, 50].map((conflicts) => ({ mode, conflicts }))).map(
        async ({ mode, conflicts }) => {
          const random = prng(7);
          const solver = await createCadical();
          const faults = makeVariables(solver, variables);
          const smallest = new SmallestModels(solver, faults);
          for (let i = 0; i < 30; i++) {
            const width = 3 + random(4);
            smallest.addClause(Array.from({ length: width }, () => 1 + random(variables)));
          }
          const found = enumerate(smallest, () => mode, conflicts);
          solver.dispose();
          return canonical(found);
        },
      ),
    );
    expect(answers[0]?.length).toBeGreaterThan(100);
    for (const answer of answers) expect(answer).toEqual(answers[0]);
  });

  it('gives the same sets in the same order each time', async () => {
    const clauses = [
      [1, 2],
      [2, 3, -5],
      [-1, 6, 4],
      [3, 4, 7],
      [-7, 8, 1],
    ];
    const runs = await Promise.all(
      [0, 1].map(async () => enumerate((await setUp(clauses)).smallest, (call) => MODES[call % 2] as SmallestMode)),
    );
    expect(runs[0]).toEqual(runs[1]);
  });

  it('finds the empty set, and nothing once it is blocked', async () => {
    for (const mode of MODES) {
      const { smallest } = await setUp([[-1, 7]]);
      expect(smallest.next(mode)).toEqual({ kind: 'model', faults: [] });
      smallest.block([]);
      expect(smallest.next(mode)).toEqual({ kind: 'unsatisfiable' });
    }
  });

  it('refuses a fault given twice and a slice below one', async () => {
    const { smallest } = await setUp([]);
    expect(() => smallest.addFault(5)).toThrow('given twice');
    expect(() => smallest.next('minimum', 0)).toThrow('conflict slice');
  });
});
