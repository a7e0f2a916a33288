/**
 * What a collection is in Dedalus apart from its statements: a table keeps its rows, a periodic comes again.
 *
 * A row that is inserted and deleted in the same step stays, because what is inserted is derived by a rule of its own.
 */
import type { Fact, Rule, RuleTime, Span, Term } from '../../dedalus/ast.js';
import type { BloomCollection } from '../model.js';
import { atom, type Notes, subgoal } from './statement.js';
import { freshName } from './variables.js';

const variable = (name: string, span: Span): Term => ({ kind: 'variable', name, span });
const number = (value: number, span: Span): Term => ({ kind: 'constant', value, span });

/** @param merges those of the statements into the table */
export function tableRules(
  { name, columns, keys }: BloomCollection,
  merges: ReadonlySet<string>,
  notes: Notes,
  span: Span,
): Rule[] {
  const taken = new Set<string>();
  const row = ['here', ...columns].map((column) => variable(freshName(column, taken), span));
  const key = row.map((term, i): Term => (i <= keys ? term : { kind: 'wildcard', span }));
  const deleted = merges.has('delete') ? [subgoal(atom(notes.deleted(name), row, span), true)] : [];
  const replaced = merges.has('upsert') ? [subgoal(atom(notes.upserted(name), key, span), true)] : [];
  const again = (relation: string, body: Rule['body'] = []): Rule => ({
    kind: 'rule',
    head: atom(name, row, span),
    time: 'inductive',
    body: [subgoal(atom(relation, row, span)), ...body],
    span,
  });
  return [again(name, [...deleted, ...replaced]), ...(merges.has('upsert') ? [again(notes.upserted(name))] : [])];
}

/** The rows of a periodic: one at tick 1, and one whenever so many ticks have been waited for. */
export function periodicClauses(
  { name, period = 1 }: BloomCollection,
  nodes: readonly string[],
  waiting: string,
  span: Span,
): { readonly facts: Fact[]; readonly rules: Rule[] } {
  const facts = nodes.map(
    (node): Fact => ({
      kind: 'fact',
      atom: atom(name, [{ kind: 'constant', value: node, span }], span),
      tick: 1,
      span,
    }),
  );
  const here = variable('Here', span);
  const waited = variable('Waited', span);
  const rule = (head: Rule['head'], body: Rule['body'], time: RuleTime = 'inductive'): Rule => ({
    kind: 'rule',
    head,
    time,
    body,
    span,
  });
  const beat = atom(name, [here], span);
  if (period === 1) return { facts, rules: [rule(beat, [subgoal(beat)])] };
  const one = number(1, span);
  const more: Term = { kind: 'arithmetic', op: '+', left: waited, right: one, span };
  const last = number(period - 1, span);
  return {
    facts,
    rules: [
      rule(atom(waiting, [here, one], span), [subgoal(beat)]),
      rule(atom(waiting, [here, more], span), [
        subgoal(atom(waiting, [here, waited], span)),
        { kind: 'comparison', op: '<', left: waited, right: last, span },
      ]),
      rule(beat, [subgoal(atom(waiting, [here, last], span))]),
    ],
  };
}
