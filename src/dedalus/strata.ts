/**
 * The order of evaluation within a tick: strongly connected components of the same-tick dependencies (Apt, Blair,
 * Walker, 1988). A relation depends on those its deductive rules read, at the current tick or a fixed one (which may be
 * the current one).
 *
 * Invariant: components come dependencies first, members by name; the order is a function of the rules alone.
 */
import { stronglyConnected } from '../core/scc.js';
import type { Rule } from './ast.js';
import { hasAggregate, type Subgoal, subgoalsOf } from './terms.js';

/** `rule` derives `head` from `subgoal` in the same tick; `strict` when the subgoal must be complete first. */
export interface Dependency {
  readonly head: string;
  readonly rule: Rule;
  readonly subgoal: Subgoal;
  /** Through negation or aggregation. */
  readonly strict: boolean;
}

/** The same-tick dependencies of the rules, in source order. */
export function dependenciesOf(rules: readonly Rule[]): Dependency[] {
  const found: Dependency[] = [];
  for (const rule of rules) {
    if (rule.time !== 'deductive') continue;
    const aggregates = hasAggregate(rule.head);
    for (const subgoal of subgoalsOf(rule)) {
      found.push({ head: rule.head.relation, rule, subgoal, strict: aggregates || subgoal.negated });
    }
  }
  return found;
}

/** Strata of the relations `names` under `rules`; see `Program.strata`. */
export function strataOf(names: readonly string[], rules: readonly Rule[]): string[][] {
  const sorted = [...names].sort();
  const index = new Map(sorted.map((name, i) => [name, i]));
  const targets: Set<number>[] = sorted.map(() => new Set());
  for (const { head, subgoal } of dependenciesOf(rules)) {
    const from = index.get(head);
    const to = index.get(subgoal.atom.relation);
    if (from !== undefined && to !== undefined) targets[from]?.add(to);
  }
  const edges = targets.map((set) => [...set].sort((a, b) => a - b));
  return stronglyConnected(sorted.length, (node) => edges[node] ?? []).map((component) =>
    component.sort((a, b) => a - b).map((member) => sorted[member] ?? ''),
  );
}
