/**
 * The cone of the promise in the ground program, in order of dependency.
 *
 * A unit is one atom, or all atoms of one same-tick cycle. Invariant: a unit's definitions mention only atoms of the
 * unit itself and of earlier units; so every later pass over the ground program is one loop.
 */
import { strides } from '../../core/work.js';
import { type AtomId, atomOf, type Definition, type Ground, type PromiseRow, STRIDE } from './ground.js';

export interface Unit {
  readonly atoms: readonly AtomId[];
  /** Whether the atoms depend on each other. */
  readonly cyclic: boolean;
}

/** Atoms that a definition mentions. */
export function mentioned(definition: Definition): AtomId[] {
  if (definition.kind === 'bodies') return definition.bodies.flatMap((body) => body.map(atomOf));
  if (definition.kind === 'at-least') return [...definition.inputs];
  if (definition.kind === 'total') return definition.inputs.map(({ atom }) => atom);
  return [];
}

/** The units that the promise depends on, dependencies first; yields now and then. */
export function* cone(ground: Ground, promise: readonly PromiseRow[]): Generator<void, Unit[]> {
  const due = strides(STRIDE);
  const units: Unit[] = [];
  const done = new Uint8Array(ground.size);
  const unitOf = (atom: AtomId): readonly AtomId[] => {
    const component = ground.componentOf.get(atom);
    return component === undefined ? [atom] : (ground.components[component] as AtomId[]);
  };
  interface Frame {
    readonly atoms: readonly AtomId[];
    readonly needs: readonly AtomId[];
    next: number;
  }
  const frames: Frame[] = [];
  const open = (atom: AtomId): void => {
    if (done[atom]) return;
    const atoms = unitOf(atom);
    for (const member of atoms) done[member] = 1;
    const needs = atoms.flatMap((member) => mentioned(ground.definitions[member] as Definition));
    frames.push({ atoms, needs, next: 0 });
  };
  for (const { pre, post } of promise)
    for (const literal of [pre, post]) {
      if (typeof literal === 'boolean') continue;
      open(atomOf(literal));
      for (let frame = frames.at(-1); frame; frame = frames.at(-1)) {
        if (frame.next < frame.needs.length) {
          open(frame.needs[frame.next++] as AtomId);
          continue;
        }
        frames.pop();
        if (due(frame.needs.length + 1)) yield;
        units.push({ atoms: frame.atoms, cyclic: frame.atoms.length > 1 });
      }
    }
  return units;
}
