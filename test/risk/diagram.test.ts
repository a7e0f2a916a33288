/**
 * Decision diagrams against truth tables: random formulas of few variables.
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Circuit, FALSE, type Formula, TRUE } from '../../src/core/circuit.js';
import { atOnce } from '../../src/core/work.js';
import { compile } from '../../src/risk/compile.js';
import { type Diagram, Diagrams } from '../../src/risk/diagram.js';
import { logWeights, weightsOf } from '../../src/risk/weights.js';

const SIZE = 6;
const CASES = Array.from(
  { length: 2 ** SIZE },
  (_, bits) =>
    (i: number): boolean =>
      ((bits >> i) & 1) === 1,
);

interface Step {
  readonly inputs: readonly (readonly [gate: number, negated: boolean])[];
}
const steps = fc.array(
  fc.record({ inputs: fc.array(fc.tuple(fc.nat(30), fc.boolean()), { minLength: 2, maxLength: 4 }) }),
  { minLength: 1, maxLength: 25 },
);

function formulasOf(circuit: Circuit, all: readonly Step[]): Formula[] {
  const formulas: Formula[] = Array.from({ length: SIZE }, (_, i) => circuit.variable(i));
  for (const { inputs } of all)
    formulas.push(
      circuit.and(inputs.map(([gate, negated]) => (negated ? -1 : 1) * (formulas[gate % formulas.length] as Formula))),
    );
  return formulas;
}

function holds(diagrams: Diagrams, diagram: Diagram, truth: (level: number) => boolean): boolean {
  let at = diagram;
  while (at !== TRUE && at !== FALSE) at = truth(diagrams.level(at)) ? diagrams.high(at) : diagrams.low(at);
  return at === TRUE;
}

it('is true where the formula is, within others; equal functions are one diagram; weights are sums', () => {
  fc.assert(
    fc.property(
      steps,
      fc.array(fc.double({ min: 0.001, max: 0.999, noNaN: true }), { minLength: SIZE, maxLength: SIZE }),
      (all, rates) => {
        const circuit = new Circuit();
        const formulas = formulasOf(circuit, all);
        const [formula, bound] = [formulas.at(-1) as Formula, formulas.at(-2) as Formula];
        const diagrams = new Diagrams(SIZE, 10_000);
        const order = [3, 1, 0, 5, 2, 4];
        const place = { diagrams, order };
        let within = atOnce(compile(place, circuit, bound));
        within = diagrams.collect([within])(within);
        const both = atOnce(compile({ ...place, large: all.length % 3 === 0 ? 0 : 1_000 }, circuit, formula, within));
        const same = atOnce(compile(place, circuit, circuit.and([bound, formula])));
        expect(both).toBe(same);
        const weight = logWeights(diagrams, diagrams.nodesOf(both), weightsOf(order.map((i) => rates[i] as number)));
        let [sum, others] = [0, 0];
        for (const truth of CASES) {
          const wanted = circuit.evaluator(truth)(circuit.and([bound, formula]));
          expect(holds(diagrams, both, (level) => truth(order[level] as number))).toBe(wanted);
          const p = rates.reduce((product, rate, i) => product * (truth(i) ? rate : 1 - rate), 1);
          if (wanted) sum += p;
          else others += p;
        }
        expect(Math.exp(weight(both))).toBeCloseTo(sum, 12);
        expect(Math.exp(weight(-both))).toBeCloseTo(others, 12);
        const kept = diagrams.collect([both])(both);
        for (const truth of CASES)
          expect(holds(diagrams, kept, (level) => truth(order[level] as number))).toBe(
            circuit.evaluator(truth)(circuit.and([bound, formula])),
          );
      },
    ),
    { numRuns: 300 },
  );
});

it('gives up beyond its limit', () => {
  const circuit = new Circuit();
  const formula = circuit.and(Array.from({ length: 9 }, (_, i) => circuit.variable(i)));
  const place = { diagrams: new Diagrams(9, 6), order: Array.from({ length: 9 }, (_, i) => i) };
  expect(() => atOnce(compile(place, circuit, formula))).toThrow(/more than 6 nodes/);
});
