/**
 * Rules joined under what is known of their head, as their plans have it: the instances of a firing, and how far a
 * rule gets towards a head that does not hold. Wherever nothing matches, the bindings so far and the literal that
 * failed are an attempt.
 *
 * Slots hold value ids, or `OPEN`. The search is bounded, so it always ends; it looks at one tick, so cycles are no
 * concern here.
 */
import { bug } from '../../../core/invariant.js';
import { getOrMake } from '../../../core/memo.js';
import { compareValues } from '../../../core/value.js';
import { COMPARE } from '../../../simulator/join.js';
import { type Column, type Expression, expression, type PlannedRule, type Step } from '../../../simulator/plan.js';
import type { Relation } from '../../../simulator/relation.js';
import type { RawFiring } from '../../../simulator/run.js';
import { type Schema, subgoal } from '../../../simulator/schema.js';
import { arithmetic } from '../../../simulator/values.js';
import { OPEN, type Pattern } from './pattern.js';

/** What holds, as far as a join needs to know. */
export interface Facts {
  matches(pattern: Pattern): readonly number[];
  matched(pattern: Pattern): boolean;
}

export interface Attempt {
  readonly slots: Int32Array;
  /** Number of body literals that were satisfied. */
  readonly satisfied: number;
  /** The body literal that failed; -1 if the whole body holds. */
  readonly blocking: number;
  /** The body holds, but the head is another fact, or the place is no node. */
  readonly misses: boolean;
}

export interface AttemptOptions {
  /** Most steps tried. Default 3,000. */
  readonly budget?: number;
  /** Take negated subgoals as satisfied, whatever holds. */
  readonly ignoreNegated?: boolean;
}

type OfSubgoal = Extract<Step, { readonly columns: readonly Column[] }>;

/** A subgoal as the plan reads it: with its relation and, if that is fixed, its tick. */
export type Reading = OfSubgoal & { readonly relation: Relation; readonly fixed: number | undefined };

interface Plan {
  readonly steps: readonly (Reading | Exclude<Step, OfSubgoal>)[];
  /** By the number of the literal. */
  readonly readings: ReadonlyMap<number, Reading>;
  /** Number of positive subgoals. */
  readonly positives: number;
  /** By column; undefined of an aggregate and of `_`. */
  readonly head: readonly (Expression | undefined)[];
}

const PLANS = new WeakMap<PlannedRule, Plan>();

const planOf = (schema: Schema, planned: PlannedRule): Plan =>
  getOrMake(PLANS, planned, () => {
    const steps = planned.plan().map((step) => {
      if (!('columns' in step)) return step;
      const { atom, tick } = subgoal(planned.rule, step.literal);
      return { ...step, relation: schema.relation(atom.relation), fixed: tick };
    });
    const readings = steps.filter((step): step is Reading => 'columns' in step);
    return {
      steps,
      readings: new Map(readings.map((reading) => [reading.literal, reading])),
      positives: readings.filter(({ kind }) => kind === 'match').length,
      head: planned.rule.head.args.map((term) =>
        term.kind === 'aggregate' || term.kind === 'wildcard'
          ? undefined
          : expression(term, planned.slotOf, schema.values),
      ),
    };
  });

/** How a rule reads a subgoal of its body. */
export function readingOf(schema: Schema, planned: PlannedRule, literal: number): Reading {
  const reading = planOf(schema, planned).readings.get(literal);
  if (!reading) throw bug(`body literal ${literal} is a subgoal`);
  return reading;
}

const freshSlots = ({ slots }: PlannedRule): Int32Array => new Int32Array(slots).fill(OPEN);

/** The value id of an expression, or `OPEN` if it is unbound or undefined. */
function valueIn(schema: Schema, of: Expression, slots: Int32Array): number {
  if (of.kind === 'constant') return of.value;
  if (of.kind === 'slot') return slots[of.slot] ?? OPEN;
  const [left, right] = [of.left, of.right].map((side) => {
    const id = valueIn(schema, side, slots);
    const value = id === OPEN ? undefined : schema.values.get(id);
    return typeof value === 'number' ? value : Number.NaN;
  }) as [number, number];
  const result = arithmetic(of.op, left, right);
  return Number.isNaN(result) ? OPEN : schema.values.intern(result);
}

/** The value id of a column of a rule's head; `OPEN` for an aggregate too. */
export function headValue(schema: Schema, planned: PlannedRule, column: number, slots: Int32Array): number {
  const of = planOf(schema, planned).head[column];
  return of ? valueIn(schema, of, slots) : OPEN;
}

/** Makes a head term equal to a value, as far as that can be told before the body is known; false if it cannot be. */
function solve(schema: Schema, of: Expression, value: number, slots: Int32Array): boolean {
  const known = valueIn(schema, of, slots);
  if (known !== OPEN) return known === value;
  if (of.kind === 'slot') slots[of.slot] = value;
  if (of.kind !== 'arithmetic' || (of.op !== '+' && of.op !== '-')) return true;
  const [left, right] = [of.left, of.right].map((side) => valueIn(schema, side, slots)) as [number, number];
  if (left === OPEN && right === OPEN) return true;
  const [result, operand] = [value, left === OPEN ? right : left].map((id) => schema.values.get(id));
  if (typeof result !== 'number' || typeof operand !== 'number') return false;
  // x + k = r, x - k = r, k - x = r
  const solved =
    of.op === '-' && right === OPEN
      ? arithmetic('-', operand, result)
      : arithmetic(of.op === '+' ? '-' : '+', result, operand);
  return (
    !Number.isNaN(solved) && solve(schema, left === OPEN ? of.left : of.right, schema.values.intern(solved), slots)
  );
}

/**
 * Binds a rule's head to columns; false if the head can never be that. Aggregates and unsolved arithmetic are left
 * open.
 */
function bindHead(schema: Schema, planned: PlannedRule, columns: readonly number[], slots: Int32Array): boolean {
  const known = planOf(schema, planned).head.flatMap((of, i) => {
    const value = columns[i] ?? OPEN;
    return of && value !== OPEN ? [{ of, value }] : [];
  });
  // Variables first: they may be what arithmetic needs.
  const last = ({ of }: { readonly of: Expression }): number => Number(of.kind === 'arithmetic');
  return known.sort((a, b) => last(a) - last(b)).every(({ of, value }) => solve(schema, of, value, slots));
}

/** Whether a rule's head, its body being bound, is as the columns have it (aggregates aside). */
const headFits = (schema: Schema, planned: PlannedRule, columns: readonly number[], slots: Int32Array): boolean =>
  planned.rule.head.args.every((term, i) => {
    if (term.kind === 'aggregate') return true;
    const [actual, value = OPEN] = [headValue(schema, planned, i, slots), columns[i]];
    return actual !== OPEN && (value === OPEN || actual === value);
  });

/** The pattern that a subgoal looks for, when the rule is evaluated at `tick`. */
export function patternOf(schema: Schema, reading: Reading, slots: Int32Array, tick: number): Pattern {
  const { relation, fixed } = reading;
  const equal: [number, number][] = [];
  const columns: number[] = [];
  for (const [i, column] of reading.columns.entries()) {
    if (column.kind === 'bound') columns.push(valueIn(schema, column.by, slots));
    else if (column.kind === 'bind') columns.push(slots[column.slot] ?? OPEN);
    else columns.push(column.kind === 'same' ? (columns[column.column] ?? OPEN) : OPEN);
    if (column.kind === 'same' && columns[i] === OPEN) equal.push([column.column, i]);
  }
  // A look-up at a fixed tick finds nothing before that tick.
  const at = fixed !== undefined && fixed > tick ? 0 : (fixed ?? tick);
  return equal.length > 0
    ? { relation: relation.id, columns, tick: at, equal }
    : { relation: relation.id, columns, tick: at };
}

/** Binds a subgoal's open variables to a tuple that matches its pattern; the slots bound, to undo it. */
function bindTuple({ columns, relation: { tuples } }: Reading, tuple: number, slots: Int32Array): number[] {
  const bound: number[] = [];
  for (let i = 0; i < columns.length; i++) {
    const column = columns[i] as Column;
    if (column.kind !== 'bind' || slots[column.slot] !== OPEN) continue;
    slots[column.slot] = tuples.at(tuple, i);
    bound.push(column.slot);
  }
  return bound;
}

/** The instances of a firing: one, but for aggregates one per contribution. */
export function instancesOf(schema: Schema, { rule, body }: RawFiring): Int32Array[] {
  const planned = schema.rules[rule] as PlannedRule;
  const { steps, positives } = planOf(schema, planned);
  return Array.from({ length: positives > 0 ? Math.max(1, body.length / positives) : 1 }, (_, i) => {
    const slots = freshSlots(planned);
    const matched = body.length === positives ? body : body.slice(i * positives, (i + 1) * positives);
    for (const step of steps)
      if (step.kind === 'match')
        bindTuple(step, matched.find(([literal]) => literal === step.literal)?.[1] ?? -1, slots);
      else if (step.kind === 'bind') slots[step.slot] = valueIn(schema, step.to, slots);
    return slots;
  });
}

/** The node number at which a rule is evaluated, or -1 if it is unbound or no node. */
export const siteOf = (schema: Schema, { location }: PlannedRule, slots: Int32Array): number =>
  location ? schema.nodeOf(valueIn(schema, location, slots)) : -1;

/**
 * All attempts of a rule, evaluated at `tick`, at a head that fits `columns`; `complete` is false if the budget ran
 * out.
 */
export function attemptsAt(
  schema: Schema,
  facts: Facts,
  planned: PlannedRule,
  columns: readonly number[],
  tick: number,
  { budget = 3_000, ignoreNegated = false }: AttemptOptions = {},
): { readonly attempts: readonly Attempt[]; readonly complete: boolean } {
  const slots = freshSlots(planned);
  if (!bindHead(schema, planned, columns, slots)) return { attempts: [], complete: true };
  const { steps } = planOf(schema, planned);
  const attempts: Attempt[] = [];
  let left = budget;
  const end = (satisfied: number, blocking: number, misses = false): void => {
    attempts.push({ slots: slots.slice(), satisfied, blocking, misses });
  };
  const go = (at: number, satisfied: number): void => {
    if (left-- <= 0) return;
    const step = steps[at];
    const next = (holds: boolean, literal: number): void =>
      holds ? go(at + 1, satisfied + 1) : end(satisfied, literal);
    if (!step) end(satisfied, -1, !headFits(schema, planned, columns, slots));
    else if (step.kind === 'locate') {
      if (schema.nodeOf(valueIn(schema, step.at, slots)) >= 0) go(at + 1, satisfied);
      else end(satisfied, -1, true);
    } else if (step.kind === 'match') {
      const tuples = facts.matches(patternOf(schema, step, slots, tick));
      if (tuples.length === 0) end(satisfied, step.literal);
      for (const tuple of tuples) {
        if (left <= 0) return;
        const bound = bindTuple(step, tuple, slots);
        go(at + 1, satisfied + 1);
        for (const slot of bound) slots[slot] = OPEN;
      }
    } else if (step.kind === 'absent')
      next(ignoreNegated || !facts.matched(patternOf(schema, step, slots, tick)), step.literal);
    else if (step.kind === 'compare') {
      const [a, b] = [step.left, step.right].map((side) => valueIn(schema, side, slots)) as [number, number];
      const holds = (): boolean => COMPARE[step.op](compareValues(schema.values.get(a), schema.values.get(b)));
      next(a !== OPEN && b !== OPEN && holds(), step.literal);
    } else {
      const [value, before] = [valueIn(schema, step.to, slots), slots[step.slot] as number];
      if (before === OPEN) slots[step.slot] = value;
      next(value !== OPEN && slots[step.slot] === value, step.literal);
      slots[step.slot] = before;
    }
  };
  const { location, rule } = planned;
  if (rule.time !== 'async' || location?.kind !== 'slot' || slots[location.slot] !== OPEN) go(0, 0);
  else
    for (const sender of schema.nodeValues) {
      slots[location.slot] = sender;
      go(0, 0);
      slots[location.slot] = OPEN;
    }
  return { attempts, complete: left > 0 };
}
