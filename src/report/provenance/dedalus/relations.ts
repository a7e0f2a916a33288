/**
 * Kinds of relations: helpers of the promise, which only say what `pre` and `post` mean (what a node keeps or sends is
 * its own, whoever reads it); and those that no fault can change, because neither messages nor crashes nor nodes that
 * are down have a part in them: nothing need look behind these.
 */
import { getOrMake, groupBy } from '../../../core/memo.js';
import type { Rule } from '../../../dedalus/ast.js';
import { printTerm } from '../../../dedalus/print.js';
import type { Schema } from '../../../simulator/schema.js';

/** Names of `pre`, `post`, `never` and of the relations derived within a tick that nothing else reads. */
export function helpersOf(schema: Schema): ReadonlySet<string> {
  const { rules, never } = schema;
  const helpers = new Set(['pre', 'post', ...(never ? [never.name] : [])]);
  const own = new Set(rules.flatMap(({ rule }) => (rule.time === 'deductive' ? [] : [rule.head.relation])));
  const readers = readersOf(schema);
  const derived = new Set(rules.map(({ rule }) => rule.head.relation));
  for (let size = -1; size !== helpers.size; ) {
    size = helpers.size;
    for (const relation of derived) {
      const by = readers(relation);
      if (!own.has(relation) && by.length > 0 && by.every((reader) => helpers.has(reader))) helpers.add(relation);
    }
  }
  return helpers;
}

/**
 * Names of the relations that are there for the helpers: what only remembers for them that something has happened, and
 * what is seen by nobody but an observer of several nodes.
 */
export function recordsOf(schema: Schema, helpers: ReadonlySet<string>): ReadonlySet<string> {
  const readers = readersOf(schema);
  const rules = groupBy(schema.rules, ({ rule }) => rule.head.relation);
  const records = new Set<string>();
  for (let size = -1; size !== records.size; ) {
    size = records.size;
    for (const [relation, own] of rules) {
      const by = readers(relation);
      const isKept = own.some(({ rule }) => rule.time === 'inductive');
      const isLocal = own.some(({ rule }) => rule.time === 'async' || !(isKept || isObserved(rule)));
      if (
        !helpers.has(relation) &&
        !isLocal &&
        by.length > 0 &&
        by.every((one) => helpers.has(one) || records.has(one))
      )
        records.add(relation);
    }
  }
  return records;
}

/** Whether a rule reads facts of several nodes, which no node could. */
function isObserved({ body }: Rule): boolean {
  const places = body.flatMap((literal) => {
    const place = literal.kind === 'subgoal' && !literal.negated ? literal.atom.args[0] : undefined;
    return place ? [printTerm(place)] : [];
  });
  return new Set(places).size > 1;
}

/** Names of the relations whose rules read a relation, itself aside. */
function readersOf({ rules }: Schema): (relation: string) => readonly string[] {
  const readers = new Map<string, Set<string>>();
  for (const { rule } of rules)
    for (const literal of rule.body) {
      if (literal.kind !== 'subgoal') continue;
      const { relation } = literal.atom;
      if (relation !== rule.head.relation)
        getOrMake(readers, relation, () => new Set<string>()).add(rule.head.relation);
    }
  return (relation) => [...(readers.get(relation) ?? [])];
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
