/**
 * Thresholds: `votes(N, V, C), C >= 2` asks of a count no more than that it has come so far. While what is counted only
 * grows, a threshold that is passed stays passed, so it may be asked at any time.
 *
 * After Conway et al., "Logic and Lattices for Distributed Programming" (SoCC 2012), where it is a monotone function
 * from one lattice to another.
 */
import type { ComparisonOp, Literal, Rule, Term } from '../dedalus/ast.js';
import { type Subgoal, variablesOf } from '../dedalus/terms.js';

/** Which way an aggregate goes while what it is made of grows; 0 for neither. */
const DIRECTION = { count: 1, max: 1, min: -1, sum: 0, avg: 0 } as const;

/** Which way a value must go for a comparison, with it on the left, to stay true. */
const STAYS: Readonly<Record<ComparisonOp, number>> = { '>': 1, '>=': 1, '<': -1, '<=': -1, '==': 0, '!=': 0 };

/**
 * Whether a positive subgoal asks no more of the aggregates it reads than whether they have passed a bound.
 * @param makers the rules that make its relation
 */
export const isThreshold = ({ atom }: Subgoal, reader: Rule, makers: readonly Rule[]): boolean =>
  atom.args.every((argument, column) => {
    const ways = makers.flatMap(({ head }) => {
      const made = head.args[column];
      return made?.kind === 'aggregate' ? [DIRECTION[made.fn]] : [];
    });
    const [way] = ways;
    if (way === undefined || argument.kind === 'wildcard') return true;
    return argument.kind === 'variable' && ways.every((one) => one === way) && isOnlyCompared(argument, way, reader);
  });

/** Whether a variable, beside the argument that binds it, stands in comparisons alone that stay true as it goes its way. */
function isOnlyCompared(argument: Term & { kind: 'variable' }, way: number, { head, body }: Rule): boolean {
  const { name } = argument;
  const isNamed = (...terms: readonly Term[]): boolean => variablesOf(...terms).some((one) => one.name === name);
  if (isNamed(...head.args)) return false;
  return body.every((literal) => {
    if (literal.kind === 'comparison') return !isNamed(literal.left, literal.right) || staysTrue(literal, name, way);
    return !isNamed(...literal.atom.args.filter((one) => one !== argument));
  });
}

/** Whether a comparison of the variable alone, on one side, with something without it stays true. */
function staysTrue({ op, left, right }: Literal & { kind: 'comparison' }, name: string, way: number): boolean {
  const isAlone = (term: Term): boolean => term.kind === 'variable' && term.name === name;
  const isFree = (term: Term): boolean => variablesOf(term).every((one) => one.name !== name);
  const stays = way !== 0 && STAYS[op] !== 0;
  if (isAlone(left) && isFree(right)) return stays && STAYS[op] === way;
  return isAlone(right) && isFree(left) && stays && STAYS[op] === -way;
}
