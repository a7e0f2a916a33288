/**
 * Cardinality as formulas: the sequential counter (Sinz, 2005), built on a circuit.
 */
import { type Circuit, FALSE, type Formula, TRUE } from './circuit.js';

/**
 * Formulas for 'at least i of the inputs are true'.
 * @param limit highest i of interest; work is O(inputs × limit)
 * @returns an array t with t[0] = TRUE and t[i] = 'at least i', for i up to min(limit, inputs.length)
 */
export function atLeast(circuit: Circuit, inputs: readonly Formula[], limit = inputs.length): Formula[] {
  const counts: Formula[] = [TRUE];
  for (const input of inputs) {
    if (counts.length <= limit) counts.push(FALSE);
    for (let i = counts.length - 1; i >= 1; i--) {
      const carry = circuit.and([counts[i - 1] as Formula, input]);
      counts[i] = circuit.or([counts[i] as Formula, carry]);
    }
  }
  return counts;
}

/** 'At most `limit` of the inputs are true'. */
export function atMost(circuit: Circuit, inputs: readonly Formula[], limit: number): Formula {
  return -(atLeast(circuit, inputs, limit + 1)[limit + 1] ?? FALSE);
}
