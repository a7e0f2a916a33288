/**
 * Does a run contain facts of one tick that support each other in a circle? Those are the situations in which
 * lineage must not let a fact be its own reason.
 */
import type { Row } from '../../src/core/value.js';
import type { Literal, Rule, Term } from '../../src/dedalus/ast.js';
import type { Program } from '../../src/dedalus/program.js';
import type { NaiveRun } from './naive.js';
import { instancesOf } from './naive-rule.js';
import { evaluate } from './values.js';

/** True if at some tick of the run some fact takes part in a derivation of itself. */
export function hasFactCycle(program: Program, run: NaiveRun): boolean {
  const rules = program.rules.filter((it) => it.time === 'deductive').map(withNamedWildcards);
  return run.ticks.some((facts, tick) => {
    const lookup = (relation: string, fixed: number | undefined): readonly Row[] =>
      fixed !== undefined && fixed > tick ? [] : ((run.ticks[fixed ?? tick] ?? facts).get(relation) ?? []);
    const edges = new Map<string, Set<string>>();
    for (const rule of rules) {
      if (rule.head.args.some((arg) => arg.kind === 'aggregate')) continue;
      for (const { env } of instancesOf(rule, lookup)) {
        const ground = (relation: string, args: readonly Term[]): string =>
          JSON.stringify([relation, ...args.map((arg) => evaluate(arg, env))]);
        const head = ground(rule.head.relation, rule.head.args);
        const targets = edges.get(head) ?? new Set();
        edges.set(head, targets);
        for (const it of rule.body) {
          if (it.kind === 'subgoal' && !it.negated) targets.add(ground(it.atom.relation, it.atom.args));
        }
      }
    }
    return isCyclic(edges);
  });
}

/** Removes what depends on nothing until nothing changes; what is left is on or above a cycle. */
function isCyclic(edges: Map<string, Set<string>>): boolean {
  for (let changed = true; changed; ) {
    changed = false;
    for (const [fact, targets] of edges) {
      if ([...targets].some((target) => edges.has(target))) continue;
      edges.delete(fact);
      changed = true;
    }
  }
  return edges.size > 0;
}

/** Positive subgoals with a fresh variable for every `_`, so that bindings tell which facts were used. */
function withNamedWildcards(rule: Rule): Rule {
  let count = 0;
  const body = rule.body.map((it): Literal => {
    if (it.kind !== 'subgoal' || it.negated) return it;
    const args = it.atom.args.map(
      (arg): Term => (arg.kind === 'wildcard' ? { kind: 'variable', name: `_${++count}`, span: arg.span } : arg),
    );
    return { ...it, atom: { ...it.atom, args } };
  });
  return { ...rule, body };
}
