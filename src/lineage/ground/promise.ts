/**
 * The promise in the ground program: for every possible `pre` row at the end of time, its `pre` and `post` literals.
 */
import type { Schema } from '../../simulator/schema.js';
import { type AtomId, type Ground, type GroundLiteral, type PromiseRow, positive } from './ground.js';

/** The rows of the promise, in order of derivation. */
export function promiseRows(
  schema: Schema,
  atoms: (relation: number) => ReadonlyMap<number, AtomId>,
  ground: Ground,
): PromiseRow[] {
  const [pre, post] = [schema.findRelation('pre'), schema.findRelation('post')];
  if (!pre) return [];
  const literal = (atom: AtomId | undefined): GroundLiteral | boolean => {
    if (atom === undefined) return false;
    return ground.isCertain(atom) || positive(atom);
  };
  const kept = post ? atoms(post.id) : new Map<number, AtomId>();
  return [...atoms(pre.id)].map(([tuple, atom]) => {
    const row = post ? post.tuples.find(pre.tuples.get(tuple)) : -1;
    return { pre: literal(atom), post: literal(kept.get(row)), row: post ? row : -1 };
  });
}
