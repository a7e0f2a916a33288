/**
 * Helpers of the promise: relations that only say what `pre` and `post` mean. What a node keeps or sends is its own, whoever reads it.
 */
import type { Schema } from '../../simulator/schema.js';

/** Names of `pre`, `post` and of the relations derived within a tick that nothing else reads. */
export function helpersOf({ rules }: Schema): ReadonlySet<string> {
  const helpers = new Set(['pre', 'post']);
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
