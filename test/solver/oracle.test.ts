/** The oracle against all assignments, question after question, while the circuit grows. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Circuit, FALSE, type Formula, TRUE } from '../../src/core/circuit.js';
import { createCadical } from '../../src/solver/cadical.js';
import { CREDULOUS, SatOracle } from '../../src/solver/oracle.js';
import { Samples } from '../../src/solver/samples.js';
import { build, checked, INPUTS, nodes } from './support.js';

/** Which formulas a question is about, and their signs. */
const question = fc.array(fc.tuple(fc.nat(), fc.boolean()), { maxLength: 4 });

const truthOf = (circuit: Circuit, bits: number) => circuit.evaluator((v) => ((bits >> v) & 1) === 1);

/** Whether some assignment makes all true. */
function exists(circuit: Circuit, formulas: readonly Formula[]): boolean {
  for (let bits = 0; bits < 1 << INPUTS; bits++) if (formulas.every(truthOf(circuit, bits))) return true;
  return false;
}

describe('the oracle', () => {
  it('says what is possible, and shows it', async () => {
    await fc.assert(
      fc.asyncProperty(nodes, nodes, fc.nat(), fc.array(question, { minLength: 1, maxLength: 8 }), async (...given) => {
        const [list, later, pick, questions] = given;
        const circuit = new Circuit();
        let formulas = build(circuit, list);
        const always = formulas[pick % formulas.length] as Formula;
        const solver = await checked(await createCadical());
        const oracle = new SatOracle(circuit, () => solver, always, INPUTS);
        for (const [i, asked] of questions.entries()) {
          if (i === 2) formulas = [...formulas, ...build(circuit, later)];
          const all = asked.map(([at, sign]) => (sign ? 1 : -1) * (formulas[at % formulas.length] as Formula));
          const expected = exists(circuit, [always, ...all]);
          const others = formulas.filter((other) => !exists(circuit, [always, other, ...all]));
          oracle.exclude([circuit.and(all), ...others.slice(0, 1)]);
          expect(oracle.possible(all)).toBe(expected);
          expect(oracle.possible([...all].reverse())).toBe(expected);
          const witness = oracle.witness(all);
          expect(witness !== undefined).toBe(expected);
          if (witness) expect([always, ...all].every(witness)).toBe(true);
        }
        oracle.dispose();
      }),
      { numRuns: 150 },
    );
  });

  it('may be credulous, but not about what is false', () => {
    expect(CREDULOUS.possible([TRUE, 2])).toBe(true);
    expect(CREDULOUS.possible([2, FALSE])).toBe(false);
    expect(CREDULOUS.witness([TRUE])).toBeUndefined();
  });
});

describe('samples', () => {
  it('have nothing that is not possible, and everything that was added', () => {
    fc.assert(
      fc.property(nodes, fc.array(fc.nat((1 << INPUTS) - 1), { maxLength: 40 }), question, (list, models, asked) => {
        const circuit = new Circuit();
        const formulas = build(circuit, list);
        const always = formulas.at(-1) as Formula;
        const samples = new Samples(circuit, always, INPUTS);
        const all = asked.map(([at, sign]) => (sign ? 1 : -1) * (formulas[at % formulas.length] as Formula));
        for (const bits of models.filter((model) => truthOf(circuit, model)(always))) {
          samples.add(Array.from({ length: INPUTS }, (_, v) => ((bits >> v) & 1) === 1));
          if (all.every(truthOf(circuit, bits))) expect(samples.find(all)).toBeDefined();
        }
        const found = samples.find(all);
        if (found) expect([always, ...all].every(found)).toBe(true);
      }),
    );
  });
});
