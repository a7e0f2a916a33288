/** The totalizer against counting. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCadical } from '../../src/solver/cadical.js';
import { Totalizer } from '../../src/solver/totalizer.js';
import { checked, holds, makeVariables } from './support.js';

describe('Totalizer', () => {
  it('excludes exactly the counts it is asked to, in whatever order outputs are made', async () => {
    const counts = fc.integer({ min: 1, max: 6 }).chain((size) =>
      fc.record({
        size: fc.constant(size),
        asked: fc.shuffledSubarray(Array.from({ length: size }, (_, i) => i + 1)),
        signs: fc.nat({ max: (1 << size) - 1 }),
      }),
    );
    await fc.assert(
      fc.asyncProperty(counts, async ({ size, asked, signs }) => {
        const solver = await checked(await createCadical());
        const inputs = makeVariables(solver, size).map((v) => (holds(signs, v) ? v : -v));
        const totalizer = new Totalizer(solver, inputs);
        for (const count of asked) {
          const output = totalizer.atLeast(count);
          expect(totalizer.atLeast(count)).toBe(output);
          for (let bits = 0; bits < 1 << size; bits++) {
            const truth = inputs.map((_, v) => (holds(bits, v + 1) ? v + 1 : -(v + 1)));
            const total = inputs.filter((literal) => holds(bits, literal)).length;
            const expected = total < count ? 'satisfiable' : 'unsatisfiable';
            expect(solver.solve({ assumptions: [...truth, -output] })).toBe(expected);
            // Nothing forbids an output to be true without need, but the one of a single input is that input.
            if (size > 1) expect(solver.solve({ assumptions: [...truth, output] })).toBe('satisfiable');
          }
        }
        solver.dispose();
      }),
      { numRuns: 30 },
    );
  });

  it('refuses counts that it cannot reach', async () => {
    const solver = await createCadical();
    const totalizer = new Totalizer(solver, makeVariables(solver, 3));
    expect(totalizer.size).toBe(3);
    expect(() => totalizer.atLeast(0)).toThrow('cannot count');
    expect(() => totalizer.atLeast(4)).toThrow('cannot count');
    expect(() => new Totalizer(solver, [])).toThrow('needs an input');
  });
});
