/**
 * How many scenarios are vacuous: nothing is promised in them, so that nothing was checked. Exactly, by model counting
 * over a decision diagram of the scenarios within the bounds.
 *
 * A set of faults of which one changes nothing is no scenario of its own, so it is not counted.
 */
import { FALSE, type Formula, TRUE } from '../core/circuit.js';
import { LdfiError } from '../core/invariant.js';
import { withPauses } from '../core/work.js';
import { kindOf } from '../faults/kinds.js';
import type { FaultSpace } from '../faults/space.js';
import { compile } from './compile.js';
import { lawfulOf } from './count.js';
import type { Diagram, Diagrams } from './diagram.js';

/** Beyond these nobody would wait for a figure beside the verdict. */
const MOST = { faults: 400, nodes: 30_000 };

/**
 * @param promises true in exactly the scenarios in which something is promised
 * @returns undefined where that takes too long to count, or the signal is aborted
 */
export async function vacuousCount(
  space: FaultSpace,
  promises: Formula,
  signal?: AbortSignal,
): Promise<bigint | undefined> {
  if (promises === TRUE) return 0n;
  if (space.faults.length > MOST.faults) return undefined;
  const { circuit } = space;
  try {
    const law = circuit.and([space.admissible, ...allMatter(space)]);
    const { diagrams, admissible, order } = await lawfulOf(space, law, MOST.nodes, signal);
    const vacuous = await withPauses(compile({ diagrams, order }, circuit, -promises, admissible), signal);
    return modelCount(diagrams, vacuous);
  } catch (error) {
    if (signal?.aborted || (error instanceof LdfiError && error.code === 'limit-diagram')) return undefined;
    throw error;
  }
}

/** That no fault hits a slot which another one loses. */
function allMatter({ circuit, faults, variable }: FaultSpace): Formula[] {
  return faults.flatMap((fault) => {
    const slot = kindOf(fault).slot?.(fault);
    const losing = slot ? faults.filter((other) => other !== fault && kindOf(other).denies(other, slot)) : [];
    return losing.length > 0 ? [-circuit.and([variable(fault), circuit.or(losing.map(variable))])] : [];
  });
}

/** In how many assignments of all variables a diagram is true. */
function modelCount(diagrams: Diagrams, root: Diagram): bigint {
  const counts = new Map<Diagram, bigint>();
  /** Over the variables from a level on. */
  const countOf = (part: Diagram, level: number): bigint => {
    const all = 1n << BigInt(diagrams.variables - level);
    if (part === TRUE || part === FALSE) return part === TRUE ? all : 0n;
    const count = (counts.get(Math.abs(part)) as bigint) << BigInt(diagrams.level(part) - level);
    return part > 0 ? count : all - count;
  };
  for (const node of diagrams.nodesOf(root)) {
    const level = diagrams.level(node) + 1;
    counts.set(node, countOf(diagrams.low(node), level) + countOf(diagrams.high(node), level));
  }
  return countOf(root, 0);
}
