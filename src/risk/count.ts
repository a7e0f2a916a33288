/**
 * The probability that the promise breaks, exactly: by weighted model counting over decision diagrams of the scenarios
 * that the bounds admit, and of those of them in which the promise is broken.
 */
import { type Formula, TRUE } from '../core/circuit.js';
import { LdfiError } from '../core/invariant.js';
import { withPauses } from '../core/work.js';
import type { FaultSpace } from '../faults/space.js';
import { compile, orderOf, partsOf } from './compile.js';
import { type Diagram, Diagrams } from './diagram.js';
import { type Rates, rateOf } from './rates.js';
import { logWeights, weightsOf } from './weights.js';

/** Scenarios of a space as a diagram: those in which a law is kept. */
export interface Lawful {
  readonly diagrams: Diagrams;
  readonly admissible: Diagram;
  /** Numbers of faults, as the diagram asks them. */
  readonly order: readonly number[];
}

/** The admissible scenarios, and how probable each variable is. */
export interface Admissible extends Lawful {
  readonly rates: readonly number[];
}

/** @throws LdfiError 'limit-diagram', and the signal's reason when it is aborted */
export async function admissibleOf(
  space: FaultSpace,
  rates: Rates,
  mostNodes: number,
  signal: AbortSignal | undefined,
): Promise<Admissible> {
  const lawful = await lawfulOf(space, space.admissible, mostNodes, signal);
  const rateOfNumber = (number: number): number => rateOf(space.faults[number] as FaultSpace['faults'][number], rates);
  return { ...lawful, rates: lawful.order.map(rateOfNumber) };
}

/** The same without rates. @param law true in the scenarios that are meant */
export async function lawfulOf(
  space: FaultSpace,
  law: Formula,
  mostNodes: number,
  signal: AbortSignal | undefined,
): Promise<Lawful> {
  const order = orderOf(space);
  const diagrams = new Diagrams(order.length, mostNodes);
  let admissible: Diagram = TRUE;
  const steps = function* (part: Formula): Generator<void, Diagram> {
    const compiled = yield* compile({ diagrams, order }, space.circuit, part, TRUE, admissible);
    return yield* diagrams.and(admissible, compiled);
  };
  for (const part of partsOf(space.circuit, law)) {
    admissible = await withPauses(steps(part), signal);
    // Nothing is older than what is kept.
    admissible = diagrams.collect([admissible])(admissible);
  }
  return { diagrams, admissible, order };
}

export interface Counted {
  /** Whether some scenario that can happen breaks the promise, however improbable. */
  readonly isPossible: boolean;
  readonly probability: number;
  /** Nodes of the diagram of the scenarios that break it. */
  readonly nodes: number;
}

/**
 * @param holds the promise, in exactly the admissible scenarios in which it is true
 * @returns undefined where the diagram becomes too large
 */
export async function countViolated(
  { circuit }: FaultSpace,
  { diagrams, admissible, order, rates }: Admissible,
  holds: Formula,
  signal: AbortSignal | undefined,
): Promise<Counted | undefined> {
  try {
    const violated = await withPauses(compile({ diagrams, order }, circuit, -holds, admissible), signal);
    const weights = weightsOf(rates);
    const nodes = diagrams.nodesOf(violated);
    const part = logWeights(diagrams, nodes, weights)(violated);
    const all = logWeights(diagrams, diagrams.nodesOf(admissible), weights)(admissible);
    return {
      isPossible: part > Number.NEGATIVE_INFINITY,
      probability: Math.min(1, Math.exp(part - all)),
      nodes: nodes.length,
    };
  } catch (error) {
    if (error instanceof LdfiError && error.code === 'limit-diagram') return undefined;
    throw error;
  }
}
