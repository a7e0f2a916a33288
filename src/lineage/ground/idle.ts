/**
 * Faults that change nothing: those on which no atom of the ground program depends.
 *
 * A fault acts on a program through leaves alone: arrivals, nodes that run, clocks, and `crash` facts. Where no body
 * mentions a leaf that depends on a fault, every fact of every scenario is as it is without that fault.
 */
import type { Program } from '../../dedalus/program.js';
import { kindOf } from '../../faults/kinds.js';
import type { FaultSpace } from '../../faults/space.js';
import type { Ground } from './ground.js';
import { mentioned } from './order.js';

/** @returns positions in the space of the faults that change no fact in any scenario within the bounds */
export function idleIn(space: FaultSpace, { definitions }: Ground): Set<number> {
  const idle = new Set(space.faults.keys());
  const { circuit } = space;
  const seen = new Uint8Array(circuit.size);
  const open: number[] = [];
  const look = (formula: number): void => {
    const gate = Math.abs(formula);
    if (gate < 2 || seen[gate]) return;
    seen[gate] = 1;
    open.push(gate);
  };
  for (const definition of definitions)
    for (const atom of mentioned(definition)) {
      const leaf = definitions[atom];
      if (leaf?.kind === 'leaf') look(leaf.formula);
    }
  for (let gate = open.pop(); gate !== undefined; gate = open.pop()) {
    const variable = circuit.variableOf(gate);
    if (variable >= 0) idle.delete(variable);
    else for (const input of circuit.inputs(gate)) look(input);
  }
  return idle;
}

/** The same without a ground program: a program has no order within a tick, and only timers have clocks. */
export function idleInAny({ faults }: FaultSpace, { timers = [] }: Program): Set<number> {
  const means = ({ precedence, standstill }: ReturnType<typeof kindOf>): boolean =>
    precedence === undefined && (standstill === undefined || timers.length > 0);
  return new Set([...faults.keys()].filter((i) => !means(kindOf(faults[i] as (typeof faults)[number]))));
}
