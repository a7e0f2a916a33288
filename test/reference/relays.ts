/**
 * Random programs for messages with fates of their own: what is in a slot, and so the numbers of messages, depends on
 * the faults of earlier ticks. A sends some values to B, which hands on to C what it got, what it did not get, or how
 * many; C promises something of what comes.
 */
import type { Program } from '../../src/dedalus/program.js';
import type { Bounds } from '../../src/faults/fault.js';
import { Dice } from './protocol/dice.js';
import { load } from './testing.js';

const TO_C = 'to("b", C)';
/** What B may send: under names before and after each other, so that the order of relations matters. */
const RELAYS = [
  `NAME(C, V)@async :- m(B, V), ${TO_C}, B == "b";`,
  `NAME(C, V)@async :- k(B, V), ${TO_C}, B == "b";`,
  `NAME(C, V)@async :- all(B, V), ${TO_C}, B == "b", notin m(B, V);`,
  `NAME(C, V)@async :- all(B, V), ${TO_C}, B == "b", notin k(B, V), m(B, _);`,
  `NAME(C, count<V>)@async :- m(B, V), ${TO_C}, B == "b";`,
  `NAME(C, max<V>)@async :- k(B, V), ${TO_C}, B == "b";`,
  `NAME(C, W)@async :- k(B, V), ${TO_C}, B == "b", W == V + 1;`,
  `NAME(C, V)@async :- m(B, V), ${TO_C}, B == "b", k(B, W), V < W;`,
];
const BODIES = [
  'all("c", V)',
  'all("c", V), got("c", "p", W), V <= W',
  'got("c", "r", V)',
  'all("c", V), notin got("c", "q", V)',
  'got("c", R, V), got("c", S, V), R != S',
  'all("c", V), got("c", _, 1)',
];
const KEPT = ['got("c", _, V)', 'got("c", "p", V)', 'got("c", "q", W), W >= V', 'got("c", R, V), notin got("c", R, 9)'];

export function relayProgram(seed: number): { program: Program; bounds: Bounds } {
  const dice = new Dice(seed);
  const values = [1, 2, 3].slice(0, dice.between(2, 3));
  const relays = ['p', 'q', 'r'].map((name) => dice.pick(RELAYS).replace('NAME', name).replace(TO_C, 'to(B, C)'));
  const text = [
    ...['a', 'b', 'c'].flatMap((node) => values.map((value) => `all("${node}", ${value})@1;`)),
    'to("a", "b")@1; to("b", "c")@1;',
    'all(N, V)@next :- all(N, V);',
    'to(N, M)@next :- to(N, M);',
    `m(B, V)@async :- all(A, V)@1, to(A, B), A == "a"${dice.chance(50) ? '' : ', notin late(A)'};`,
    'late(A)@next :- to(A, _);',
    'k(B, V)@next :- m(B, V);',
    'k(B, V)@next :- k(B, V);',
    ...relays,
    ...['p', 'q', 'r'].map((name) => `got(C, "${name}", V) :- ${name}(C, V), C == "c";`),
    'got(C, R, V)@next :- got(C, R, V);',
    `pre("c", V) :- ${dice.pick(BODIES)};`,
    `post("c", V) :- all("c", V), ${dice.pick(KEPT)};`,
  ].join('\n');
  const bounds = {
    ...{ eot: dice.between(4, 5), eff: dice.between(3, 4), crashes: 0, nodes: ['a', 'b', 'c'], maxCost: 2 },
    ...{ perMessage: dice.between(2, 4), reliable: ['b>a', 'c>a', 'c>b', 'a>c'] },
    ...dice.pick([{}, { delay: 1 }, { dup: 1, omissions: 1 }, { restarts: 1, restartable: ['b'] }]),
  };
  return { program: load(text), bounds };
}
