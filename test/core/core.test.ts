/**
 * The core data structures against the plainest implementations of the same.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Circuit, FALSE, type Formula, TRUE } from '../../src/core/circuit.js';
import { prng } from '../../src/core/prng.js';
import { stronglyConnected } from '../../src/core/scc.js';
import { Sequences } from '../../src/core/sequences.js';
import { atLeast, atMost } from '../../src/core/threshold.js';
import { compareRows, compareValues, type Row } from '../../src/core/value.js';

const value = fc.oneof(fc.maxSafeInteger(), fc.string());

describe('the order of values', () => {
  it('is total: antisymmetric, transitive, equal only to itself', () => {
    fc.assert(
      fc.property(value, value, value, (a, b, c) => {
        expect(Math.sign(compareValues(a, b)) + Math.sign(compareValues(b, a))).toBe(0);
        expect(compareValues(a, b) === 0).toBe(a === b);
        if (compareValues(a, b) <= 0 && compareValues(b, c) <= 0) expect(compareValues(a, c)).toBeLessThanOrEqual(0);
      }),
    );
  });

  it('puts numbers before strings and prefixes first', () => {
    const rows: Row[] = [['b'], ['a', 1], [2], ['a'], [10]];
    expect(rows.sort(compareRows)).toEqual([[2], [10], ['a'], ['a', 1], ['b']]);
  });
});

describe('sequences', () => {
  it('give dense ids, equal exactly for equal sequences', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.integer({ min: -5, max: 5 }), { maxLength: 4 }), { maxLength: 300 }),
        (items) => {
          const table = new Sequences();
          const known = new Map<string, number>();
          for (const item of items) {
            const key = item.join(',');
            expect(table.find(item)).toBe(known.get(key) ?? -1);
            const id = table.intern(item);
            expect(id).toBe(known.get(key) ?? known.size);
            known.set(key, id);
            expect(table.get(id)).toEqual(item);
            expect(table.length(id)).toBe(item.length);
          }
          expect(table.size).toBe(known.size);
        },
      ),
    );
  });
});

type Tree = { readonly variable: number } | { readonly op: 'and' | 'or' | 'not'; readonly parts: readonly Tree[] };
const tree = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'medium', withCrossShrink: true },
    fc.record({ variable: fc.nat(3) }),
    fc.record({
      op: fc.constantFrom('and' as const, 'or' as const, 'not' as const),
      parts: fc.array(tie('tree'), { maxLength: 3 }),
    }),
  ),
})).tree;

function build(circuit: Circuit, node: Tree): Formula {
  if ('variable' in node) return circuit.variable(node.variable);
  const parts = node.parts.map((part) => build(circuit, part));
  if (node.op === 'not') return -circuit.and(parts);
  return node.op === 'and' ? circuit.and(parts) : circuit.or(parts);
}

function truth(node: Tree, bits: number): boolean {
  if ('variable' in node) return ((bits >> node.variable) & 1) === 1;
  if (node.op === 'or') return node.parts.some((part) => truth(part, bits));
  const all = node.parts.every((part) => truth(part, bits));
  return node.op === 'and' ? all : !all;
}

describe('circuits', () => {
  it('mean what they were built from, under every assignment', () => {
    fc.assert(
      fc.property(tree, (node) => {
        const circuit = new Circuit();
        const formula = build(circuit, node);
        for (let bits = 0; bits < 16; bits++)
          expect(circuit.evaluator((i) => ((bits >> i) & 1) === 1)(formula)).toBe(truth(node, bits));
      }),
    );
  });

  it('mean the same under many assignments at once, while they grow', () => {
    // Bit k of variable i is bit i of k.
    const columns = [0, 1, 2, 3].map((i) => Array.from({ length: 16 }, (_, k) => (k >> i) & 1));
    const words = columns.map((column) => column.reduce((word, bit, k) => word | (bit << k), 0));
    fc.assert(
      fc.property(fc.array(tree, { minLength: 1, maxLength: 4 }), (trees) => {
        const circuit = new Circuit();
        const parallel = circuit.parallel((i) => words[i] as number);
        for (const node of trees) {
          const word = parallel(build(circuit, node));
          for (let k = 0; k < 16; k++) expect(((word >> k) & 1) === 1).toBe(truth(node, k));
        }
      }),
    );
  });

  it('fold constants, duplicates and complements, and share equal gates', () => {
    const circuit = new Circuit();
    const [a, b] = [circuit.variable(0), circuit.variable(1)];
    expect(circuit.and([])).toBe(TRUE);
    expect(circuit.or([])).toBe(FALSE);
    expect(circuit.and([a, -a, b])).toBe(FALSE);
    expect(circuit.or([a, -a])).toBe(TRUE);
    expect(circuit.and([a, a, TRUE])).toBe(a);
    expect(circuit.and([a, b])).toBe(circuit.and([b, a, b]));
    expect(circuit.or([-a, -b])).toBe(-circuit.and([a, b]));
  });

  it('count: at least and at most', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 6 }), fc.nat(7), fc.nat(63), (size, limit, bits) => {
        const circuit = new Circuit();
        const inputs = Array.from({ length: size }, (_, i) => circuit.variable(i));
        const set = inputs.filter((_, i) => (bits >> i) & 1).length;
        const holds = circuit.evaluator((i) => ((bits >> i) & 1) === 1);
        atLeast(circuit, inputs, limit).forEach((formula, i) => {
          expect(holds(formula)).toBe(set >= i);
        });
        expect(holds(atMost(circuit, inputs, limit))).toBe(set <= limit);
      }),
    );
  });
});

describe('strongly connected components', () => {
  it('are the classes of mutual reachability, dependencies first', () => {
    const graph = fc
      .integer({ min: 1, max: 8 })
      .chain((size) =>
        fc.tuple(fc.constant(size), fc.array(fc.tuple(fc.nat(size - 1), fc.nat(size - 1)), { maxLength: 20 })),
      );
    fc.assert(
      fc.property(graph, ([size, edges]) => {
        const reach = Array.from({ length: size }, (_, i) => new Set([i]));
        for (let i = 0; i < size; i++) for (const [a, b] of edges) for (const set of reach) if (set.has(a)) set.add(b);
        const components = stronglyConnected(size, (node) => edges.filter(([a]) => a === node).map(([, b]) => b));
        expect(components.flat().sort((a, b) => a - b)).toEqual(Array.from({ length: size }, (_, i) => i));
        const place = new Map(components.flatMap((members, at) => members.map((member) => [member, at] as const)));
        for (let a = 0; a < size; a++)
          for (let b = 0; b < size; b++) {
            const mutual = reach[a]?.has(b) === true && reach[b]?.has(a) === true;
            expect(place.get(a) === place.get(b)).toBe(mutual);
          }
        for (const [a, b] of edges) expect(place.get(b)).toBeLessThanOrEqual(place.get(a) as number);
      }),
    );
  });

  it('do not depend on the depth of the stack', () => {
    const size = 200_000;
    expect(stronglyConnected(size, (node) => (node + 1 < size ? [node + 1] : [0]))).toHaveLength(1);
  });
});

it('the random generator is its seed', () => {
  const draw = (seed: number) => {
    const below = prng(seed);
    return Array.from({ length: 20 }, () => below(1000));
  };
  expect(draw(7)).toEqual(draw(7));
  expect(draw(7)).not.toEqual(draw(8));
  expect(draw(7).every((n) => Number.isInteger(n) && n >= 0 && n < 1000)).toBe(true);
});
