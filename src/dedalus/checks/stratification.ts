/**
 * Negation and aggregation are stratified within a tick (reference §3): no relation depends on its own absence or on an
 * aggregate over itself. `@next` and `@async` rules cannot be at fault, time being their stratum.
 */
import type { Rule } from '../ast.js';
import type { Report } from '../collector.js';
import { printClause, printLiteral } from '../print.js';
import { type Dependency, dependenciesOf, strataOf } from '../strata.js';
import type { CheckInput } from './context.js';

/** Longest rule quoted in a message. */
const MAX_QUOTE = 120;
/** Most rules of a cycle that are shown. */
const MAX_RULES = 20;

/** No relation depends on its own absence, or on an aggregate over itself, within one tick. */
export function checkStratification(input: CheckInput, report: Report): void {
  const dependencies = dependenciesOf(input.rules);
  const names = new Set(dependencies.flatMap(({ head, subgoal }) => [head, subgoal.atom.relation]));
  const component = new Map<string, number>();
  for (const [index, members] of strataOf([...names], input.rules).entries()) {
    for (const member of members) component.set(member, index);
  }
  const inner = dependencies.filter(
    ({ head, subgoal }) => component.get(head) === component.get(subgoal.atom.relation),
  );
  const outgoing = new Map<string, Dependency[]>();
  for (const dependency of inner) {
    const list = outgoing.get(dependency.head);
    if (list) list.push(dependency);
    else outgoing.set(dependency.head, [dependency]);
  }
  const reported = new Set<number | undefined>();
  for (const dependency of inner) {
    const index = component.get(dependency.head);
    if (!dependency.strict || reported.has(index)) continue;
    reported.add(index);
    reportCycle(dependency, outgoing, report);
  }
}

/** Reports the shortest cycle through a strict dependency. */
function reportCycle(strict: Dependency, outgoing: ReadonlyMap<string, Dependency[]>, report: Report): void {
  const cycle = [strict, ...shortestPath(strict.subgoal.atom.relation, strict.head, outgoing)];
  const shown = cycle.slice(0, MAX_RULES);
  const names = [strict.head, ...shown.map(({ subgoal }) => subgoal.atom.relation)];
  if (shown.length < cycle.length) names.push(`… (${cycle.length} rules)`);
  const how = strict.subgoal.negated ? 'its own absence' : 'an aggregate over itself';
  report({
    severity: 'error',
    code: 'not-stratified',
    message: `\`${strict.head}\` depends on ${how} within one tick: ${names.join(' <- ')}`,
    span: strict.subgoal.span,
    hint: 'break the cycle with an `@next` rule, so that the lookup sees the tick before',
    related: shown.map(({ head, rule, subgoal }) => ({
      span: rule.span,
      message: `\`${head}\` needs \`${printLiteral(subgoal)}\`: ${quote(rule)}`,
    })),
  });
}

/** The fewest dependencies that lead from one relation to another; breadth-first, in source order. */
function shortestPath(from: string, to: string, outgoing: ReadonlyMap<string, Dependency[]>): Dependency[] {
  const via = new Map<string, Dependency>();
  const queue = [from];
  const seen = new Set(queue);
  for (const relation of queue) {
    if (relation === to) break;
    for (const dependency of outgoing.get(relation) ?? []) {
      const target = dependency.subgoal.atom.relation;
      if (seen.has(target)) continue;
      seen.add(target);
      via.set(target, dependency);
      queue.push(target);
    }
  }
  const path: Dependency[] = [];
  for (let at = to; at !== from; ) {
    const dependency = via.get(at);
    if (!dependency) break;
    path.push(dependency);
    at = dependency.head;
  }
  return path.reverse();
}

function quote(rule: Rule): string {
  const text = printClause(rule);
  return text.length > MAX_QUOTE ? `${text.slice(0, MAX_QUOTE)}…` : text;
}
