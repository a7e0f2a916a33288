/**
 * A statement of Bloom as a rule of Dedalus: its sources are subgoals, what is absent negated ones, and the head has
 * the node at which it runs before its row.
 */
import type { Atom, Literal, Rule, RuleTime, Span, Term } from '../../dedalus/ast.js';
import type { BloomAbsent, BloomStatement } from '../model.js';
import { atomColumns, type Collections, Variables } from './variables.js';

/** Where the rows of `delete` and `upsert` are noted, in the step in which they are said. */
export interface Notes {
  readonly deleted: (table: string) => string;
  readonly upserted: (table: string) => string;
}

const TIME: Readonly<Record<BloomStatement['merge'], RuleTime>> = {
  now: 'deductive',
  next: 'inductive',
  async: 'async',
  delete: 'deductive',
  upsert: 'deductive',
};

export function ruleOf(statement: BloomStatement, collections: Collections, notes: Notes, span: Span): Rule {
  const { into, merge, sources, absent, row } = statement;
  const variables = new Variables(statement, collections, span);
  const body: Literal[] = sources.map(({ collection, tick }, i) =>
    subgoal(
      atom(
        collection,
        atomColumns(collections, collection).map((column) => variables.inAtom(i, column)),
        span,
      ),
      false,
      tick,
    ),
  );
  for (const { op, left, right } of variables.comparisons)
    body.push({ kind: 'comparison', op, left: variables.term(left), right: variables.term(right), span });
  for (const one of absent) body.push(...absence(one, variables, collections, span));
  const cells = row.map((cell): Term => {
    if (cell.kind !== 'aggregate') return variables.term(cell);
    const of = cell.of && variables.term(cell.of);
    return { kind: 'aggregate', fn: cell.fn, variable: of?.kind === 'variable' ? of.name : undefined, span };
  });
  const kind = collections.get(into)?.kind;
  const args = kind === 'channel' || kind === 'view' ? cells : [variables.term({ kind: 'here' }), ...cells];
  const relation = merge === 'delete' ? notes.deleted(into) : merge === 'upsert' ? notes.upserted(into) : into;
  return { kind: 'rule', head: atom(relation, args, span), time: TIME[merge], body, span };
}

export const atom = (relation: string, args: readonly Term[], span: Span): Atom => ({
  relation,
  relationSpan: span,
  args,
  span,
});

export const subgoal = (of: Atom, negated = false, tick?: number): Literal => ({
  kind: 'subgoal',
  negated,
  atom: of,
  tick,
  span: of.span,
});

/** A negated subgoal. What it asks for is computed before, where it must be. */
function absence(
  { source, columns }: BloomAbsent,
  variables: Variables,
  collections: Collections,
  span: Span,
): Literal[] {
  const before: Literal[] = [];
  const args = atomColumns(collections, source.collection).map((column, i): Term => {
    if (i === 0 && !source.everywhere) return variables.term({ kind: 'here' });
    const asked = columns[column];
    if (asked === undefined) return { kind: 'wildcard', span };
    const term = variables.term(asked);
    if (term.kind !== 'arithmetic') return term;
    const name = variables.fresh(column);
    before.push({ kind: 'comparison', op: '==', left: { kind: 'variable', name, span }, right: term, span });
    return { kind: 'variable', name, span };
  });
  return [...before, subgoal(atom(source.collection, args, span), true, source.tick)];
}
