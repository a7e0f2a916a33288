/**
 * The ground program under one scenario: which atoms are true, and in which round of its cycle each true atom was first
 * derived.
 */

import type { Formula } from '../../core/circuit.js';
import { strides } from '../../core/work.js';
import { type AtomId, atomOf, type Body, type Definition, type Ground, STRIDE } from './ground.js';
import type { Unit } from './order.js';

export interface Truth {
  readonly holds: (literal: number) => boolean;
  /** Fixpoint round in which an atom of a cycle became true; 0 for other atoms. */
  readonly rank: (atom: AtomId) => number;
}

/**
 * Evaluates the atoms of `units`; yields now and then.
 * @param leaf truth of a leaf's formula in the scenario
 */
export function* evaluate(
  ground: Ground,
  units: readonly Unit[],
  leaf: (formula: Formula) => boolean,
): Generator<void, Truth> {
  const due = strides(STRIDE);
  const truth = new Uint8Array(ground.size);
  const ranks = new Map<AtomId, number>();
  const holds = (literal: number): boolean => (truth[atomOf(literal)] === 1) === literal > 0;
  const value = (definition: Definition): boolean => {
    if (definition.kind === 'bodies') return definition.bodies.some((body: Body) => body.every(holds));
    if (definition.kind === 'leaf') return leaf(definition.formula);
    if (definition.kind === 'at-least')
      return definition.inputs.filter((atom) => truth[atom]).length >= definition.least;
    const present = definition.inputs.filter(({ atom }) => truth[atom]);
    const sum = present.reduce((total, input) => total + input.sum, definition.base.sum);
    const size = present.reduce((total, input) => total + input.size, definition.base.size);
    return definition.gives(sum, size);
  };
  for (const { atoms, cyclic } of units) {
    for (let round = 1; ; round++) {
      const born = atoms.filter((atom) => !truth[atom] && value(ground.definitions[atom] as Definition));
      for (const atom of born) {
        truth[atom] = 1;
        if (cyclic) ranks.set(atom, round);
      }
      if (due(atoms.length)) yield;
      if (born.length === 0 || !cyclic) break;
    }
  }
  return { holds, rank: (atom) => ranks.get(atom) ?? 0 };
}
