/**
 * Steady relations: those that no fault can change, because neither messages nor crashes have a part in them. Explanations and supports
 * need not look behind them.
 */
import type { Schema } from '../../simulator/schema.js';

/** Ids of the steady relations: the largest set whose rules send nothing and read only the set. */
export function steadyRelations(schema: Schema): ReadonlySet<number> {
  const steady = new Set(schema.relations.map(({ id }) => id));
  steady.delete(schema.crash.id);
  const touched = schema.rules.map(({ rule }) => ({
    head: schema.relation(rule.head.relation).id,
    sends: rule.time === 'async',
    reads: rule.body.flatMap((literal) =>
      literal.kind === 'subgoal' ? [schema.relation(literal.atom.relation).id] : [],
    ),
  }));
  for (let size = -1; size !== steady.size; ) {
    size = steady.size;
    for (const { head, sends, reads } of touched) if (sends || reads.some((id) => !steady.has(id))) steady.delete(head);
  }
  return steady;
}
