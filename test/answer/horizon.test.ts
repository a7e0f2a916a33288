/**
 * The horizon: which counterexamples exist only because the world ends.
 */
import { expect, test } from 'vitest';
import { ask } from '../../src/answer/ask.js';
import { DedalusSubject } from '../../src/answer/dedalus.js';
import type { Bounds } from '../../src/faults/fault.js';
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

const answerOf = async (text: string, bounds: Bounds) => {
  const program = programFrom(text);
  const subject = new DedalusSubject(program, program.files, ['input.ded']);
  const check = { name: 'ask', bounds, expect: undefined };
  const method = { search: {}, lineage: 'auto', invariant: 'strict' } as const;
  const { check: result } = (await ask(subject, check, method, () => false)).answer;
  return {
    horizons: result.counterexamples.map(({ faults, horizon }) => [faults[0]?.kind, horizon]),
    warnings: result.warnings?.map(({ code, message }) => [code, message]) ?? [],
  };
};

test('a delay that more time heals is marked with that end; a loss that nothing heals is not', async () => {
  const bounds = { eot: 3, eff: 2, crashes: 0, delay: 1, nodes: ['a', 'b'] };
  const { horizons, warnings } = await answerOf(SPEC, bounds);
  expect(horizons).toEqual([
    ['delay', 4],
    ['omission', undefined],
  ]);
  expect(warnings).toEqual([]);
});

test('where more time heals all of them, a warning says that the end comes too early', async () => {
  const retried = `${SPEC} start(X)@next :- start(X), notin has(X);`;
  const bounds = { eot: 3, eff: 2, crashes: 0, nodes: ['a', 'b'] };
  const { horizons, warnings } = await answerOf(retried, bounds);
  expect(horizons).toEqual([['omission', 4]]);
  expect(warnings).toEqual([
    ['short-eot', 'With eot 4 none of these faults breaks the promise: eot 3 is over before the protocol has healed.'],
  ]);
});
