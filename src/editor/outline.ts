/**
 * The outline of a file: its includes, its checks, and its relations with the clauses that derive them.
 */
import { visible } from '../core/text.js';
import type { Fact, Rule, Span } from '../dedalus/ast.js';
import type { LoadResult } from '../dedalus/load.js';
import { printClause } from '../dedalus/print.js';

export interface Entry {
  readonly kind: 'include' | 'check' | 'relation' | 'rule' | 'fact';
  readonly name: string;
  readonly detail: string;
  /** All of it, and the part that names it. */
  readonly span: Span;
  readonly nameSpan: Span;
  readonly children: readonly Entry[];
}

/** Clauses shown of one relation. */
const MOST_CLAUSES = 200;
const MOST_TEXT = 100;

/** @param file its number in the program */
export function outline({ tree }: LoadResult, file: number): Entry[] {
  const entries: Entry[] = [];
  for (const { clause } of tree.includes)
    if (clause.span.file === file) entries.push(leaf('include', `include ${visible(clause.path)}`, clause.span));
  for (const [i, { name, span }] of tree.checks.entries())
    if (span.file === file) entries.push(leaf('check', visible(name ?? `check ${i + 1}`), span));
  const relations = new Map<string, (Fact | Rule)[]>();
  const clauses = [...tree.facts, ...tree.rules].filter(({ span }) => span.file === file);
  for (const clause of clauses.sort((a, b) => a.span.start - b.span.start)) {
    const { relation } = headOf(clause);
    const own = relations.get(relation);
    if (own) own.push(clause);
    else relations.set(relation, [clause]);
  }
  for (const [name, own] of relations) entries.push(relationEntry(name, own));
  return entries.sort((a, b) => a.span.start - b.span.start);
}

const headOf = (clause: Fact | Rule): Fact['atom'] => (clause.kind === 'fact' ? clause.atom : clause.head);

const leaf = (kind: Entry['kind'], name: string, span: Span, nameSpan = span): Entry => ({
  kind,
  name,
  detail: '',
  span,
  nameSpan,
  children: [],
});

/** A relation spans from its first to its last clause, as far as nothing else of the outline is torn apart by that. */
function relationEntry(name: string, clauses: readonly (Fact | Rule)[]): Entry {
  const [first] = clauses as [Fact | Rule, ...(Fact | Rule)[]];
  const last = clauses.at(-1) ?? first;
  const rules = clauses.filter(({ kind }) => kind === 'rule').length;
  const facts = clauses.length - rules;
  const parts = [...(rules > 0 ? [`${rules} rules`] : []), ...(facts > 0 ? [`${facts} facts`] : [])];
  return {
    kind: 'relation',
    name: `${name}/${headOf(first).args.length}`,
    detail: parts.join(', ').replaceAll(/\b1 (\w+)s/g, '1 $1'),
    span: { ...first.span, end: last.span.end },
    nameSpan: headOf(first).relationSpan,
    children: clauses.slice(0, MOST_CLAUSES).map((clause) => {
      const text = visible(printClause(clause));
      const short = text.length > MOST_TEXT ? `${text.slice(0, MOST_TEXT)}…` : text;
      return leaf(clause.kind, short, clause.span, headOf(clause).relationSpan);
    }),
  };
}
