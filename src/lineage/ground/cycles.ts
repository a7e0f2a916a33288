/**
 * Cycles within a tick: which atoms are certain (a least fixpoint), and which atoms depend on each other (components).
 *
 * Only components need the care that the lineage takes with self-support and unfounded sets (Van Gelder, Ross, Schlipf,
 * 1991).
 */
import { stronglyConnected } from '../../core/scc.js';
import { type AtomId, atomOf, type Ground, positive } from './ground.js';

/**
 * Marks the atoms among `touched` that are certain: those with a body of certain literals only. Returns the newly
 * certain ones, in order. Negated literals are undecided here: had a matching tuple been certain, the instance would
 * not exist.
 */
export function settleCertain(ground: Ground, touched: readonly AtomId[]): AtomId[] {
  const settled: AtomId[] = [];
  const users = new Map<AtomId, AtomId[]>();
  const holds = (atom: AtomId): boolean =>
    ground.bodies(atom).some((body) => body.every((literal) => literal > 0 && ground.isCertain(atomOf(literal))));
  const atoms = [...new Set(touched)];
  for (const atom of atoms)
    for (const body of ground.bodies(atom))
      for (const literal of body) {
        if (literal < 0) continue;
        const list = users.get(atomOf(literal));
        if (list) list.push(atom);
        else users.set(atomOf(literal), [atom]);
      }
  const queue = atoms;
  for (let next = 0; next < queue.length; next++) {
    const atom = queue[next] as AtomId;
    if (ground.isCertain(atom) || !holds(atom)) continue;
    ground.markCertain(atom);
    settled.push(atom);
    for (const user of users.get(atom) ?? []) queue.push(user);
  }
  return settled;
}

/** Drops bodies that contain their own head, and records the components of mutually dependent atoms among `atoms`. */
export function markComponents(ground: Ground, atoms: readonly AtomId[]): void {
  const number = new Map(atoms.map((atom, i) => [atom, i]));
  const edges = atoms.map((atom) => {
    if (ground.isCertain(atom)) return [];
    ground.setBodies(
      atom,
      ground.bodies(atom).filter((body) => !body.includes(positive(atom))),
    );
    const targets = ground
      .bodies(atom)
      .flatMap((body) => body.map((literal) => (literal > 0 ? number.get(atomOf(literal)) : undefined)));
    return [...new Set(targets.filter((target) => target !== undefined))];
  });
  for (const members of stronglyConnected(atoms.length, (i) => edges[i] ?? [])) {
    if (members.length < 2) continue;
    const component = ground.components.length;
    ground.components.push(members.map((i) => atoms[i] as AtomId));
    for (const i of members) ground.componentOf.set(atoms[i] as AtomId, component);
  }
}
