/**
 * Random clauses and circuits, brute force over all assignments, and a solver wrapper that checks every answer it
 * passes on.
 */
import fc from 'fast-check';
import { type Circuit, type Formula, TRUE } from '../../src/core/circuit.js';
import { invariant } from '../../src/core/invariant.js';
import type { SatSolver, SolveRequest } from '../../src/solver/port.js';
import { createMinisat } from './minisat.js';

export type Clause = readonly number[];

/** Whether the assignment (bit v - 1 of `bits` is variable v) makes a literal true. */
export function holds(bits: number, literal: number): boolean {
  return ((bits >> (Math.abs(literal) - 1)) & 1) === (literal > 0 ? 1 : 0);
}

/** All assignments of `variables` variables that satisfy the clauses. */
export function models(variables: number, clauses: readonly Clause[]): number[] {
  const found: number[] = [];
  for (let bits = 0; bits < 1 << variables; bits++) {
    if (clauses.every((clause) => clause.some((literal) => holds(bits, literal)))) found.push(bits);
  }
  return found;
}

/** The distinct sets of true faults over all models, as sorted texts. */
export function faultSets(variables: number, clauses: readonly Clause[], faults: readonly number[]): number[][] {
  const sets = new Map<string, number[]>();
  for (const bits of models(variables, clauses)) {
    const set = faults.filter((fault) => holds(bits, fault));
    sets.set(set.join(), set);
  }
  return [...sets.values()];
}

/** Those sets that have no proper subset among the sets. */
export function subsetMinimal(sets: readonly number[][]): number[][] {
  return sets.filter((set) => !sets.some((o) => o.length < set.length && o.every((fault) => set.includes(fault))));
}

/** Sets of sets as text, whatever their order. */
export function canonical(sets: readonly (readonly number[])[]): string[] {
  return sets.map((set) => [...set].sort((a, b) => a - b).join(' ')).sort();
}

/** A literal over variables 1 … `variables`. */
export function literalOf(variables: number): fc.Arbitrary<number> {
  return fc.tuple(fc.integer({ min: 1, max: variables }), fc.boolean()).map(([v, sign]) => (sign ? v : -v));
}

/** Clauses over variables 1 … `variables`, at most `most` of them, of up to `width` literals. */
export function clausesOf(variables: number, most: number, width: number): fc.Arbitrary<number[][]> {
  const clause = fc.array(literalOf(variables), { minLength: 1, maxLength: width });
  return fc.array(clause, { maxLength: most, size: 'max' });
}

/** Gives `solver` variables 1 … `count`. */
export function makeVariables(solver: SatSolver, count: number): number[] {
  return Array.from({ length: count }, () => solver.newVariable());
}

/**
 * The same solver, every answer checked: models against all clauses, refutations and cores against MiniSat
 * (which sees the same clauses).
 */
export async function checked(solver: SatSolver): Promise<SatSolver> {
  const other = await createMinisat();
  const clauses: Clause[] = [];
  const check = (request: SolveRequest, status: string): void => {
    const { assumptions = [], constraint } = request;
    if (status === 'satisfiable') {
      const required = [...clauses, ...assumptions.map((literal) => [literal]), ...(constraint ? [constraint] : [])];
      const wrong = required.find((clause) => !clause.some((literal) => solver.value(literal)));
      invariant(wrong === undefined, `model breaks clause ${wrong}`);
    } else if (status === 'unsatisfiable') {
      const core = solver.core();
      invariant(
        core.every((literal) => assumptions.includes(literal)),
        'core outside the assumptions',
      );
      const again = other.solve({ ...request, assumptions: core });
      invariant(again === 'unsatisfiable', `core ${core} is none`);
    }
  };
  return {
    newVariable: () => {
      other.newVariable();
      return solver.newVariable();
    },
    addClause: (literals) => {
      clauses.push([...literals]);
      other.addClause(literals);
      solver.addClause(literals);
    },
    solve: (request = {}) => {
      const status = solver.solve(request);
      check(request, status);
      return status;
    },
    value: (literal) => solver.value(literal),
    core: () => solver.core(),
    get statistics() {
      return solver.statistics;
    },
    dispose: () => solver.dispose(),
  };
}

/** Variables of the circuits below. */
export const INPUTS = 4;
const node = fc.record({
  or: fc.boolean(),
  negate: fc.boolean(),
  inputs: fc.array(fc.tuple(fc.nat(), fc.boolean()), { minLength: 2, maxLength: 4 }),
});

/** Formulas built one on the other; constants and variables come first. */
export function build(
  circuit: Circuit,
  nodes: readonly { or: boolean; negate: boolean; inputs: [number, boolean][] }[],
) {
  const formulas: Formula[] = [TRUE];
  for (let i = 0; i < INPUTS; i++) formulas.push(circuit.variable(i));
  for (const { or, negate, inputs } of nodes) {
    const parts = inputs.map(([at, sign]) => (sign ? 1 : -1) * (formulas[at % formulas.length] as Formula));
    formulas.push((negate ? -1 : 1) * (or ? circuit.or(parts) : circuit.and(parts)));
  }
  return formulas;
}

export const nodes = fc.array(node, { minLength: 1, maxLength: 12, size: 'max' });
