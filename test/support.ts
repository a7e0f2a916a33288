/**
 * Helpers of the engine's tests.
 */
import { parseProgram } from '../src/dedalus/load.js';
import type { Program } from '../src/dedalus/program.js';
import type { Bounds } from '../src/faults/fault.js';
import { type DedalusOptions, DedalusSystem } from '../src/lineage/ground/system.js';

/** The program of a text that must have no errors. */
export function programFrom(text: string): Program {
  const { program, diagnostics } = parseProgram(text);
  if (!program) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return program;
}

export const system = (text: string, bounds: Bounds, options?: DedalusOptions): DedalusSystem =>
  new DedalusSystem(programFrom(text), bounds, options);

/** Everyone knows everyone, for ever. */
export const clique = (nodes: readonly string[]): string =>
  `${nodes.flatMap((a) => nodes.filter((b) => b !== a).map((b) => `node("${a}", "${b}")@1;`)).join('\n')}
node(N, M)@next :- node(N, M);
`;

/** Best-effort broadcast with the promise of agreement. */
export const broadcast = (nodes: readonly string[]): string => `${clique(nodes)}
log("${nodes[0]}", 1)@1;
log(M, P)@async :- log(N, P)@1, node(N, M), notin sent(N);
sent(N)@next :- log(N, _);
log(N, P)@next :- log(N, P);
missing(M, P) :- log(N, P), node(N, M), notin log(M, P), notin crash(N, M, _);
pre(N, P) :- log(N, P), notin crash(N, N, _);
post(N, P) :- log(N, P), notin missing(_, P);
`;
