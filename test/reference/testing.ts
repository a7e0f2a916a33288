/**
 * Helpers of the tests in this folder.
 */
import { parseProgram } from '../../src/dedalus/load.js';
import type { Program } from '../../src/dedalus/program.js';
import type { Bounds, Fault } from '../../src/faults/fault.js';

/** The program of a text; throws if the front end rejects it. */
export function load(text: string): Program {
  const { program, diagnostics } = parseProgram(text);
  if (program === undefined) throw new Error(diagnostics.map((it) => it.message).join('\n'));
  return program;
}

/** Two nodes, four ticks, every omission, one crash. */
export const AB: Bounds = { eot: 4, eff: 4, crashes: 1, nodes: ['a', 'b'] };

export const omit = (from: string, to: string, tick: number): Fault => ({ kind: 'omission', from, to, tick });
export const crash = (node: string, tick: number): Fault => ({ kind: 'crash', node, tick });
