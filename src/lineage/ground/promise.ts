/**
 * The promise in the ground program: for every possible `pre` row at the end of time, its `pre` and `post` literals;
 * and every possible row of `never`, tick by tick.
 */
import type { Schema } from '../../simulator/schema.js';
import { type AtomId, type Ground, type GroundLiteral, type PromiseRow, positive } from './ground.js';

/** The rows of the promise, in order of derivation. @param atoms those of a relation at a tick */
export function promiseRows(
  schema: Schema,
  eot: number,
  atoms: (tick: number, relation: number) => ReadonlyMap<number, AtomId>,
  ground: Ground,
): PromiseRow[] {
  const [pre, post] = [schema.findRelation('pre'), schema.findRelation('post')];
  const literal = (atom: AtomId | undefined): GroundLiteral | boolean => {
    if (atom === undefined) return false;
    return ground.isCertain(atom) || positive(atom);
  };
  const kept = post ? atoms(eot, post.id) : new Map<number, AtomId>();
  const rows = [...(pre ? atoms(eot, pre.id) : [])].map(([tuple, atom]) => {
    const row = post && pre ? post.tuples.find(pre.tuples.get(tuple)) : -1;
    return { pre: literal(atom), post: literal(kept.get(row)), row };
  });
  const { never } = schema;
  if (!never) return rows;
  const ticks = Array.from({ length: eot }, (_, i) => i + 1);
  return [
    ...rows,
    ...ticks.flatMap((tick) =>
      [...atoms(tick, never.id).values()].map((atom) => ({ pre: literal(atom), post: false, row: -1, tick })),
    ),
  ];
}
