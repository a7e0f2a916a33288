/**
 * The ground program in a cube of scenarios: which atoms are certain, impossible or open, and what is worth deciding so
 * that fewer are.
 *
 * It only guides: where lineage knows that the promise is kept and the checker cannot tell, because a fact is open of
 * which either case will do, deciding the fact tells. Sums are open unless all that they sum up is known.
 */
import type { Formula } from '../core/circuit.js';
import type { Truth } from '../faults/cubes/cube.js';
import { type AtomId, atomOf, type Body, type Definition } from '../lineage/ground/ground.js';
import { mentioned } from '../lineage/ground/order.js';
import type { Cone } from '../lineage/ground/system.js';

/** Truth of each atom of the cone; undefined if what was decided contradicts itself. */
export function groundTruth(
  { grounded, units }: Cone,
  leaf: (formula: Formula) => Truth,
  decided: ReadonlyMap<AtomId, boolean>,
): Int8Array | undefined {
  const truth = new Int8Array(grounded.size).fill(-1);
  const of = (literal: number): number => (literal > 0 ? 1 : -1) * (truth[atomOf(literal)] as number);
  const value = (definition: Definition): number => {
    if (definition.kind === 'leaf') return leaf(definition.formula);
    if (definition.kind === 'bodies') {
      let best = -1;
      for (const body of definition.bodies) best = Math.max(best, least(body, of));
      return best;
    }
    if (definition.kind === 'at-least') {
      let [sure, possible] = [0, 0];
      for (const atom of definition.inputs) {
        if ((truth[atom] as number) === 1) sure++;
        if ((truth[atom] as number) >= 0) possible++;
      }
      return sure >= definition.least ? 1 : possible >= definition.least ? 0 : -1;
    }
    const { inputs, base, gives } = definition;
    if (inputs.some(({ atom }) => truth[atom] === 0)) return 0;
    const there = inputs.filter(({ atom }) => truth[atom] === 1);
    const sum = there.reduce((total, input) => total + input.sum, base.sum);
    return gives(sum, base.size + there.reduce((total, input) => total + input.size, 0)) ? 1 : -1;
  };
  for (const { atoms, cyclic } of units)
    for (let isNew = true; isNew; ) {
      isNew = false;
      for (const atom of atoms) {
        const now = value(grounded.definitions[atom] as Definition);
        const holds = decided.get(atom);
        if (holds === false && now === 1) return undefined;
        const then = holds === undefined || now === -1 ? now : holds ? 1 : -1;
        if (then > (truth[atom] as number)) isNew = cyclic;
        truth[atom] = Math.max(then, truth[atom] as number);
      }
    }
  for (const [atom, holds] of decided) if (holds && truth[atom] === -1) return undefined;
  return truth;
}

function least(body: Body, of: (literal: number) => number): number {
  let truth = 1;
  for (const literal of body) truth = Math.min(truth, of(literal));
  return truth;
}

/** The open atoms on which it depends whether the promise is kept; none if it is, or may be known not to be. */
export function openAtoms({ grounded, promise }: Cone, truth: Int8Array): AtomId[] {
  const of = (literal: number | boolean): number =>
    typeof literal === 'boolean' ? (literal ? 1 : -1) : (literal > 0 ? 1 : -1) * (truth[atomOf(literal)] as number);
  const unsettled = promise.filter(({ pre, post }) => of(pre) >= 0 && of(post) < 1);
  const seen = new Set<AtomId>();
  const waiting = unsettled.flatMap(({ pre, post }) =>
    [pre, post].flatMap((it) => (typeof it === 'boolean' ? [] : [atomOf(it)])),
  );
  for (let atom = waiting.pop(); atom !== undefined; atom = waiting.pop()) {
    if (seen.has(atom) || truth[atom] !== 0) continue;
    seen.add(atom);
    waiting.push(...mentioned(grounded.definitions[atom] as Definition));
  }
  return [...seen].sort((a, b) => a - b);
}
