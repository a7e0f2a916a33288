/**
 * Labels of small programs: what is free, what is not, and why. Each of the latter has two schedules that disagree,
 * which `test/reference` finds for random ones.
 */
import { describe, expect, test } from 'vitest';
import { analyse } from '../../src/calm/calm.js';
import { programFrom } from '../support.js';
import { analysed, labelled, pointsIn } from './support.js';

const label = (rules: string, output = 'out'): string | undefined => labelled(analysed(rules, [output]))[output];

describe('what is free of coordination', () => {
  test.each([
    ['what a message brings', 'out(N, V) :- at(N, V);'],
    ['what only grows, joined', 'out(N, V) :- in(N, V), in(N, V);'],
    ['a moment that meets what never changes', 'out(N, V) :- at(N, V), peer(N, _);'],
    ['a moment without what never changes', 'out(N, V) :- at(N, V), notin start(N, V);'],
    ['what held at the first tick, in any way', 'out(N, V) :- in(N, V), notin go(N, V)@1;'],
    ['a count that has come to a bound', 'n(N, count<V>) :- in(N, V); out(N) :- n(N, C), C >= 2;'],
    ['the same, the other way round', 'n(N, count<V>) :- in(N, V); out(N) :- n(N, C), 2 <= C;'],
    ['a least value that has come below a bound', 'n(N, min<V>) :- in(N, V); out(N) :- n(N, C), C < 2;'],
    ['a bound that is a row of what grows', 'n(N, count<V>) :- in(N, V); out(N) :- n(N, C), in(N, K), C >= K;'],
    ['that there is a count at all', 'n(N, count<V>) :- in(N, V); out(N) :- n(N, _);'],
    [
      'a recursion through messages',
      'out(N, V) :- in(N, V); out(M, V)@async :- out(N, V), peer(N, M); out(N, V)@next :- out(N, V);',
    ],
    ['what is kept of a moment', 'out(N, V)@next :- at(N, V); out(N, V)@next :- out(N, V);'],
  ])('%s', (_, rules) => {
    expect(label(rules)).toBe('A');
  });

  test('what no message reaches', () => {
    expect(label('out(N, V) :- go(N, V), notin start(N, V);')).toBe('I');
    expect(label('out(N, V) :- start(N, V), notin go(N, V);')).toBe('N');
    expect(label('out(N, V) :- start(N, V);')).toBe('I');
  });

  test('what is sent of it', () => {
    expect(label('x(N, V) :- start(N, V), notin go(N, V); out(M, V)@async :- x(N, V), peer(N, M);')).toBe('A');
  });
});

describe('what needs coordination', () => {
  test.each([
    ['what has not come', 'out(N, V) :- start(N, V), notin in(N, V);', 'D negation'],
    [
      'what is kept until something comes',
      'out(N, V) :- in(N, V); out(N, V)@next :- out(N, V), notin at(N, V);',
      'D deletion',
    ],
    [
      'what is kept while something holds',
      'out(N, V) :- at(N, V); out(N, V)@next :- out(N, V), in(N, V);',
      'D deletion',
    ],
    ['a count', 'out(N, count<V>) :- in(N, V);', 'D aggregate'],
    ['a count that is just so', 'n(N, count<V>) :- in(N, V); out(N) :- n(N, 2);', 'D aggregate'],
    ['a count that is compared and shown', 'n(N, count<V>) :- in(N, V); out(N, C) :- n(N, C), C >= 2;', 'D aggregate'],
    ['a count below a bound', 'n(N, count<V>) :- in(N, V); out(N) :- n(N, C), C < 2;', 'D aggregate'],
    ['a count against another', 'n(N, count<V>) :- in(N, V); out(N) :- n(N, C), n(N, K), C >= K;', 'D aggregate'],
    ['a count of what is there for a moment', 'n(N, count<V>) :- at(N, V); out(N) :- n(N, C), C >= 2;', 'D aggregate'],
    ['a sum that has come to a bound', 'n(N, sum<V>) :- in(N, V); out(N) :- n(N, C), C >= 2;', 'D aggregate'],
    ['two channels without memory', 'out(N, V) :- at(N, V), at(N, W), V != W;', 'D race'],
    ['a channel without memory and one with it', 'out(N, V) :- at(N, V), in(N, _);', 'D race'],
    [
      'a message and a clock',
      't(N, 1)@next :- go(N, 1); t(N, V + 1)@next :- t(N, V); out(N, T) :- at(N, _), t(N, T);',
      'D race',
    ],
    [
      'a message and what comes to hold',
      'late(N, V)@next :- start(N, V); out(N, V) :- at(N, V), late(N, _);',
      'D race',
    ],
    [
      'a message and what is not monotone for now',
      'x(N, V) :- start(N, V), notin go(N, V); out(N, V) :- in(N, V), x(N, _);',
      'D race',
    ],
    ['what had come by a tick', 'out(N, V) :- start(N, V), in(N, V)@3;', 'D past'],
    [
      'what is made of any of them',
      'x(N, count<V>) :- in(N, V); y(N, V) :- x(N, V); out(N, V) :- y(N, V);',
      'D aggregate',
    ],
  ])('%s', (_, rules, expected) => {
    expect(label(rules)?.split(' ').slice(0, 2).join(' ')).toBe(expected);
  });

  test('messages beside what is not monotone', () => {
    expect(label('out(N, V) :- start(N, V), notin go(N, V); out(N, V) :- at(N, V);')).toBe('D beside');
  });

  test('is told by the first points, not by what follows from them', () => {
    const found = analysed('n(N, count<V>) :- in(N, V); m(N, count<V>) :- in(N, V); out(N) :- n(N, K), m(N, K);', [
      'out',
    ]);
    expect(pointsIn(found, 'out')).toEqual([
      'aggregate: n(N, count<V>) :- in(N, V);',
      'aggregate: m(N, count<V>) :- in(N, V);',
    ]);
  });

  test('with the way from a message to the output', () => {
    const found = analysed('x(N, V) :- in(N, V); y(N, V) :- start(N, V), notin x(N, V); out(N, V) :- y(N, V);', [
      'out',
    ]);
    expect(found.outputs[0]?.points[0]?.way).toEqual(['in', 'x', 'y', 'out']);
  });
});

describe('outputs', () => {
  const spec = `start("a", 1)@1; start(N, V)@next :- start(N, V); peer("a", "b")@1; peer(N, M)@next :- peer(N, M);
log(M, V)@async :- start(N, V), peer(N, M);
log(N, V)@next :- log(N, V);
seen(N, V) :- log(N, V);
here(N, V) :- log(N, V), notin crash(N, N, _);
pre(N, V) :- start(N, V);
post(N, V) :- here(_, V), start(N, V);
`;

  test('are what nothing else reads, and what the promise is about', () => {
    expect(labelled(analyse(programFrom(spec)))).toEqual({ log: 'A', seen: 'A' });
  });

  test('are those that the spec names', () => {
    expect(labelled(analyse(programFrom(`${spec}//! output here\n`)))).toEqual({ here: 'A' });
  });

  test('are those that are asked for', () => {
    expect(labelled(analyse(programFrom(`${spec}//! output here\n`), ['post', 'log']))).toEqual({
      post: 'A',
      log: 'A',
    });
  });
});
