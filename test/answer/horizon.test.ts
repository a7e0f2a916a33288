/**
 * The horizon: which counterexamples exist only because the world ends.
 */
import { expect, test } from 'vitest';
import { ask } from '../../src/answer/ask.js';
import { DedalusSubject } from '../../src/answer/dedalus.js';
import { programFrom } from '../support.js';

/** a asks b at tick 1, b answers at once, and a is to have the answer. */
const SPEC = `
peer("a", "b")@1;  peer("b", "a")@1;  peer(X, Y)@next :- peer(X, Y);
start("a")@1;
ask(Y, X)@async :- start(X), peer(X, Y);
answer(X, Y)@async :- ask(Y, X);
asked(X) :- start(X);  asked(X)@next :- asked(X);
has(X) :- answer(X, _);  has(X)@next :- has(X);
pre(X) :- asked(X);  post(X) :- has(X);
`;

test('a delay that more time heals is marked with that end; a loss is not', async () => {
  const program = programFrom(SPEC);
  const subject = new DedalusSubject(program, program.files, ['input.ded']);
  const bounds = { eot: 3, eff: 2, crashes: 0, delay: 1, nodes: ['a', 'b'] };
  const check = { name: 'ask', bounds, expect: undefined };
  const method = { search: {}, lineage: 'auto', invariant: 'strict' } as const;
  const { answer } = await ask(subject, check, method, () => false);
  expect(answer.check.counterexamples.map(({ faults, horizon }) => [faults[0]?.kind, horizon])).toEqual([
    ['delay', 4],
    ['omission', undefined],
  ]);
});
