import { describe, expect, it } from 'vitest';
import { bare, parseText } from './support.js';

/** The only clause of a text. */
function only(text: string): unknown {
  const { clauses, diagnostics } = parseText(text);
  expect(diagnostics).toEqual([]);
  expect(clauses).toHaveLength(1);
  return bare(clauses[0]);
}

const variable = (name: string) => ({ kind: 'variable', name });
const constant = (value: string | number) => ({ kind: 'constant', value });
const atom = (relation: string, ...args: unknown[]) => ({ relation, args });
const subgoal = (a: unknown, more: object = {}) => ({ kind: 'subgoal', negated: false, atom: a, ...more });

describe('parser', () => {
  it('reads facts, with negative numbers and strings without escapes', () => {
    expect(only('log("a\\", 1, -20, "x;y // z")@12;')).toEqual({
      kind: 'fact',
      atom: atom('log', constant('a\\'), constant(1), constant(-20), constant('x;y // z')),
      tick: 12,
    });
  });

  it('reads an include, and a relation named include', () => {
    expect(only('include "../x y.ded";')).toEqual({ kind: 'include', path: '../x y.ded' });
    expect(only('include("x")@1;')).toMatchObject({ kind: 'fact', atom: { relation: 'include' } });
  });

  it.each([
    ['a(X) :- b(X);', 'deductive'],
    ['a(X)@next :- b(X);', 'inductive'],
    ['a(X)@async:-b(X);', 'async'],
    ['a(X) @ async :- b(X);', 'async'],
  ])('reads the time of %s', (text, time) => {
    expect(only(text)).toEqual({
      kind: 'rule',
      head: atom('a', variable('X')),
      time,
      body: [subgoal(atom('b', variable('X')))],
    });
  });

  it('takes any identifier as an argument for a variable, whatever its case, with @ . ? and digits in it', () => {
    expect(only('r.s@t(node, Node, a.b?, 3x, x@next, _) :- b(_x);')).toMatchObject({
      head: atom('r.s@t', ...['node', 'Node', 'a.b?', '3x', 'x@next'].map(variable), { kind: 'wildcard' }),
      body: [subgoal(atom('b', variable('_x')))],
    });
  });

  it('reads negation and fixed ticks', () => {
    expect(only('a(X) :- b(X)@3, notin c(X)@1, notin notin_d(X);')).toMatchObject({
      body: [
        subgoal(atom('b', variable('X')), { tick: 3 }),
        subgoal(atom('c', variable('X')), { negated: true, tick: 1 }),
        subgoal(atom('notin_d', variable('X')), { negated: true }),
      ],
    });
  });

  it('groups arithmetic as usual: * before +, from the left, parentheses first', () => {
    const op = (o: string, left: unknown, right: unknown) => ({ kind: 'arithmetic', op: o, left, right });
    const [X, one, two] = [variable('X'), constant(1), constant(2)];
    expect(only('a(X) :- b(X), X-1-2 > X+1*2;')).toMatchObject({
      body: [
        {},
        { kind: 'comparison', op: '>', left: op('-', op('-', X, one), two), right: op('+', X, op('*', one, two)) },
      ],
    });
    expect(only('a(X) :- b(X), X/(1-2)/2 <= -1;')).toMatchObject({
      body: [{}, { op: '<=', left: op('/', op('/', X, op('-', one, two)), two), right: constant(-1) }],
    });
  });

  it('reads aggregates in heads; elsewhere the same words are variables', () => {
    const aggregate = (fn: string, name?: string) => ({ kind: 'aggregate', fn, ...(name ? { variable: name } : {}) });
    expect(only('a(X, count<Y>, min < Y >, count<_>, count<*>) :- b(X, Y), count < 3, max == count;')).toMatchObject({
      head: atom(
        'a',
        variable('X'),
        aggregate('count', 'Y'),
        aggregate('min', 'Y'),
        aggregate('count'),
        aggregate('count'),
      ),
      body: [{}, { op: '<', left: variable('count') }, { op: '==', left: variable('max'), right: variable('count') }],
    });
  });

  it('puts spans on exactly the text they belong to', () => {
    const text = ' a(X, Y+1)@next :- notin bb(X) @2 , X >= (Y) ; ';
    const [clause] = parseText(text).clauses;
    const at = (span: { start: number; end: number }) => text.slice(span.start, span.end);
    if (clause?.kind !== 'rule') return expect.fail('not a rule');
    expect(at(clause.span)).toBe('a(X, Y+1)@next :- notin bb(X) @2 , X >= (Y) ;');
    expect(at(clause.head.span)).toBe('a(X, Y+1)');
    expect(clause.head.args.map((arg) => at(arg.span))).toEqual(['X', 'Y+1']);
    expect(clause.body.map((literal) => at(literal.span))).toEqual(['notin bb(X) @2', 'X >= (Y)']);
    const [first] = clause.body;
    expect(first?.kind === 'subgoal' && at(first.atom.relationSpan)).toBe('bb');
  });

  it('goes on after a mistake: what is well-formed is kept', () => {
    const { clauses, diagnostics } = parseText('a(1)@1; b(; c(1)@1; d(X) :- e(X)\nf(X) :- a(X,);\n# g\nh(1)@1;');
    expect(
      clauses.map((c) => (c.kind === 'fact' ? c.atom.relation : c.kind === 'rule' ? c.head.relation : c.kind)),
    ).toEqual(['a', 'c', 'd', 'h']);
    expect(diagnostics.map(({ code }) => code).sort()).toEqual([
      'missing-semicolon',
      'syntax',
      'syntax',
      'unknown-character',
    ]);
  });

  it('skips a byte order mark', () => {
    expect(only('\ufeffa(1)@1;')).toMatchObject({ kind: 'fact' });
  });
});
