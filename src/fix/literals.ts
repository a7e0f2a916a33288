/**
 * Literals that are proposed for the bodies of rules: what held where a rule fired, in the rule's own words.
 *
 * Its columns are the rule's variables where they have the same values at a firing, and `_` elsewhere; it is at the node
 * of the rule.
 */
import { formatValue } from '../core/value.js';
import type { Rule, Term } from '../dedalus/ast.js';
import { boundVariables, literalVariables, subgoalsOf, variablesOf } from '../dedalus/terms.js';
import { siteOf } from '../report/provenance/dedalus/joins.js';
import { OPEN, type Pattern } from '../report/provenance/dedalus/pattern.js';
import type { Traced } from '../report/provenance/dedalus/traced.js';
import type { PlannedRule } from '../simulator/plan.js';
import type { Relation } from '../simulator/relation.js';
import type { Splice } from './edit.js';
import type { Instance } from './firings.js';
import { mayRead, type Scene } from './scene.js';

/** A literal that a rule may be given: a relation and, by column, a variable of the rule, or undefined for `_`. */
export interface Proposed {
  readonly relation: Relation;
  readonly columns: readonly (string | undefined)[];
}

/** A name for the location of a rule that has none. */
function locationName(rule: Rule): string {
  const used = new Set([...variablesOf(...rule.head.args), ...rule.body.flatMap(literalVariables)].map((v) => v.name));
  const names = ['N', 'Node', 'Here'];
  return names.find((name) => !used.has(name)) ?? 'ThisNode';
}

/** The first argument of a rule's first subgoal: where it runs. */
const locationOf = (rule: Rule): Term => subgoalsOf(rule)[0]?.atom.args[0] as Term;

/** `row(C, T, D)`. */
export function literalText(rule: Rule, { relation, columns }: Proposed): string {
  const location = locationOf(rule);
  const first =
    location.kind === 'constant'
      ? formatValue(location.value)
      : location.kind === 'variable'
        ? location.name
        : locationName(rule);
  return `${relation.name}(${[first, ...columns.slice(1).map((name) => name ?? '_')].join(', ')})`;
}

/** Most ways to name the columns of one fact. */
const MOST_NAMINGS = 4;

/**
 * The literals that a fact at the node of a firing gives: the closest first, the one with nothing but the node last.
 */
function literalsOf(
  run: Traced,
  planned: PlannedRule,
  { slots }: Instance,
  relation: Relation,
  tuple: number,
): Proposed[] {
  const bound = boundVariables(planned.rule);
  const names = [...planned.slotOf].filter(([name]) => bound.has(name));
  const site = relation.tuples.at(tuple, 0);
  if (run.schema.nodeOf(site) !== siteOf(run.schema, planned, slots)) return [];
  let namings: (string | undefined)[][] = [[undefined]];
  for (let column = 1; column < relation.arity; column++) {
    const value = relation.tuples.at(tuple, column);
    const fitting = names.filter(([, slot]) => slots[slot] === value).map(([name]) => name);
    const options = fitting.length > 0 ? fitting : [undefined];
    namings = namings.flatMap((naming) => options.map((name) => [...naming, name])).slice(0, MOST_NAMINGS);
  }
  const open = Array.from({ length: relation.arity }, () => undefined);
  if (!namings.some((naming) => naming.every((name) => name === undefined))) namings.push(open);
  return namings.map((columns) => ({ relation, columns }));
}

/** The pattern of a literal at an instance of its rule. */
export function patternAt(run: Traced, planned: PlannedRule, { relation, columns }: Proposed, at: Instance): Pattern {
  const node = siteOf(run.schema, planned, at.slots);
  return {
    relation: relation.id,
    columns: columns.map((name, i) => {
      if (i === 0) return run.schema.nodeValues[node] ?? OPEN;
      return name === undefined ? OPEN : (at.slots[planned.slotOf.get(name) ?? -1] ?? OPEN);
    }),
    tick: at.tick,
  };
}

/** The literals that hold where a rule fires, at its node. @param isGood in the run without faults */
export function* literalsHolding(
  scene: Scene,
  planned: PlannedRule,
  instance: Instance,
  isGood: boolean,
  tick = instance.tick,
): Generator<Proposed> {
  const run = isGood ? scene.it.good : scene.it.run;
  const own = new Set(planned.rule.body.flatMap((one) => (one.kind === 'subgoal' ? [one.atom.relation] : [])));
  for (const relation of run.schema.relations) {
    if (!mayRead(scene, relation) || own.has(relation.name)) continue;
    for (const tuple of run.tuples(relation.id, tick)) yield* literalsOf(run, planned, instance, relation, tuple);
  }
}

/** A name for the node of a rule that is `_`, so that another literal can be at it. */
export function namedLocation(rule: Rule): Splice[] {
  const location = locationOf(rule);
  return location.kind === 'wildcard' ? [{ ...location.span, text: locationName(rule) }] : [];
}
