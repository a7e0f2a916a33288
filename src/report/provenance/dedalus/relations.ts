/**
 * Kinds of relations: helpers of the promise, which only say what `pre` and `post` mean (what a node keeps or sends is
 * its own, whoever reads it); and those that no fault can change, because neither messages nor crashes nor nodes that
 * are down have a part in them: nothing need look behind these.
 */
import type { Schema } from '../../../simulator/schema.js';

/** Names of `pre`, `post`, `never` and of the relations derived within a tick that nothing else reads. */
export function helpersOf({ rules, never }: Schema): ReadonlySet<string> {
  const helpers = new Set(['pre', 'post', ...(never ? [never.name] : [])]);
  const own = new Set(rules.flatMap(({ rule }) => (rule.time === 'deductive' ? [] : [rule.head.relation])));
  const readers = new Map<string, Set<string>>();
  for (const { rule } of rules)
    for (const literal of rule.body) {
      if (literal.kind !== 'subgoal') continue;
      const { relation } = literal.atom;
      readers.set(relation, (readers.get(relation) ?? new Set()).add(rule.head.relation));
    }
  const derived = new Set(rules.map(({ rule }) => rule.head.relation));
  for (let size = -1; size !== helpers.size; ) {
    size = helpers.size;
    for (const relation of derived) {
      const by = [...(readers.get(relation) ?? [])].filter((reader) => reader !== relation);
      if (!own.has(relation) && by.length > 0 && by.every((reader) => helpers.has(reader))) helpers.add(relation);
    }
  }
  return helpers;
}

/**
 * Ids of the relations that no fault can change: the largest set whose rules send nothing, run also at nodes that are
 * down, and read only the set.
 */
export function unaffectedRelations(schema: Schema, stops: boolean): ReadonlySet<number> {
  const unaffected = new Set(schema.relations.map(({ id }) => id));
  unaffected.delete(schema.crash.id);
  const touched = schema.rules.map(({ rule }) => ({
    head: schema.relation(rule.head.relation).id,
    sends: rule.time === 'async' || (stops && schema.stopped.rules.has(rule)),
    reads: rule.body.flatMap((literal) =>
      literal.kind === 'subgoal' ? [schema.relation(literal.atom.relation).id] : [],
    ),
  }));
  for (let size = -1; size !== unaffected.size; ) {
    size = unaffected.size;
    for (const { head, sends, reads } of touched)
      if (sends || reads.some((id) => !unaffected.has(id))) unaffected.delete(head);
  }
  return unaffected;
}
