/**
 * Bindings of one rule's variables: from a head, from matched tuples, and back to the patterns of the body.
 *
 * Slots hold value ids, or `OPEN`. The planner's numbering is used: `slotOf`, and one hidden slot for a `_` at the rule's location.
 */
import type { Literal, Term } from '../../../dedalus/ast.js';
import type { PlannedRule } from '../../../simulator/plan.js';
import type { Relation } from '../../../simulator/relation.js';
import type { RawFiring } from '../../../simulator/run.js';
import type { Schema } from '../../../simulator/schema.js';
import { arithmetic } from '../../../simulator/values.js';
import { OPEN, type Pattern } from './pattern.js';

export type Subgoal = Literal & { readonly kind: 'subgoal' };

export const freshSlots = ({ slots }: PlannedRule): Int32Array => new Int32Array(slots).fill(OPEN);

/** The slot of a column of a body subgoal, or -1 if it has none. */
function slotAt({ rule, slotOf, slots }: PlannedRule, literal: number, column: number, term: Term): number {
  if (term.kind === 'variable') return slotOf.get(term.name) ?? -1;
  const hidden = term.kind === 'wildcard' && column === 0 && slots > slotOf.size;
  return hidden && rule.body.findIndex(({ kind }) => kind === 'subgoal') === literal ? slotOf.size : -1;
}

/** Whether all variables of a term are bound. A wildcard or aggregate is not. */
export function isBound({ slotOf }: PlannedRule, term: Term, slots: Int32Array): boolean {
  const all = (t: Term): boolean => {
    if (t.kind === 'arithmetic') return all(t.left) && all(t.right);
    return t.kind === 'constant' || (t.kind === 'variable' && (slots[slotOf.get(t.name) ?? -1] ?? OPEN) !== OPEN);
  };
  return all(term);
}

/** The value id of a term, or `OPEN` if it is unbound or undefined. */
export function termValue(schema: Schema, planned: PlannedRule, term: Term, slots: Int32Array): number {
  if (term.kind === 'constant') return schema.values.intern(term.value);
  if (term.kind === 'variable') return slots[planned.slotOf.get(term.name) ?? -1] ?? OPEN;
  if (term.kind !== 'arithmetic') return OPEN;
  const [left, right] = [term.left, term.right].map((side) => {
    const id = termValue(schema, planned, side, slots);
    const value = id === OPEN ? undefined : schema.values.get(id);
    return typeof value === 'number' ? value : Number.NaN;
  }) as [number, number];
  const result = arithmetic(term.op, left, right);
  return Number.isNaN(result) ? OPEN : schema.values.intern(result);
}

/** Makes a head argument equal to a value, as far as that can be told before the body is known; false if it cannot be. */
function solve(schema: Schema, planned: PlannedRule, term: Term, value: number, slots: Int32Array): boolean {
  if (isBound(planned, term, slots)) return termValue(schema, planned, term, slots) === value;
  if (term.kind === 'variable') {
    const slot = planned.slotOf.get(term.name) ?? -1;
    if (slot >= 0) slots[slot] = value;
    return true;
  }
  if (term.kind !== 'arithmetic' || (term.op !== '+' && term.op !== '-')) return true;
  const result = schema.values.get(value);
  if (typeof result !== 'number') return false;
  const known = isBound(planned, term.left, slots) ? term.left : term.right;
  const operand = schema.values.get(termValue(schema, planned, known, slots));
  if (typeof operand !== 'number') return !isBound(planned, known, slots);
  const unknown = known === term.left ? term.right : term.left;
  // x + k = r, x - k = r, k - x = r
  const op = term.op === '+' || known === term.left ? '-' : '+';
  const solved =
    term.op === '-' && known === term.left ? arithmetic('-', operand, result) : arithmetic(op, result, operand);
  return Number.isNaN(solved) ? false : solve(schema, planned, unknown, schema.values.intern(solved), slots);
}

/** Binds a rule's head to a pattern; false if the head can never be that. Aggregates and unsolved arithmetic are left open. */
export function bindHead(schema: Schema, planned: PlannedRule, columns: readonly number[], slots: Int32Array): boolean {
  const known = planned.rule.head.args.map((term, i) => ({ term, value: columns[i] ?? OPEN }));
  const plain = known.filter(({ term, value }) => value !== OPEN && term.kind !== 'aggregate');
  // Variables first: they may be what arithmetic needs.
  const [simple, complex] = [
    plain.filter(({ term }) => term.kind !== 'arithmetic'),
    plain.filter(({ term }) => term.kind === 'arithmetic'),
  ];
  return [...simple, ...complex].every(({ term, value }) => solve(schema, planned, term, value, slots));
}

/** Whether a rule's head, its body being bound, is the pattern (aggregates aside). */
export function headFits(schema: Schema, planned: PlannedRule, columns: readonly number[], slots: Int32Array): boolean {
  return planned.rule.head.args.every((term, i) => {
    const value = columns[i] ?? OPEN;
    if (term.kind === 'aggregate') return true;
    const actual = termValue(schema, planned, term, slots);
    return actual !== OPEN && (value === OPEN || actual === value);
  });
}

/** The pattern that a body subgoal looks for, at the tick at which the rule is evaluated. */
export function patternOf(
  schema: Schema,
  planned: PlannedRule,
  literal: number,
  slots: Int32Array,
  tick: number,
): Pattern {
  const { atom, tick: fixed } = planned.rule.body[literal] as Subgoal;
  const columns = atom.args.map((term, column) => {
    if (term.kind !== 'wildcard') return termValue(schema, planned, term, slots);
    return slots[slotAt(planned, literal, column, term)] ?? OPEN;
  });
  const equal = atom.args.flatMap((term, j): [number, number][] => {
    if (term.kind !== 'variable' || columns[j] !== OPEN) return [];
    const i = atom.args.findIndex((other) => other.kind === 'variable' && other.name === term.name);
    return i < j ? [[i, j]] : [];
  });
  const relation = schema.relation(atom.relation).id;
  // A look-up at a fixed tick finds nothing before that tick.
  const at = fixed !== undefined && fixed > tick ? 0 : (fixed ?? tick);
  return equal.length > 0 ? { relation, columns, tick: at, equal } : { relation, columns, tick: at };
}

/** Binds a positive subgoal's open variables to a tuple that matches its pattern; the slots bound, to undo it. */
export function bindTuple(
  schema: Schema,
  planned: PlannedRule,
  literal: number,
  tuple: number,
  slots: Int32Array,
): number[] {
  const { atom } = planned.rule.body[literal] as Subgoal;
  const { tuples } = schema.relation(atom.relation) as Relation;
  const bound: number[] = [];
  atom.args.forEach((term, column) => {
    const slot = slotAt(planned, literal, column, term);
    if (slot < 0 || slots[slot] !== OPEN) return;
    slots[slot] = tuples.at(tuple, column);
    bound.push(slot);
  });
  return bound;
}

/** Binds variables by equalities, until nothing changes. */
export function bindEqualities(schema: Schema, planned: PlannedRule, slots: Int32Array): void {
  for (let changed = true; changed; ) {
    changed = false;
    for (const literal of planned.rule.body) {
      if (literal.kind !== 'comparison' || literal.op !== '==') continue;
      const slot = equalitySlot(planned, literal, slots);
      if (!slot) continue;
      slots[slot.slot] = termValue(schema, planned, slot.to, slots);
      changed = slots[slot.slot] !== OPEN;
    }
  }
}

/** The variable that an equality binds now, and the term it becomes. */
export function equalitySlot(
  planned: PlannedRule,
  { left, right }: Literal & { readonly kind: 'comparison' },
  slots: Int32Array,
): { readonly slot: number; readonly to: Term } | undefined {
  for (const [target, to] of [
    [left, right],
    [right, left],
  ] as const)
    if (target.kind === 'variable' && !isBound(planned, target, slots) && isBound(planned, to, slots))
      return { slot: planned.slotOf.get(target.name) ?? -1, to };
  return undefined;
}

/** The instances of a firing: one, but for aggregates one per contribution. */
export function instancesOf(schema: Schema, { rule, body }: RawFiring): Int32Array[] {
  const planned = schema.rules[rule] as PlannedRule;
  const positives = planned.rule.body.filter((literal) => literal.kind === 'subgoal' && !literal.negated).length;
  const instances: Int32Array[] = [];
  for (let start = 0; start === 0 || start < body.length; start += Math.max(1, positives)) {
    const slots = freshSlots(planned);
    for (const [literal, tuple] of body.slice(start, start + positives))
      bindTuple(schema, planned, literal, tuple, slots);
    bindEqualities(schema, planned, slots);
    instances.push(slots);
  }
  return instances;
}

/** The node number at which a rule is evaluated, or -1 if it is unbound or no node. */
export function siteOf(schema: Schema, planned: PlannedRule, slots: Int32Array): number {
  const { location } = planned;
  if (location?.kind === 'slot') return schema.nodeOf(slots[location.slot] ?? OPEN);
  const first = planned.rule.body.find((literal) => literal.kind === 'subgoal');
  const term = first?.kind === 'subgoal' ? first.atom.args[0] : undefined;
  return term && location ? schema.nodeOf(termValue(schema, planned, term, slots)) : -1;
}

/** The node number that sent what fired: where it can be read off a matched tuple, no variables are bound for it. */
export function senderOf(schema: Schema, planned: PlannedRule, firing: RawFiring): number {
  const { rule, location } = planned;
  const [first] = firing.body;
  const literal = first && rule.body[first[0]];
  const term = literal?.kind === 'subgoal' ? literal.atom.args[0] : undefined;
  const isThere =
    location?.kind === 'slot' && term?.kind === 'variable' && planned.slotOf.get(term.name) === location.slot;
  if (first && literal?.kind === 'subgoal' && isThere)
    return schema.nodeOf(schema.relation(literal.atom.relation).tuples.at(first[1], 0));
  const [slots] = instancesOf(schema, firing);
  return slots ? siteOf(schema, planned, slots) : -1;
}
