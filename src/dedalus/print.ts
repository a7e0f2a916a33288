/**
 * Syntax tree -> text. Invariant: parsing the text gives the same tree again, up to spans and the layout of the
 * original.
 */
import { formatValue } from '../core/value.js';
import type { ArithmeticOp, Atom, Clause, Literal, Rule, RuleTime, Term } from './ast.js';

const PRECEDENCE: Record<ArithmeticOp, number> = { '+': 1, '-': 1, '*': 2, '/': 2 };
const SUFFIX: Record<RuleTime, string> = { deductive: '', inductive: '@next', async: '@async' };

/** A term as it is written in a spec, with no more parentheses than needed. */
export function printTerm(term: Term): string {
  switch (term.kind) {
    case 'variable':
      return term.name;
    case 'constant':
      return formatValue(term.value);
    case 'wildcard':
      return '_';
    case 'aggregate':
      return `${term.fn}<${term.variable ?? '_'}>`;
    case 'arithmetic': {
      const level = PRECEDENCE[term.op];
      return `${operand(term.left, level)} ${term.op} ${operand(term.right, level + 1)}`;
    }
  }
}

/** An operand, in parentheses if it binds less tightly than `level`. */
function operand(term: Term, level: number): string {
  const text = printTerm(term);
  return term.kind === 'arithmetic' && PRECEDENCE[term.op] < level ? `(${text})` : text;
}

/** `relation(args)`. */
function printAtom(atom: Atom): string {
  return `${atom.relation}(${atom.args.map(printTerm).join(', ')})`;
}

/** A subgoal or comparison. */
export function printLiteral(literal: Literal): string {
  if (literal.kind === 'comparison') return `${printTerm(literal.left)} ${literal.op} ${printTerm(literal.right)}`;
  const tick = literal.tick === undefined ? '' : `@${literal.tick}`;
  return `${literal.negated ? 'notin ' : ''}${printAtom(literal.atom)}${tick}`;
}

/** A rule's head with its time suffix. */
function printHead(rule: Rule): string {
  return `${printAtom(rule.head)}${SUFFIX[rule.time]}`;
}

/** A clause on one line, with its `;`. */
export function printClause(clause: Clause): string {
  switch (clause.kind) {
    case 'include':
      return `include "${clause.path}";`;
    case 'fact':
      return `${printAtom(clause.atom)}@${clause.tick};`;
    case 'rule':
      return `${printHead(clause)} :- ${clause.body.map(printLiteral).join(', ')};`;
  }
}

/** Clauses, one per line. */
export function printClauses(clauses: readonly Clause[]): string {
  return clauses.map((clause) => `${printClause(clause)}\n`).join('');
}
