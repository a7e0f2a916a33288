/**
 * What the checker makes of one message that may be lost: what it knows for certain, and what it must not know.
 */
import { expect, it } from 'vitest';
import { atOnce } from '../../src/core/work.js';
import { loadProgram } from '../../src/dedalus/load.js';
import { memoryReader } from '../../src/dedalus/reader.js';
import { flawIn } from '../../src/verify/tree.js';
import { Worlds } from '../../src/verify/worlds.js';

/** What b has is 1, and 4 if it arrives. */
const PROGRAM = `
  start("a", "b")@1; has("b", 1)@2; on("b")@2;
  hi(Y, 4)@async :- start(_, Y);
  has(N, X) :- hi(N, X);
  size(N, count<X>) :- has(N, X);
  most(N, max<X>) :- has(N, X);
  total(N, sum<X>) :- has(N, X);
  mean(N, avg<X>) :- has(N, X);
  pre(N) :- on(N);`;

const BODIES: readonly (readonly [body: string, isKept: boolean])[] = [
  ['has(N, 1)', true],
  ['has(N, 4)', false],
  ['notin has(N, 4)', false],
  ['notin has(N, 5)', true],
  ['size(N, 1)', false],
  ['size(N, 2)', false],
  ['size(N, C), C > 0', true],
  ['size(N, C), C > 1', false],
  ['most(N, M), M > 1', false],
  ['most(N, M), M != 2', true],
  ['total(N, S), S > 1', false],
  ['total(N, S), S >= 1, S != 4', true],
  ['mean(N, A), A > 1', false],
  // Coarse: of any sum, here 1 and 5, and any number of values.
  ['mean(N, A), A < 6', true],
];

it.each(BODIES)('%s', (body, isKept) => {
  const text = `${PROGRAM} post(N) :- on(N), ${body};`;
  const { program } = loadProgram(['a.ded'], memoryReader({ 'a.ded': text }));
  if (!program) throw new Error('it is not accepted');
  const verifier = new Worlds(program, { eot: 2, eff: 2, crashes: 0, nodes: ['a', 'b'] });
  expect(atOnce(flawIn(verifier, 0)) === undefined).toBe(isKept);
});
