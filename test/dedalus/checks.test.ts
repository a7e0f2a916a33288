/** What the checks let pass, and what they print beyond one place. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseProgram } from '../../src/dedalus/load.js';
import * as programs from './programs.js';
import { load, summary } from './support.js';

const FACTS = 'b("n", 1)@1; c("n", 1)@1; d("n", 1)@1;\n';

describe('programs in the published style', () => {
  const files = { 'facts.ded': programs.broadcastFacts, 'assertions.ded': programs.deliveryAssertions };
  it.each([
    ['simple broadcast', programs.simpleBroadcast],
    ['retrying broadcast', programs.retryingBroadcast],
    ['voting', programs.voting],
  ])('%s loads without a diagnostic', (_, text) => {
    const result = load({ 'main.ded': text, ...files });
    expect(summary(result)).toEqual([]);
    expect(result.program).toBeDefined();
  });
});

describe('what is legal stays silent', () => {
  it.each([
    ['a local variable of a negated subgoal', 'a(X) :- b(X, _), notin c(X, Y);'],
    ['a local variable twice in one negated subgoal', 'a(X) :- b(X, _), notin c(Y, Y);'],
    ['binding by equality, in any order', 'a(X, Z) :- b(X, V), Z == Y * 2, V + 1 == Y;'],
    ['an equality with a constant', 'a(X, Y) :- b(X, _), Y == "s";'],
    ['counting without a variable', 'a(X, count<_>, count<*>) :- b(X, _);'],
    ['several aggregates', 'a(X, min<Y>, max<Y>) :- b(X, Y);'],
    ['recursion through positive subgoals', 'a(X, Y) :- b(X, Y); a(X, Y) :- a(X, Z), a(X, Y), Y > Z;'],
    ['negation through the next tick', 'a(X)@next :- b(X, _), notin a(X);'],
    ['aggregation through a message', 'a(X, count<Y>)@async :- b(X, Y), a(X, Y);'],
    ['a negated first subgoal whose location is bound later', 'a(X)@async :- notin b(X, 2), c(X, _);'],
    ['a sender that is any node', 'a(Y)@async :- b(_, Y);'],
    ['crash in an assertion', 'a(X) :- b(X, _), notin crash(X, X, _); pre(X) :- a(X); post(X) :- a(X);'],
    [
      'a history kept by assertions over all nodes',
      'm(Y)@async :- b(_, Y); seen(X)@next :- seen(X); seen(Y) :- m(X), c(Y, X); pre(X) :- seen(X); post(X) :- seen(X);',
    ],
    ['locations that are equated', 'a(Y)@next :- a(X), b(X, Y), X == Y; a(X)@async :- c(X, _);'],
    ['one constant location', 'a("n")@next :- b("n", _), c("n", _); a(X)@async :- d(X, _);'],
    [
      'names that differ in a digit or an ending',
      'phase1(X) :- b(X, _); phase2(X) :- phase1(X); timers(X) :- timer(X); timer(X) :- c(X, _); done1_ok(X) :- done_ok(X); done_ok(X) :- c(X, _);',
    ],
  ])('%s', (_, text) => {
    const result = parseProgram(FACTS + text);
    expect(summary(result)).toEqual([]);
    expect(result.program).toBeDefined();
  });
});

describe('stratification', () => {
  it('prints the cycle rule by rule', () => {
    const text = `${FACTS}p(X) :- q(X), b(X, _);\nq(X) :- r(X);\nr(X) :- b(X, _), notin p(X);\nr(X) :- r(X);\n`;
    const { diagnostics } = parseProgram(text);
    expect(diagnostics).toHaveLength(1);
    expect(diagnostics[0]?.message).toBe('`r` depends on its own absence within one tick: r <- p <- q <- r');
    const rules = diagnostics[0]?.related?.map(({ span, message }) => [message, text.slice(span.start, span.end)]);
    expect(rules).toEqual([
      ['`r` needs `notin p(X)`: r(X) :- b(X, _), notin p(X);', 'r(X) :- b(X, _), notin p(X);'],
      ['`p` needs `q(X)`: p(X) :- q(X), b(X, _);', 'p(X) :- q(X), b(X, _);'],
      ['`q` needs `r(X)`: q(X) :- r(X);', 'q(X) :- r(X);'],
    ]);
  });

  it('prints the shortest cycle', () => {
    const text = `${FACTS}p(X) :- q(X); p(X) :- r(X); q(X) :- r(X); r(X) :- b(X, _), notin p(X);`;
    expect(parseProgram(text).diagnostics.map(({ message }) => message)).toEqual([
      '`r` depends on its own absence within one tick: r <- p <- r',
    ]);
  });

  it('agrees with a naive search for cycles, and orders strata by dependency', () => {
    const names = ['p', 'q', 'r', 's', 't'];
    const rule = fc.record({
      head: fc.constantFrom(...names),
      time: fc.constantFrom('', '', '', '@next', '@async'),
      aggregate: fc.integer({ min: 0, max: 5 }).map((n) => n === 0),
      body: fc.array(fc.record({ name: fc.constantFrom(...names), negated: fc.boolean(), fixed: fc.boolean() }), {
        maxLength: 2,
      }),
    });
    let rejected = 0;
    let accepted = 0;
    fc.assert(
      fc.property(fc.array(rule, { maxLength: 6 }), (rules) => {
        const clauses = rules.map(({ head, time, aggregate, body }) => {
          const literals = body.map((l) => `${l.negated ? 'notin ' : ''}${l.name}(X, Y)${l.fixed ? '@1' : ''}`);
          return `${head}(X, ${aggregate ? 'count<Y>' : 'Y'})${time} :- ${['b(X, Y)', ...literals].join(', ')};`;
        });
        const edges = rules.flatMap((r) =>
          r.time ? [] : r.body.map((l) => ({ from: r.head, to: l.name, strict: l.negated || r.aggregate })),
        );
        const reach = (from: string, to: string): boolean => {
          const seen = new Set([from]);
          for (const at of seen) for (const e of edges) if (e.from === at) seen.add(e.to);
          return seen.has(to);
        };
        const bad = edges.some((e) => e.strict && reach(e.to, e.from));
        const { diagnostics, program } = parseProgram(FACTS + clauses.join('\n'));
        expect(diagnostics.some(({ code }) => code === 'not-stratified')).toBe(bad);
        if (bad) rejected++;
        else accepted++;
        if (!program) return;
        const level = (name: string) => program.strata.findIndex((members) => members.includes(name));
        for (const { from, to, strict } of edges) {
          if (strict) expect(level(to)).toBeLessThan(level(from));
          else expect(level(to)).toBeLessThanOrEqual(level(from));
          expect(level(to) === level(from)).toBe(reach(to, from));
        }
      }),
      { numRuns: 500 },
    );
    expect(Math.min(rejected, accepted)).toBeGreaterThan(20);
  });

  it('lists every relation once, dependencies first, by name where free', () => {
    const { program } = parseProgram(
      `${FACTS}z(X) :- b(X, _), notin y(X); y(X) :- w(X); w(X) :- y(X); w(X) :- c(X, _)@1; v(X)@next :- z(X);`,
    );
    expect(program?.strata).toEqual([['b'], ['c'], ['crash'], ['d'], ['v'], ['w', 'y'], ['z']]);
  });
});

describe('safety', () => {
  it('does not depend on the order of the body', () => {
    const body = ['b(X, A)', 'B == A + 1', 'C == B * A', 'D == C', 'E == D - B', 'notin c(X, E)'];
    fc.assert(
      fc.property(
        fc.shuffledSubarray(body, { minLength: body.length }),
        fc.nat({ max: body.length - 1 }),
        (order, without) => {
          const rule = (literals: string[]) => parseProgram(`${FACTS}a(X, E) :- ${literals.join(', ')};`);
          expect(summary(rule(order))).toEqual([]);
          const rest = order.filter((literal) => literal !== body[without]);
          const codes = rule(rest).diagnostics.map(({ code }) => code);
          if (body[without]?.startsWith('notin')) expect(codes).toEqual([]);
          else expect(codes).toContain('unbound-variable');
        },
      ),
    );
  });
});

it('a relation of rules that nothing reads is pointed out, in a whole program', () => {
  const promise = 'pre(X) :- b(X, _); post(X) :- b(X, _);';
  const forgotten = 'mising(X) :- b(X, _), notin c(X, _);';
  expect(summary(parseProgram(FACTS + promise + forgotten))).toEqual([expect.stringContaining('never-read')]);
  expect(summary(parseProgram(FACTS + forgotten))).toEqual([]);
});
