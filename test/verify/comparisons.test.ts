/**
 * The checker where comparisons give variables values, and where they must wait for them, against the reference.
 */
import { expect, it } from 'vitest';
import { atOnce } from '../../src/core/work.js';
import { loadProgram } from '../../src/dedalus/load.js';
import { memoryReader } from '../../src/dedalus/reader.js';
import { flawIn } from '../../src/verify/tree.js';
import { Worlds } from '../../src/verify/worlds.js';
import { naiveRun } from '../reference/naive.js';

const FACTS = 'q("a", 1)@1; q("a", 4)@1; q("a", 9007199254740990)@1; q("a", "x")@1;';

/** Each with whether a rule of it comes to a row. */
const BODIES: readonly (readonly [body: string, rows: boolean])[] = [
  ['q(N, X), X == X', true],
  ['X == X, q(N, X)', true],
  ['q(N, X), X == X + 0', true],
  ['q(N, X), X == X + 1', false],
  ['X == Y * 2, Y == Z + 1, Z == W, q(N, W)', true],
  ['X == Y + 3, q(N, X), q(N, Y)', true],
  ['X == Y + 9, q(N, X), q(N, Y)', false],
  ['q(N, Y), X == Y + 1, X == 2', true],
  ['q(N, Y), X == Y + 1, X > 9007199254740991', false],
  ['q(N, Y), X == Y / 0', false],
  ['q(N, X), notin q(N, Y), X == Y', false],
  ['Y == 5, q(N, X), notin q(N, Y)', true],
  ['q(N, X), X < "w", X != 4', true],
];

it.each(BODIES)('%s', (body, rows) => {
  const text = `${FACTS} pre(N, X) :- q(N, X); post(N, X) :- q(N, X), notin found(N); found(N) :- ${body};`;
  const { program } = loadProgram(['a.ded'], memoryReader({ 'a.ded': text }));
  if (!program) throw new Error('it is not accepted');
  const bounds = { eot: 1, eff: 0, crashes: 0, nodes: ['a'] };
  expect(naiveRun(program, bounds, []).outcome.kind).toBe(rows ? 'violated' : 'holds');
  expect(atOnce(flawIn(new Worlds(program, bounds), 0)) !== undefined).toBe(rows);
});
