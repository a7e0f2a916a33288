/**
 * Messages of a tick in their slots, numbered from 1, for faults that hit one message of a slot.
 *
 * A Dedalus program sends no message before another one within a tick, so their order is that of facts: by relation,
 * then by row. What several rules send is one message.
 */
import { compareValues } from '../core/value.js';
import type { Relation } from './relation.js';
import type { Schema } from './schema.js';

/** A tuple on its way. Nodes and relations are numbers. */
export interface Posted {
  readonly from: number;
  readonly to: number;
  readonly relation: number;
  readonly tuple: number;
}

/** Relation and tuple. */
export type RawFact = readonly [number, number];

/** What is posted at a tick, by slot, then by message: each inner list is one message, however often it is posted. */
export function slotsOf<T extends Posted>(schema: Schema, posted: readonly T[]): T[][][] {
  const slots = new Map<number, T[][]>();
  const inOrder = [...posted].sort((a, b) => compareFacts(schema, [a.relation, a.tuple], [b.relation, b.tuple]));
  for (const one of inOrder) {
    const key = one.from * schema.nodes.length + one.to;
    const slot = slots.get(key) ?? [];
    slots.set(key, slot);
    const last = slot.at(-1);
    const [before] = last ?? [];
    if (last && before?.relation === one.relation && before.tuple === one.tuple) last.push(one);
    else slot.push([one]);
  }
  return [...slots.values()];
}

/** The order of facts: by relation, which are numbered by their names, then by row. */
export function compareFacts({ relations, values }: Schema, a: RawFact, b: RawFact): number {
  if (a[0] !== b[0] || a[1] === b[1]) return a[0] - b[0];
  const { tuples, arity } = relations[a[0]] as Relation;
  for (let i = 0; i < arity; i++) {
    const [left, right] = [tuples.at(a[1], i), tuples.at(b[1], i)];
    if (left !== right) return compareValues(values.get(left), values.get(right));
  }
  return 0;
}
