/** The encoder against evaluation of the circuit, over all assignments. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Circuit, FALSE, type Formula, TRUE } from '../../src/core/circuit.js';
import { createCadical } from '../../src/solver/cadical.js';
import { Encoder, type Polarity } from '../../src/solver/tseitin.js';
import { build, checked, INPUTS, nodes } from './support.js';

const picks = fc.array(fc.tuple(fc.nat(), fc.boolean()), { minLength: 1, maxLength: 4 });

describe('Encoder', () => {
  it('asserts exactly the formula, assertion after assertion', async () => {
    await fc.assert(
      fc.asyncProperty(nodes, picks, async (list, asserted) => {
        const circuit = new Circuit();
        const solver = await checked(await createCadical());
        const encoder = new Encoder(circuit, solver);
        const formulas = build(circuit, list);
        const all: Formula[] = [];
        for (const [at, sign] of asserted) {
          const formula = (sign ? 1 : -1) * (formulas[at % formulas.length] as Formula);
          encoder.assert(formula);
          all.push(formula);
          for (let bits = 0; bits < 1 << INPUTS; bits++) {
            const truth = circuit.evaluator((v) => ((bits >> v) & 1) === 1);
            const assumptions = assume(encoder, bits);
            expect(solver.solve({ assumptions })).toBe(all.every(truth) ? 'satisfiable' : 'unsatisfiable');
          }
        }
        solver.dispose();
      }),
      { numRuns: 60 },
    );
  });

  it('gives literals that imply and are implied as their polarity says, and no more', async () => {
    const polarity = fc.constantFrom<Polarity>('positive', 'negative', 'both');
    await fc.assert(
      fc.asyncProperty(
        nodes,
        fc.array(fc.tuple(fc.nat(), fc.boolean(), polarity), { maxLength: 4 }),
        async (list, asks) => {
          const circuit = new Circuit();
          const solver = await checked(await createCadical());
          const encoder = new Encoder(circuit, solver);
          const formulas = build(circuit, list);
          for (const [at, sign, side] of asks) {
            const formula = (sign ? 1 : -1) * (formulas[at % formulas.length] as Formula);
            const literal = encoder.literal(formula, side);
            expect(encoder.literal(-formula, side)).toBe(-literal);
            for (let bits = 0; bits < 1 << INPUTS; bits++) {
              const truth = circuit.evaluator((v) => ((bits >> v) & 1) === 1)(formula);
              const can = (l: number) => solver.solve({ assumptions: [...assume(encoder, bits), l] }) === 'satisfiable';
              // The value that agrees is always possible; the other one is excluded on the sides asked for.
              expect(can(truth ? literal : -literal)).toBe(true);
              if (side !== 'negative' && !truth) expect(can(literal)).toBe(false);
              if (side !== 'positive' && truth) expect(can(-literal)).toBe(false);
            }
          }
          solver.dispose();
        },
      ),
      { numRuns: 40 },
    );
  });

  it('writes one side of a gate until the other is needed, and each only once', async () => {
    const circuit = new Circuit();
    const solver = await createCadical();
    const encoder = new Encoder(circuit, solver);
    const [a, b, c] = [circuit.variable(0), circuit.variable(1), circuit.variable(2)];
    const gate = circuit.and([a, b, c]);
    encoder.literal(gate, 'positive');
    expect(solver.statistics).toMatchObject({ variables: 4, clauses: 3 });
    encoder.literal(gate, 'negative');
    encoder.literal(gate, 'both');
    encoder.literal(-gate, 'both');
    expect(solver.statistics).toMatchObject({ variables: 4, clauses: 4 });
  });

  it('splits conjunctions and asserts disjunctions as one clause', async () => {
    const circuit = new Circuit();
    const solver = await createCadical();
    const encoder = new Encoder(circuit, solver);
    const [a, b, c, d] = [0, 1, 2, 3].map((i) => circuit.variable(i)) as [Formula, Formula, Formula, Formula];
    const formula = circuit.and([a, -b, circuit.or([c, d, -a])]);
    encoder.assert(formula);
    encoder.assert(formula);
    encoder.assert(circuit.or([c, d, -a]));
    expect(solver.statistics).toMatchObject({ variables: 4, clauses: 3 });
    encoder.assert(TRUE);
    expect(solver.solve()).toBe('satisfiable');
    encoder.assert(FALSE);
    expect(solver.solve()).toBe('unsatisfiable');
  });

  it('has literals for constants, and refuses formulas of elsewhere', async () => {
    const circuit = new Circuit();
    const solver = await createCadical();
    const encoder = new Encoder(circuit, solver);
    const yes = encoder.literal(TRUE, 'positive');
    expect(encoder.literal(FALSE, 'both')).toBe(-yes);
    expect(solver.solve({ assumptions: [-yes] })).toBe('unsatisfiable');
    expect(() => encoder.literal(2, 'both')).toThrow('not of this circuit');
  });

  it('follows a chain of 200,000 gates', async () => {
    const circuit = new Circuit();
    const solver = await createCadical();
    const encoder = new Encoder(circuit, solver);
    const [a, b] = [circuit.variable(0), circuit.variable(1)];
    let formula = a;
    for (let i = 0; i < 100_000; i++) formula = circuit.and([circuit.or([formula, b]), circuit.variable(2 + (i % 7))]);
    encoder.assert(formula);
    expect(solver.statistics.clauses).toBeGreaterThan(200_000);
    expect(solver.solve({ assumptions: [-encoder.variable(0)] })).toBe('satisfiable');
    expect(solver.value(encoder.variable(1))).toBe(true);
    expect(solver.solve({ assumptions: [-encoder.variable(0), -encoder.variable(1)] })).toBe('unsatisfiable');
    solver.dispose();
  });
});

function assume(encoder: Encoder, bits: number): number[] {
  return Array.from({ length: INPUTS }, (_, v) => ((bits >> v) & 1 ? 1 : -1) * encoder.variable(v));
}
