/** Messages in words: those that are alike are told together, and none is left out. */
import { expect, it } from 'vitest';
import { messagesInWords } from '../../../src/report/page/said.js';
import { DedalusProvenance } from '../../../src/report/provenance/dedalus/provenance.js';
import { runView } from '../../../src/report/provenance/run-view.js';
import { clique, system } from '../../support.js';

const NODES = ['a', 'b', 'c', 'd'];
const TEXT = `${clique(NODES)}
beat("a")@1;
beat(X)@next :- beat(X);
heard(Y, X)@async :- beat(X), node(X, Y);
pre(X) :- beat(X);
post(X) :- beat(X);
`;

it('folds receivers, and ticks', () => {
  const of = new DedalusProvenance(system(TEXT, { eot: 6, eff: 6, crashes: 0, nodes: NODES }));
  const { messages } = runView(of.case([{ kind: 'omission', from: 'a', to: 'c', tick: 2 }]));
  const said = messagesInWords(messages.filter(({ fate }) => fate !== 'late'));
  expect(said.map(({ text }) => text)).toEqual([
    'Tick 1: heard("b", "a"), sent by a to b, and alike to c and d, arrives at the next tick; the same at ticks 3–5.',
    'Tick 2: heard("b", "a"), sent by a to b, and alike to d, arrives at the next tick.',
    'Tick 2: heard("c", "a"), sent by a to c, is lost.',
  ]);
});
