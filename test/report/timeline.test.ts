import { expect, test } from 'vitest';
import type { Scenario } from '../../src/faults/fault.js';
import { defineProtocol } from '../../src/protocol/define.js';
import { timeline } from '../../src/report/formats/timeline.js';
import { systemOf } from '../../src/testing/check.js';
import { system } from '../support.js';

const BOUNDS = { eot: 5, eff: 4, crashes: 1, nodes: ['a', 'b', 'c'] };
/** a tells b, and itself, at every tick; b passes it on to c. */
const CHAIN = `
news("a", "b")@1; news("a", "a")@1; news(X, Y)@next :- news(X, Y);
told(Y, 1)@async :- news(X, Y);
heard("c", N)@async :- told("b", N);
pre(X) :- news(X, _); post(X) :- news(X, _);
`;

const lines = (scenario: Scenario, text = CHAIN) =>
  timeline(system(text, BOUNDS).simulate(scenario)).map(({ tick, mark, text: line }) => `${tick} ${mark} ${line}`);

test('messages once, with the ticks at which they are sent again; those to oneself and past the end are left out', () => {
  expect(lines([])).toEqual([
    '1 delivered a → b  told("b", 1)  (again at ticks 2–4)',
    '2 delivered b → c  heard("c", 1)  (again at ticks 3, 4)',
  ]);
});

test('every loss is an event of its own', () => {
  const lost = (tick: number) => ({ kind: 'omission', from: 'a', to: 'b', tick }) as const;
  expect(lines([lost(1), lost(3)])).toEqual([
    '1 lost a → b  told("b", 1)  LOST',
    '2 delivered a → b  told("b", 1)  (again at tick 4)',
    '3 lost a → b  told("b", 1)  LOST',
    '3 delivered b → c  heard("c", 1)',
  ]);
});

test('a crash, and what it swallows as one line', () => {
  expect(lines([{ kind: 'crash', node: 'a', tick: 2 }])).toEqual([
    '1 delivered a → b  told("b", 1)',
    '2 node a crashes: nothing it sends from now on arrives',
    '2 lost a → b  told("b", 1)  lost, a has crashed  (again at ticks 3, 4)',
    '2 delivered b → c  heard("c", 1)',
  ]);
});

test('two rules that send the same are one line', () => {
  expect(lines([], `${CHAIN} told(Y, 1)@async :- news(X, Y), news(X, X);`)[0]).toBe(
    '1 delivered a → b  told("b", 1)  (again at ticks 2–4)',
  );
});

test('of two messages with fates of their own only the one that is lost is marked', () => {
  const letters = defineProtocol<object, string>({
    name: 'letters',
    nodes: ['a', 'b'],
    state: () => ({}),
    actor: (id) => ({
      init(ctx) {
        if (id === 'a') for (const letter of ['x', 'y']) ctx.send('b', letter);
      },
    }),
    check: () => 'holds',
  });
  const first: Scenario = [{ kind: 'omission', from: 'a', to: 'b', tick: 1, nth: 1 }];
  const run = systemOf(letters, { eot: 3, eff: 2, crashes: 0, perMessage: 2 }).plain(first);
  expect(timeline(run).map(({ mark, text }) => `${mark} ${text}`)).toEqual([
    'lost a → b  "x"  LOST',
    'delivered a → b  "y"',
  ]);
});
