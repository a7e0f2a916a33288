/** Random syntax trees, such as the parser could give; spans are empty. */
import fc from 'fast-check';
import type {
  AggregateFn,
  ArithmeticOp,
  Atom,
  Clause,
  ComparisonOp,
  Literal,
  RuleTime,
  Term,
} from '../../src/dedalus/ast.js';

const span = { file: 0, start: 0, end: 0 };
const alphabet = [...'abcXYZ019_.?@'];

/** Any identifier, words with a meaning of their own included. */
const identifier = fc
  .oneof(
    {
      weight: 8,
      arbitrary: fc.array(fc.constantFrom(...alphabet), { minLength: 1, maxLength: 6 }).map((cs) => cs.join('')),
    },
    {
      weight: 1,
      arbitrary: fc.constantFrom('notin', 'not', 'include', 'count', 'next', '@next', '@1', '@', '?', '.', '1a', '__'),
    },
  )
  .filter((name) => !/^[0-9]+$/.test(name) && name !== '_');

const relation = identifier.filter((name) => name !== 'notin');

const value = fc.oneof(
  fc.maxSafeInteger(),
  fc.string({ unit: 'binary', maxLength: 8 }).map((text) => text.replaceAll('"', '')),
  fc.constantFrom('// no comment', '/* nor this */', ';', 'two\nlines', '\\'),
);

const variable: fc.Arbitrary<Term> = identifier.map((name) => ({ kind: 'variable', name, span }));
const constant: fc.Arbitrary<Term> = value.map((v) => ({ kind: 'constant', value: v, span }));
const wildcard: fc.Arbitrary<Term> = fc.constant({ kind: 'wildcard', span });
const leaf = fc.oneof(variable, constant, wildcard);

/** An expression, nested in all ways. */
const expression: fc.Arbitrary<Term> = fc.letrec<{ term: Term }>((tie) => ({
  term: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    leaf,
    fc
      .tuple(fc.constantFrom<ArithmeticOp>('+', '-', '*', '/'), tie('term'), tie('term'))
      .map(([op, left, right]): Term => ({ kind: 'arithmetic', op, left, right, span })),
  ),
})).term;

const aggregate: fc.Arbitrary<Term> = fc
  .tuple(fc.constantFrom<AggregateFn>('count', 'min', 'max', 'sum', 'avg'), fc.option(identifier, { nil: undefined }))
  .map(([fn, name]) => ({ kind: 'aggregate', fn, variable: name, span }));

function atom(argument: fc.Arbitrary<Term>): fc.Arbitrary<Atom> {
  return fc
    .tuple(relation, fc.array(argument, { maxLength: 4 }))
    .map(([name, args]) => ({ relation: name, relationSpan: span, args, span }));
}

const literal: fc.Arbitrary<Literal> = fc.oneof(
  fc
    .tuple(fc.boolean(), atom(fc.oneof(leaf, expression)), fc.option(fc.maxSafeNat(), { nil: undefined }))
    .map(([negated, a, tick]): Literal => ({ kind: 'subgoal', negated, atom: a, tick, span })),
  fc
    .tuple(fc.constantFrom<ComparisonOp>('==', '!=', '<', '>', '<=', '>='), expression, expression)
    .map(([op, left, right]): Literal => ({ kind: 'comparison', op, left, right, span })),
);

/** Any clause. */
export const clause: fc.Arbitrary<Clause> = fc.oneof(
  {
    weight: 1,
    arbitrary: fc
      .string({ maxLength: 8 })
      .map((path): Clause => ({ kind: 'include', path: path.replaceAll('"', ''), span })),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(atom(fc.oneof(constant, variable)), fc.maxSafeNat())
      .map(([a, tick]): Clause => ({ kind: 'fact', atom: a, tick, span })),
  },
  {
    weight: 5,
    arbitrary: fc
      .tuple(
        atom(fc.oneof(expression, aggregate)),
        fc.constantFrom<RuleTime>('deductive', 'inductive', 'async'),
        fc.array(literal, { minLength: 1, maxLength: 5 }),
      )
      .map(([head, time, body]): Clause => ({ kind: 'rule', head, time, body, span })),
  },
);
