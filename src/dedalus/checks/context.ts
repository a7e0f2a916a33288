/**
 * What a static check sees, and the protocol/assertion divide that several checks need (reference §3, Location).
 */
import type { Atom, Fact, Rule } from '../ast.js';
import type { Report } from '../collector.js';
import { subgoalsOf } from '../terms.js';

/** The clauses of a whole program, in source order. */
export interface CheckInput {
  readonly facts: readonly Fact[];
  readonly rules: readonly Rule[];
  /** Whether every clause and every included file could be read: if not, 'never derived' means nothing. */
  readonly complete: boolean;
}

/** A check: reports what is wrong with the clauses, each mistake once. */
export type Check = (input: CheckInput, report: Report) => void;

/** All atoms in source order of their clauses: facts and rules apart. */
export function atomsOf(input: CheckInput): Atom[] {
  const atoms = input.facts.map((fact) => fact.atom);
  for (const rule of input.rules) {
    atoms.push(rule.head);
    for (const subgoal of subgoalsOf(rule)) atoms.push(subgoal.atom);
  }
  return atoms.sort((a, b) => a.span.file - b.span.file || a.span.start - b.span.start);
}

/**
 * The relations of the protocol: those that arrive in messages, and all from which those or the messages themselves are
 * derived, in whatever time. What remains only leads to `pre`, `post` and the like: it belongs to the assertions, also
 * when it keeps a history with `@next` rules of its own. A rule belongs to the protocol if its head does.
 */
export function protocolRelations(rules: readonly Rule[]): Set<string> {
  const readBy = new Map<string, string[]>();
  const protocol = new Set<string>();
  const work: string[] = [];
  const add = (relation: string): void => {
    if (protocol.has(relation)) return;
    protocol.add(relation);
    work.push(relation);
  };
  for (const rule of rules) {
    const sources = readBy.get(rule.head.relation) ?? [];
    for (const subgoal of subgoalsOf(rule)) sources.push(subgoal.atom.relation);
    readBy.set(rule.head.relation, sources);
    if (rule.time === 'async') add(rule.head.relation);
  }
  for (let relation = work.pop(); relation !== undefined; relation = work.pop()) {
    for (const source of readBy.get(relation) ?? []) add(source);
  }
  return protocol;
}
