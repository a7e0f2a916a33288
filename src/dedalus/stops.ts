/**
 * What a node does not do that is down for good or for a while: which rules it does not run, and what it keeps. And
 * what a slow one does not count.
 *
 * Rules of assertions alone go on, since nobody runs them: those whose heads reach no message and no `@next` rule. What
 * is durable stays as it is: what the program declares (`//! durable log`), else relations that are given as facts and
 * whose only rule keeps them.
 */
import type { Rule } from './ast.js';
import type { Program } from './program.js';
import { hasAggregate, type Subgoal, subgoalsOf } from './terms.js';

/** Whether a rule says no more than that its relation keeps what it has: `log(N, P)@next :- log(N, P)`. */
export function keeps({ head, body, time }: Rule): boolean {
  const [only, ...others] = body;
  if (time !== 'inductive' || others.length > 0 || only?.kind !== 'subgoal') return false;
  if (only.negated || only.tick !== undefined || only.atom.relation !== head.relation) return false;
  const names = head.args.map((term) => (term.kind === 'variable' ? term.name : undefined));
  return (
    !names.includes(undefined) &&
    new Set(names).size === names.length &&
    only.atom.args.every((term, i) => term.kind === 'variable' && term.name === names[i])
  );
}

/** The relations that a node still has when it comes back, in code-unit order. */
export function durableRelations({ rules, facts, relations, durable }: Program): string[] {
  if (durable) return [...durable].sort();
  const ofHead = (name: string): Rule[] => rules.filter(({ head }) => head.relation === name);
  return [...new Set(facts.map(({ relation }) => relation))]
    .filter((name) => relations.has(name) && ofHead(name).length === 1 && ofHead(name).every(keeps))
    .sort();
}

/** The rules that a node that is down does not run. */
export function stoppedRules(program: Program): ReadonlySet<Rule> {
  const { rules } = program;
  const feeds = new Set<string>();
  const reading = rules.filter(({ time }) => time !== 'deductive');
  for (let next = reading.pop(); next; next = reading.pop())
    for (const literal of next.body) {
      if (literal.kind !== 'subgoal' || feeds.has(literal.atom.relation)) continue;
      feeds.add(literal.atom.relation);
      reading.push(...rules.filter(({ head }) => head.relation === literal.atom.relation));
    }
  const durable = new Set(durableRelations(program));
  return new Set(
    rules.filter((rule) =>
      rule.time === 'deductive' ? feeds.has(rule.head.relation) : !(durable.has(rule.head.relation) && keeps(rule)),
    ),
  );
}

/** The durable relations that no rule keeps by itself. */
export const carriedRelations = (program: Program): string[] =>
  durableRelations(program).filter((name) => !program.rules.some((rule) => rule.head.relation === name && keeps(rule)));

/**
 * The subgoal with which a rule counts a timer on, if it does: `lease(N, T - 1)@next :- lease(N, T)`. On a node whose
 * clock stands still the head is what that matched, so that nothing is counted.
 */
export function countedIn({ timers }: Program, rule: Rule): Subgoal | undefined {
  const { head, time } = rule;
  if (time !== 'inductive' || !timers?.includes(head.relation) || hasAggregate(head)) return undefined;
  return subgoalsOf(rule).find(
    ({ atom, ...it }) => !it.negated && it.tick === undefined && atom.relation === head.relation,
  );
}
