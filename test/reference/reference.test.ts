/**
 * The reference evaluator on examples computed by hand: every rule of the language reference.
 */
import { describe, expect, it } from 'vitest';
import type { Row } from '../../src/core/value.js';
import type { Fault } from '../../src/faults/fault.js';
import { type NaiveRun, naiveRun, postRows, referenceOutcome } from './naive.js';
import { AB, crash, load, omit } from './testing.js';

const run = (text: string, scenario: readonly Fault[] = [], bounds = AB): NaiveRun =>
  naiveRun(load(text), bounds, scenario);
const rows = (it: NaiveRun, relation: string, tick: number): readonly Row[] => it.ticks[tick]?.get(relation) ?? [];
/** The ticks at which a relation has rows. */
const when = (it: NaiveRun, relation: string): number[] =>
  it.ticks.flatMap((facts, tick) => (facts.has(relation) ? [tick] : []));
/** The rows of `r` at tick 1 of a one-tick program. */
const now = (text: string): readonly Row[] => rows(run(text, [], { ...AB, eot: 1 }), 'r', 1);

describe('time', () => {
  it('facts hold at their tick only, and never outside 1..EOT', () => {
    const it = run('p("a")@0; p("a")@2; p("a")@4; p("a")@5;');
    expect(when(it, 'p')).toEqual([2, 4]);
    expect(it.ticks.length).toBe(5);
  });

  it('deductive rules fire in the same tick, inductive ones for the next; heads derived at EOT are dropped', () => {
    const it = run('p("a")@2; q(N) :- p(N); r(N)@next :- p(N); r(N)@next :- r(N);');
    expect([when(it, 'q'), when(it, 'r')]).toEqual([[2], [3, 4]]);
    expect(run('p("a")@4; r(N)@next :- p(N);').ticks.length).toBe(5);
  });

  it('fixed-tick subgoals see that tick only from then on', () => {
    const it = run(`t("a")@1; t("a")@2; t("a")@3; t("a")@4; p("a")@2;
      yes(N) :- t(N), p(N)@2;
      no(N) :- t(N), notin p(N)@2;
      late(N) :- t(N), p(N)@3;
      zero(N) :- t(N), notin p(N)@0;`);
    expect(when(it, 'yes')).toEqual([2, 3, 4]);
    expect(when(it, 'no')).toEqual([1]);
    expect(when(it, 'late')).toEqual([]);
    expect(when(it, 'zero')).toEqual([1, 2, 3, 4]);
  });

  it('a fixed-tick subgoal sees derived facts of a complete earlier tick', () => {
    const it = run('p("a")@1; t("a")@3; q(N) :- p(N); r(N) :- t(N), q(N)@1;');
    expect(when(it, 'r')).toEqual([3]);
  });
});

describe('messages', () => {
  const PING = 'ping("a", "b")@1; ping("a", "b")@2; pong(M, N)@async :- ping(N, M);';

  it('arrive at the next tick', () => {
    const it = run(PING);
    expect(when(it, 'pong')).toEqual([2, 3]);
    expect(it.messages).toEqual([
      { from: 'a', to: 'b', sent: 1, relation: 'pong', row: ['b', 'a'], arrived: true },
      { from: 'a', to: 'b', sent: 2, relation: 'pong', row: ['b', 'a'], arrived: true },
    ]);
  });

  it('are lost when their slot is omitted', () => {
    const it = run(PING, [omit('a', 'b', 1), omit('b', 'a', 2)]);
    expect(when(it, 'pong')).toEqual([3]);
    expect(it.messages.map((message) => message.arrived)).toEqual([false, true]);
  });

  it('are lost from the tick of the crash of the sender on, not of the receiver', () => {
    expect(when(run(PING, [crash('a', 1)]), 'pong')).toEqual([]);
    expect(when(run(PING, [crash('a', 2)]), 'pong')).toEqual([2]);
    expect(when(run(PING, [crash('a', 3)]), 'pong')).toEqual([2, 3]);
    expect(when(run(PING, [crash('b', 1)]), 'pong')).toEqual([2, 3]);
  });

  it('to oneself are never lost, and a crashed node goes on by itself', () => {
    const it = run('p("a", "a")@1; q(M)@async :- p(_, M); q(N)@next :- q(N);', [crash('a', 1)]);
    expect(when(it, 'q')).toEqual([2, 3, 4]);
    expect(it.messages[0]?.arrived).toBe(true);
  });

  it('of one slot are lost together', () => {
    const text = 'p("a", "b")@1; q(M)@async :- p(N, M); s(M, 1)@async :- p(N, M);';
    const it = run(text, [omit('a', 'b', 1)]);
    expect([when(it, 'q'), when(it, 's'), it.messages.length]).toEqual([[], [], 2]);
  });

  it('go nowhere when the receiver is no node, and are not sent at EOT', () => {
    expect(run('p("a", "x")@1; q(M)@async :- p(N, M);').messages).toEqual([]);
    expect(run('p("a", "b")@4; q(M)@async :- p(N, M);').messages).toEqual([]);
  });
});

describe('location', () => {
  it('of a rule must be a node', () => {
    expect(now('p("a", 1)@1; p("x", 2)@1; r(N, X) :- p(N, X);')).toEqual([['a', 1]]);
    expect(now('p("a", 1)@1; p("x", 2)@1; r(X) :- p(_, X);')).toEqual([[1]]);
    expect(now('p("x", 1)@1; r("x", X) :- p("x", X);')).toEqual([]);
  });

  it('is that of the first subgoal; comparisons are skipped and the order of the body matters', () => {
    const facts = 'p("a", 1)@1; q("x", 1)@1;';
    expect(now(`${facts} r(X) :- X == 1, p(_, X), q(_, X);`)).toEqual([[1]]);
    expect(now(`${facts} r(X) :- X == 1, q(_, X), p(_, X);`)).toEqual([]);
  });

  it('of a negated first subgoal: bound elsewhere it counts, `_` and local variables do not', () => {
    const facts = 'p("x", 1)@1; q("a", 2)@1;';
    expect(now(`${facts} r(N, X) :- notin q(N, X), p(N, X);`)).toEqual([]);
    expect(now(`${facts} r(N, X) :- notin q(_, X), p(N, X);`)).toEqual([['x', 1]]);
    expect(now(`${facts} r(N, X) :- notin q(Any, X), p(N, X);`)).toEqual([['x', 1]]);
    expect(now(`${facts} r(N, X) :- notin q("a", X), p(N, X);`)).toEqual([['x', 1]]);
    expect(now(`${facts} r(N, X) :- notin q("x", X), p(N, X);`)).toEqual([]);
  });

  it('of a head without @async may be elsewhere: global rules see all nodes', () => {
    const facts = 'd("a", "b", 1)@1; d("b", "b", 2)@1;';
    expect(now(`${facts} r(X) :- d(_, X, V), d(_, X, W), V != W;`)).toEqual([['b']]);
    expect(now('log("a", 1)@1; m("b", 1)@1; log("b", 2)@1; r(N, P) :- log(N, P), notin m(_, P);')).toEqual([['b', 2]]);
  });

  it('of numeric nodes is a number, unless a fact says otherwise', () => {
    const bounds = { ...AB, nodes: ['1', '2'] };
    const message = 'q(M)@async :- p(N, M);';
    const numbers = run(`p(1, 2)@1; ${message}`, [omit('1', '2', 2)], bounds);
    expect(numbers.messages).toEqual([{ from: '1', to: '2', sent: 1, relation: 'q', row: [2], arrived: true }]);
    expect(run(`p("1", "2")@1; p("2", "1")@1; ${message}`, [], bounds).messages.length).toBe(2);
    expect(run(`p(1, 2)@1; p("2", 1)@1; ${message}`, [], bounds).messages).toEqual([
      { from: '2', to: '1', sent: 1, relation: 'q', row: [1], arrived: true },
    ]);
  });
});

describe('bodies', () => {
  it('repeated variables are equal, wildcards are not, and 1 is not "1"', () => {
    const facts = 'p("a", 1, 1)@1; p("a", 1, 2)@1; p("a", 1, "1")@1;';
    expect(now(`${facts} r(N, X) :- p(N, X, X);`)).toEqual([['a', 1]]);
    expect(now(`${facts} r(N, Y) :- p(N, _, Y);`)).toEqual([
      ['a', 1],
      ['a', 2],
      ['a', '1'],
    ]);
    expect(now(`${facts} r(N) :- p(N, _, "1");`)).toEqual([['a']]);
    expect(now(`${facts} r(N, Y) :- p(N, X, Y), X != Y;`)).toEqual([
      ['a', 2],
      ['a', '1'],
    ]);
    expect(now(`${facts} r(N, Y) :- p(N, X, Y), Y > X;`)).toEqual([
      ['a', 2],
      ['a', '1'],
    ]);
    expect(now(`${facts} r(N, Y) :- p(N, X, Y), Y <= X;`)).toEqual([['a', 1]]);
  });

  it('strings compare by code unit', () => {
    expect(now('p("a", "B")@1; p("a", "a")@1; r(N, X) :- p(N, X), X < "a";')).toEqual([['a', 'B']]);
  });

  it('local variables of negated subgoals are existential, and the same at each occurrence', () => {
    const facts = 'p("a", 1)@1; p("a", 2)@1; q("a", 1, 5)@1; q("a", 2, 2)@1;';
    expect(now(`${facts} r(N, X) :- p(N, X), notin q(N, X, L);`)).toEqual([]);
    expect(now(`${facts} r(N, X) :- p(N, X), notin q(N, L, L);`)).toEqual([]);
    expect(now('p("a", 1)@1; q("a", 1, 5)@1; r(N, X) :- p(N, X), notin q(N, L, L);')).toEqual([['a', 1]]);
    expect(now('p("a", 1)@1; q("a", 1, 5)@1; r(N, X) :- p(N, X), notin q(N, _, _);')).toEqual([]);
    expect(now('p("a", 1)@1; q("a", 1, 5)@1; r(N, X) :- p(N, X), notin q(N, X, 6);')).toEqual([['a', 1]]);
  });

  it('equality binds, in any order, also for negated subgoals', () => {
    const facts = 'p("a", 1)@1; p("a", 3)@1; q("a", 4)@1;';
    expect(now(`${facts} r(N, Z) :- Z == Y + 1, Y == X + 1, p(N, X);`)).toEqual([
      ['a', 3],
      ['a', 5],
    ]);
    expect(now(`${facts} r(N, Y) :- X + 1 == Y, p(N, X), notin q(N, Y);`)).toEqual([['a', 2]]);
    expect(now(`${facts} r(N, X) :- p(N, X), p(N, Y), X == Y + 2;`)).toEqual([['a', 3]]);
  });

  it('arithmetic truncates, and undefined expressions make the rule not fire', () => {
    const facts = 'p("a", 7)@1; p("a", "s")@1; p("a", 0)@1;';
    expect(now(`${facts} r(N, X / 2) :- p(N, X);`)).toEqual([
      ['a', 0],
      ['a', 3],
    ]);
    expect(now(`${facts} r(N, (1 - X) / 4) :- p(N, X);`)).toEqual([
      ['a', -1],
      ['a', 0],
    ]);
    expect(now(`${facts} r(N, 14 / X) :- p(N, X);`)).toEqual([['a', 2]]);
    expect(now(`${facts} r(N, X) :- p(N, X), X + 1 != 100;`)).toEqual([
      ['a', 0],
      ['a', 7],
    ]);
    expect(now('p("a", 9007199254740991)@1; r(N, X + 1) :- p(N, X); r(N, X - 1) :- p(N, X);')).toEqual([
      ['a', 9007199254740990],
    ]);
    expect(Object.is(now('p("a", 0)@1; r(N, 0 - X) :- p(N, X);')[0]?.[1], 0)).toBe(true);
  });

  it('recursion within a tick finds the least fixpoint: a cycle does not support itself', () => {
    const rules = 'r(N, X) :- q(N, X); q(N, X) :- r(N, X); r(N, Y) :- r(N, X), e(N, X, Y);';
    expect(now(`e("a", 1, 2)@1; e("a", 2, 1)@1; ${rules}`)).toEqual([]);
    expect(now(`q("a", 2)@1; e("a", 1, 2)@1; e("a", 2, 1)@1; ${rules}`)).toEqual([
      ['a', 1],
      ['a', 2],
    ]);
  });

  it('negation sees complete relations, over several strata', () => {
    const it = now(`n("a", 1)@1; n("a", 2)@1; n("a", 3)@1; e("a", 1, 2)@1;
      r(N, X) :- n(N, X), notin un(N, X);
      un(N, X) :- n(N, X), notin seen(N, X);
      seen(N, Y) :- seen(N, X), e(N, X, Y);
      seen(N, X) :- n(N, X), X == 1;`);
    expect(it).toEqual([
      ['a', 1],
      ['a', 2],
    ]);
  });
});

describe('aggregates', () => {
  const facts = 'p("a", "x", 3)@1; p("a", "y", 3)@1; p("a", "z", 6)@1; p("b", "x", -1)@1; p("b", "y", "s")@1;';

  it('range over the distinct values of each group', () => {
    expect(now(`${facts} r(N, count<X>, sum<X>) :- p(N, _, X);`)).toEqual([
      ['a', 2, 9],
      ['b', 2, -1],
    ]);
    expect(now(`${facts} r(N, min<X>, max<X>) :- p(N, _, X);`)).toEqual([
      ['a', 3, 6],
      ['b', -1, 's'],
    ]);
    expect(now(`${facts} r(N, avg<X>) :- p(N, _, X);`)).toEqual([
      ['a', 4],
      ['b', -1],
    ]);
    expect(now(`${facts} r(N, count<K>, count<X>) :- p(N, K, X);`)).toEqual([
      ['a', 3, 2],
      ['b', 2, 2],
    ]);
  });

  it('count<_> counts bindings of named variables', () => {
    expect(now(`${facts} r(N, count<_>) :- p(N, K, X);`)).toEqual([
      ['a', 3],
      ['b', 2],
    ]);
    expect(now(`${facts} r(N, count<*>) :- p(N, _, X);`)).toEqual([
      ['a', 2],
      ['b', 2],
    ]);
    expect(now(`${facts} r("a", count<_>) :- p("a", _, _);`)).toEqual([['a', 1]]);
    expect(now(`${facts} r(N, count<_>) :- p(N, _, X), Y == X + 1;`)).toEqual([
      ['a', 2],
      ['b', 1],
    ]);
  });

  it('derive nothing for an empty group, without integers to sum, or beyond the safe integers', () => {
    expect(now(`${facts} r(N, count<X>) :- p(N, _, X), X == 100;`)).toEqual([]);
    expect(now('p("a", "s")@1; r(N, sum<X>) :- p(N, X);')).toEqual([]);
    expect(now('p("a", "s")@1; r(N, count<X>, avg<X>) :- p(N, X);')).toEqual([]);
    expect(now('p("a", 9007199254740991)@1; p("a", 1)@1; r(N, sum<X>) :- p(N, X);')).toEqual([]);
    expect(now('p("a", -3)@1; p("a", -4)@1; r(N, avg<X>) :- p(N, X);')).toEqual([['a', -3]]);
  });

  it('a global group spans nodes; that of a message is one sender', () => {
    expect(now(`${facts} r(K, count<N>) :- p(N, K, _);`)).toEqual([
      ['x', 2],
      ['y', 2],
      ['z', 1],
    ]);
    const it = run(`${facts} to("a", "b")@1; to("b", "b")@1; m(M, count<K>)@async :- p(N, K, _), to(N, M);`);
    expect(rows(it, 'm', 2)).toEqual([
      ['b', 2],
      ['b', 3],
    ]);
    expect(it.messages.map((message) => [message.from, message.row])).toEqual([
      ['a', ['b', 3]],
      ['b', ['b', 2]],
    ]);
  });

  it('may stand in inductive heads', () => {
    expect(rows(run(`${facts} m(N, max<X>)@next :- p(N, _, X);`), 'm', 2)).toEqual([
      ['a', 6],
      ['b', 's'],
    ]);
  });
});

describe('crash and outcomes', () => {
  it('crash holds at every observer and every tick, also before', () => {
    const it = run('p("a")@1;', [crash('b', 3)]);
    expect(when(it, 'crash')).toEqual([1, 2, 3, 4]);
    expect(rows(it, 'crash', 1)).toEqual([
      ['a', 'b', 3],
      ['b', 'b', 3],
    ]);
    expect(when(run('p("a")@1;'), 'crash')).toEqual([]);
    const numbers = run('p(1, 2)@1;', [crash('2', 1)], { ...AB, nodes: ['1', '2'] });
    expect(rows(numbers, 'crash', 2)).toEqual([
      [1, 2, 1],
      [2, 2, 1],
    ]);
  });

  it('are judged at EOT', () => {
    const outcome = (text: string) => run(text).outcome;
    expect(outcome('pre("a")@4;')).toEqual({ kind: 'no-post', witnesses: [] });
    expect(outcome('post("a")@4;')).toEqual({ kind: 'vacuous', witnesses: [] });
    expect(outcome('pre("a")@3; post("b")@4;').kind).toBe('vacuous');
    expect(outcome('pre("a")@4; post("a")@4; post("b")@4;').kind).toBe('holds');
    expect(outcome('pre("b")@4; pre("a")@4; pre("a")@1; post("a")@3;')).toEqual({
      kind: 'violated',
      witnesses: [['a'], ['b']],
    });
  });

  it('under the reference invariant only rows of the failure-free post can be missed', () => {
    const text = `ping("a", "b")@1; got(M)@async :- ping(N, M); got(N)@next :- got(N);
      pre("b") :- ping(_, _)@1; pre("a") :- ping(N, _)@1, notin got("b"); post(N) :- got(N);`;
    const program = load(text);
    const expected = postRows(naiveRun(program, AB, []));
    const lost = naiveRun(program, AB, [omit('a', 'b', 1)]);
    expect(expected).toEqual([['b']]);
    expect(lost.outcome.witnesses).toEqual([['a'], ['b']]);
    expect(referenceOutcome(lost, expected)).toEqual({ kind: 'violated', witnesses: [['b']] });
    expect(referenceOutcome(lost, [])).toEqual({ kind: 'vacuous', witnesses: [] });
  });
});
