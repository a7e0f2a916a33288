/**
 * The classic systems of `specs/calm`: the label of each output, its points of order, and two schedules that show it.
 * Verdicts: Alvaro et al. (CIDR 2011), Hellerstein and Alvaro (CACM 2020).
 */
import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { calmOf } from '../../src/answer/calm.js';
import { contradictionsIn } from '../../src/report/calm/model.js';
import { runToSvg } from '../../src/report/formats/svg.js';
import { gallery } from './support.js';

/** By spec and output: the label, then the points of order. */
const EXPECTED: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  '2pc-negation': { commit: ['D', 'negation: decided(C) :- deadline(C), notin no(C, _);'] },
  'cart-destructive': {
    cart: ['D', 'deletion: cart(S, I)@next :- cart(S, I), notin take(S, I);'],
    bought: [
      'D',
      'deletion: cart(S, I)@next :- cart(S, I), notin take(S, I);',
      'race: bought(S, I) :- checkout(S), cart(S, I);',
    ],
  },
  'cart-disorderly': {
    put: ['A'],
    taken: ['A'],
    bought: [
      'D',
      'negation: bought(S, I) :- checkout(S), put(S, I), notin taken(S, I);',
      'race: bought(S, I) :- checkout(S), put(S, I), notin taken(S, I);',
    ],
  },
  'cart-monotone': { bought: ['A'], complete: ['A'] },
  chat: { shown: ['D', 'race: shown(C, T)@async :- line(S, T), member(S, C);'] },
  'chat-log': { shown: ['A'] },
  deadlock: { deadlock: ['A'] },
  'distinct-words': { distinct: ['A'] },
  garbage: { garbage: ['D', 'negation: garbage(G, O) :- object(G, O), notin live(G, O);'] },
  'store-grow-only': { answer: ['A'] },
  'store-overwrite': { value: ['D', 'deletion: value(S, K, V)@next :- value(S, K, V), notin put(S, K, _);'] },
  'vote-all': {
    passed: ['D', 'aggregate: members(N, count<M>) :- member(N, M);', 'aggregate: cast(N, count<M>) :- vote(N, M);'],
  },
  'vote-threshold': { passed: ['A'] },
  'word-count': { total: ['D', 'aggregate: total(R, W, count<P>) :- word(R, P, W);'] },
};

test('each spec has an expected verdict', () => {
  const names = readdirSync('specs/calm').map((name) => name.replace(/\.ded$/, ''));
  expect(names.sort()).toEqual(Object.keys(EXPECTED).sort());
});

describe.each(Object.entries(EXPECTED))('%s', (name, expected) => {
  test('has its labels, its points of order and its schedules', { timeout: 120_000 }, async () => {
    const subject = gallery(name);
    const [check] = subject.checks({});
    if (!check) throw new Error('every spec has a check');
    const { result, views } = await calmOf(subject, check.bounds, { schedules: 60, delay: 3 });
    const points = result.points.map(({ kind, rule }) => `${kind}: ${rule}`);
    const found = result.outputs.map(({ relation, verdict, points: own }) => [
      relation,
      [verdict, ...own.map(({ point }) => points[point])],
    ]);
    expect(Object.fromEntries(found)).toEqual(expected);
    expect(contradictionsIn(result)).toEqual([]);
    for (const { relation, verdict, witness } of result.outputs) {
      expect(witness !== undefined, relation).toBe(verdict === 'D');
      const rows = (witness ?? []).flatMap(({ final, ever }) => [...final, ...ever]);
      expect(rows.length > 0).toBe(verdict === 'D');
      for (const view of views.get(relation) ?? []) expect(runToSvg(view)).toContain('</svg>');
    }
    // A point is where its rule is.
    for (const { place, rule } of result.points) {
      const line = subject.files[0]?.text.split('\n')[place.line - 1];
      expect(line).toContain(rule);
    }
  });
});
