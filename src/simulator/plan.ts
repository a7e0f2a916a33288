/**
 * Join plans: a rule's body as a sequence of steps, each of which sees which columns are bound when it runs.
 *
 * Order is chosen greedily: filters as soon as they can be decided, then the subgoal with the most bound columns (left
 * to right on ties). For semi-naive evaluation (Bancilhon, 1986) a recursive rule gets one plan per recursive subgoal,
 * starting from that one. Invariant: when a step runs, every slot that it reads has been bound by an earlier step.
 */
import { invariant } from '../core/invariant.js';
import type { ArithmeticOp, ComparisonOp, Literal, Rule, Term } from '../dedalus/ast.js';
import type { Values } from './values.js';

/** An expression over slots; `constant` holds a value id. */
export type Expression =
  | { readonly kind: 'slot'; readonly slot: number }
  | { readonly kind: 'constant'; readonly value: number }
  | {
      readonly kind: 'arithmetic';
      readonly op: ArithmeticOp;
      readonly left: Expression;
      readonly right: Expression;
    };

/**
 * What a subgoal does with one column: compare it with something bound, bind it, compare it with an earlier column, or
 * nothing.
 */
export type Column =
  | { readonly kind: 'bound'; readonly by: Expression }
  | { readonly kind: 'bind'; readonly slot: number }
  | { readonly kind: 'same'; readonly column: number }
  | { readonly kind: 'any' };

export type Step =
  | { readonly kind: 'match'; readonly literal: number; readonly columns: readonly Column[] }
  | { readonly kind: 'absent'; readonly literal: number; readonly columns: readonly Column[] }
  | {
      readonly kind: 'compare';
      readonly literal: number;
      readonly op: ComparisonOp;
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly kind: 'bind'; readonly literal: number; readonly slot: number; readonly to: Expression }
  | { readonly kind: 'locate'; readonly at: Expression };

/** A rule with slots for variables. */
export interface PlannedRule {
  readonly rule: Rule;
  /** Position among the program's rules. */
  readonly index: number;
  /** Number of slots. */
  readonly slots: number;
  /** Slots of the rule's named, bound variables: what `count<_>` counts. */
  readonly named: readonly number[];
  /** The rule's location, or undefined if it has no condition on it. */
  readonly location: Expression | undefined;
  /** Slot of a variable. */
  readonly slotOf: ReadonlyMap<string, number>;
  /** The plan; if `first` is given, that body literal (a positive subgoal) is joined first. */
  plan(first?: number): readonly Step[];
}

/** Gives slots to a rule's variables; plans are made on demand. */
export function planRule(rule: Rule, index: number, values: Values): PlannedRule {
  const slotOf = new Map<string, number>();
  for (const literal of rule.body)
    for (const name of binders(literal)) slotOf.set(name, slotOf.get(name) ?? slotOf.size);
  const named = [...slotOf.values()];
  const first = rule.body.findIndex((literal) => literal.kind === 'subgoal');
  const subgoal = rule.body[first];
  invariant(subgoal?.kind === 'subgoal', 'a rule has a subgoal');
  const site = subgoal.atom.args[0] as Term;
  // `_` as the location of a positive first subgoal still has to be a node: it gets a slot of its own.
  const hidden = site.kind === 'wildcard' && !subgoal.negated ? slotOf.size : -1;
  let location: Expression | undefined;
  if (hidden >= 0) location = { kind: 'slot', slot: hidden };
  else if (site.kind !== 'wildcard' && (site.kind !== 'variable' || slotOf.has(site.name)))
    location = expression(site, slotOf, values);
  const context: Context = {
    rule,
    slotOf,
    values,
    location,
    hidden: hidden >= 0 ? { literal: first, slot: hidden } : undefined,
  };
  return {
    rule,
    index,
    slots: slotOf.size + (hidden >= 0 ? 1 : 0),
    named,
    location,
    slotOf,
    plan: (start) => order(context, start),
  };
}

/** A term as an expression over slots. */
export function expression(term: Term, slotOf: ReadonlyMap<string, number>, values: Values): Expression {
  if (term.kind === 'constant') return { kind: 'constant', value: values.intern(term.value) };
  if (term.kind === 'variable') {
    const slot = slotOf.get(term.name);
    invariant(slot !== undefined, `variable ${term.name} is bound in a checked program`);
    return { kind: 'slot', slot };
  }
  invariant(term.kind === 'arithmetic', `${term.kind} is not an expression`);
  return {
    kind: 'arithmetic',
    op: term.op,
    left: expression(term.left, slotOf, values),
    right: expression(term.right, slotOf, values),
  };
}

interface Context {
  readonly rule: Rule;
  readonly slotOf: ReadonlyMap<string, number>;
  readonly values: Values;
  readonly location: Expression | undefined;
  readonly hidden: { readonly literal: number; readonly slot: number } | undefined;
}

/** Variables that a literal can bind: those of a positive subgoal, and a bare side of an equality. */
function binders(literal: Literal): string[] {
  const names = (terms: readonly Term[]): string[] => terms.flatMap((t) => (t.kind === 'variable' ? [t.name] : []));
  if (literal.kind === 'subgoal') return literal.negated ? [] : names(literal.atom.args);
  return literal.op === '==' ? names([literal.left, literal.right]) : [];
}

/** The greedy order. */
function order(context: Context, first: number | undefined): Step[] {
  const { rule, location } = context;
  const bound = new Set<number>();
  const steps: Step[] = [];
  const left = new Set(rule.body.keys());
  let located = location === undefined;
  const take = (literal: number): void => {
    left.delete(literal);
    steps.push(subgoalStep(context, literal, bound));
  };
  if (first !== undefined) take(first);
  for (;;) {
    if (!located && location && isBound(location, bound)) {
      steps.push({ kind: 'locate', at: location });
      located = true;
    }
    const filter = firstFilter(context, left, bound);
    if (filter) {
      left.delete(filter.literal);
      steps.push(filter.step);
      continue;
    }
    const next = mostBound(context, left, bound);
    if (next < 0) break;
    take(next);
  }
  invariant(left.size === 0 && located, 'every literal of a checked rule can be ordered');
  return steps;
}

/** The first literal left that can be decided now. Deciding an equality may bind, so no other literal is looked at. */
function firstFilter(context: Context, left: ReadonlySet<number>, bound: Set<number>) {
  for (const literal of left) {
    const step = filterStep(context, literal, bound);
    if (step) return { literal, step };
  }
  return undefined;
}

function isBound(term: Expression, bound: ReadonlySet<number>): boolean {
  if (term.kind === 'slot') return bound.has(term.slot);
  return term.kind === 'constant' || (isBound(term.left, bound) && isBound(term.right, bound));
}

/** The positive subgoal with the most bound columns, or -1. */
function mostBound({ rule, slotOf }: Context, left: ReadonlySet<number>, bound: ReadonlySet<number>): number {
  let best = -1;
  let bestScore = -1;
  for (const i of left) {
    const literal = rule.body[i] as Literal;
    if (literal.kind !== 'subgoal' || literal.negated) continue;
    const score = literal.atom.args.filter(
      (arg) => arg.kind === 'constant' || (arg.kind === 'variable' && bound.has(slotOf.get(arg.name) as number)),
    ).length;
    if (score > bestScore) [best, bestScore] = [i, score];
  }
  return best;
}

/** The step of a comparison or negated subgoal, if it can be decided (or an equality can bind) now. */
function filterStep(context: Context, index: number, bound: Set<number>): Step | undefined {
  const literal = context.rule.body[index] as Literal;
  if (literal.kind === 'subgoal') {
    const ready = literal.negated && literal.atom.args.every((arg) => isDecided(arg, context.slotOf, bound));
    return ready ? subgoalStep(context, index, bound) : undefined;
  }
  const left = expression(literal.left, context.slotOf, context.values);
  const right = expression(literal.right, context.slotOf, context.values);
  const [leftBound, rightBound] = [isBound(left, bound), isBound(right, bound)];
  if (leftBound && rightBound) return { kind: 'compare', literal: index, op: literal.op, left, right };
  if (literal.op !== '==' || (!leftBound && !rightBound)) return undefined;
  const [target, to] = rightBound ? [left, right] : [right, left];
  if (target.kind !== 'slot') return undefined;
  bound.add(target.slot);
  return { kind: 'bind', literal: index, slot: target.slot, to };
}

/** In a negated subgoal, a variable without a slot is local and needs no binding. */
function isDecided(arg: Term, slotOf: ReadonlyMap<string, number>, bound: ReadonlySet<number>): boolean {
  if (arg.kind !== 'variable') return true;
  const slot = slotOf.get(arg.name);
  return slot === undefined || bound.has(slot);
}

/** The step of a subgoal given what is bound; a positive one binds its variables. */
function subgoalStep(context: Context, index: number, bound: Set<number>): Step {
  const literal = context.rule.body[index] as Literal;
  invariant(literal.kind === 'subgoal', 'only subgoals are matched');
  const seen = new Map<string, number>();
  const columns = literal.atom.args.map((arg, column): Column => {
    if (arg.kind === 'wildcard')
      return column === 0 && context.hidden?.literal === index
        ? { kind: 'bind', slot: context.hidden.slot }
        : { kind: 'any' };
    if (arg.kind !== 'variable') return { kind: 'bound', by: expression(arg, context.slotOf, context.values) };
    const earlier = seen.get(arg.name);
    if (earlier !== undefined) return { kind: 'same', column: earlier };
    const slot = context.slotOf.get(arg.name);
    if (slot !== undefined && bound.has(slot)) return { kind: 'bound', by: { kind: 'slot', slot } };
    seen.set(arg.name, column);
    return slot === undefined ? { kind: 'any' } : { kind: 'bind', slot };
  });
  for (const column of columns) if (column.kind === 'bind') bound.add(column.slot);
  return { kind: literal.negated ? 'absent' : 'match', literal: index, columns };
}
