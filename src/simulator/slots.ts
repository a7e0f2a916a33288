/**
 * Messages of a tick in their slots, numbered from 1, for faults that hit one message of a slot.
 *
 * A Dedalus program sends no message before another one within a tick, so their order is that of facts: by relation,
 * then by row. What several rules send is one message.
 */
import { compareRows } from '../core/value.js';
import type { Relation } from './relation.js';
import type { Schema } from './schema.js';

/** A tuple on its way. Nodes and relations are numbers. */
export interface Posted {
  readonly from: number;
  readonly to: number;
  readonly relation: number;
  readonly tuple: number;
}

/** What is posted at a tick, by slot, then by message: each inner list is one message, however often it is posted. */
export function slotsOf<T extends Posted>(schema: Schema, posted: readonly T[]): T[][][] {
  const slots = new Map<number, T[][]>();
  for (const one of [...posted].sort((a, b) => inOrder(schema, a, b))) {
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

/** Relations are numbered by their names. */
function inOrder({ relations, values }: Schema, a: Posted, b: Posted): number {
  if (a.relation !== b.relation) return a.relation - b.relation;
  if (a.tuple === b.tuple) return 0;
  const relation = relations[a.relation] as Relation;
  return compareRows(relation.row(a.tuple, values), relation.row(b.tuple, values));
}
