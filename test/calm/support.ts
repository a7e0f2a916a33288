/**
 * Helpers of the tests of labels.
 */
import { readFileSync } from 'node:fs';
import { DedalusSubject } from '../../src/answer/dedalus.js';
import { type Analysis, analyse } from '../../src/calm/calm.js';
import { parseProgram } from '../../src/dedalus/load.js';
import { printClause } from '../../src/dedalus/print.js';
import { programFrom } from '../support.js';

/** One of `specs/calm`. */
export function gallery(name: string): DedalusSubject {
  const path = `specs/calm/${name}.ded`;
  const { program, files } = parseProgram(readFileSync(path, 'utf8'), path);
  if (!program) throw new Error(`${path} has errors`);
  return new DedalusSubject(program, files, [path]);
}

/** Everyone knows the other one. */
const PEERS = 'peer("a", "b")@1; peer("b", "a")@1; peer(N, M)@next :- peer(N, M);\n';

/** The analysis of rules about two nodes that know each other; `in` is a kept message, `at` one for a moment. */
export const analysed = (rules: string, outputs: readonly string[]): Analysis =>
  analyse(
    programFrom(`${PEERS}start("a", 1)@1; start("b", 2)@1; start(N, V)@next :- start(N, V);
go("a", 1)@1; go("a", 2)@1;
in(M, V)@async :- start(N, V), peer(N, M);
in(N, V)@next :- in(N, V);
at(M, V)@async :- go(N, V), peer(N, M);
${rules}`),
    outputs,
  );

/** Labels by output, with the kinds of their points: `D negation race`. */
export const labelled = ({ outputs }: Analysis): Record<string, string> =>
  Object.fromEntries(
    outputs.map(({ relation, verdict, points }) => [
      relation,
      [verdict, ...points.map(({ point }) => point.kind)].join(' '),
    ]),
  );

/** The points of an output, each as kind and rule. */
export const pointsIn = ({ outputs }: Analysis, relation: string): string[] =>
  (outputs.find((one) => one.relation === relation)?.points ?? []).map(
    ({ point }) => `${point.kind}: ${printClause(point.rule)}`,
  );
