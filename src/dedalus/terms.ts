/**
 * Small questions about terms, asked by every check. Recursion is safe: the parser bounds the depth of a term.
 */
import type { Atom, Literal, Rule, Span, Term } from './ast.js';

/** A variable's occurrence. */
export interface Occurrence {
  readonly name: string;
  readonly span: Span;
  /** Where the name itself is, if that is not all of the span: `X` in `count<X>`. */
  readonly place?: Span | undefined;
}

/** A subgoal of a body. */
export type Subgoal = Extract<Literal, { kind: 'subgoal' }>;

/** A comparison of a body. */
type Comparison = Extract<Literal, { kind: 'comparison' }>;

/** Calls `visit` on the term and all terms inside it, left to right, parents first. */
export function visitTerm(term: Term, visit: (term: Term) => void): void {
  visit(term);
  if (term.kind !== 'arithmetic') return;
  visitTerm(term.left, visit);
  visitTerm(term.right, visit);
}

/** The occurrences of variables in the terms, left to right; the variable of an aggregate is one. */
export function variablesOf(...terms: readonly Term[]): Occurrence[] {
  const found: Occurrence[] = [];
  for (const term of terms) {
    visitTerm(term, (inner) => {
      if (inner.kind === 'variable') found.push({ name: inner.name, span: inner.span });
      else if (inner.kind === 'aggregate' && inner.variable !== undefined) {
        found.push({ name: inner.variable, span: inner.span, place: inner.variableSpan });
      }
    });
  }
  return found;
}

/** The occurrences of variables in a body element. */
export function literalVariables(literal: Literal): Occurrence[] {
  return literal.kind === 'subgoal' ? variablesOf(...literal.atom.args) : variablesOf(literal.left, literal.right);
}

/** The subgoals of a rule, in order. */
export function subgoalsOf(rule: Rule): Subgoal[] {
  return rule.body.filter((literal) => literal.kind === 'subgoal');
}

/** Whether some head argument is an aggregate. */
export function hasAggregate(head: Atom): boolean {
  return head.args.some((arg) => arg.kind === 'aggregate');
}

/**
 * The variables of a rule that its positive subgoals and equalities bind (`X == expr` binds X once all of `expr` is
 * bound, whatever the order).
 */
export function boundVariables(rule: Rule): Set<string> {
  const bound = new Set<string>();
  for (const literal of rule.body) {
    if (literal.kind === 'subgoal' && !literal.negated) {
      for (const arg of literal.atom.args) if (arg.kind === 'variable') bound.add(arg.name);
    }
  }
  let waiting = rule.body.filter(
    (literal): literal is Comparison => literal.kind === 'comparison' && literal.op === '==',
  );
  for (;;) {
    const still = waiting.filter(({ left, right }) => !bind(left, right, bound) && !bind(right, left, bound));
    if (still.length === waiting.length) return bound;
    waiting = still;
  }
}

/** Binds `target` if it is an unbound variable and everything in `source` is bound; whether it did. */
function bind(target: Term, source: Term, bound: Set<string>): boolean {
  if (target.kind !== 'variable' || bound.has(target.name)) return false;
  let ready = true;
  visitTerm(source, (term) => {
    if (term.kind === 'variable' ? !bound.has(term.name) : term.kind === 'wildcard' || term.kind === 'aggregate') {
      ready = false;
    }
  });
  if (ready) bound.add(target.name);
  return ready;
}
