/**
 * Heads: how an instance becomes a head tuple, and aggregates over the distinct values of a group.
 *
 * `count` counts values, `min` and `max` order them, `sum` and `avg` use the integers among them (avg truncates). An
 * empty group, an unsafe sum or no integer at all derives nothing.
 */
import { Sequences } from '../core/sequences.js';
import { compareValues } from '../core/value.js';
import type { AggregateFn, Rule } from '../dedalus/ast.js';
import type { RuleJoin } from './fixpoint.js';
import { compileExpression } from './join.js';
import { expression } from './plan.js';
import type { Schema } from './schema.js';
import type { Values } from './values.js';

/** One aggregate of a head. */
export interface AggregateColumn {
  /** Position among the head's arguments. */
  readonly column: number;
  readonly fn: AggregateFn;
  /** Slots whose distinct bindings are aggregated: one variable, or for `count<_>` all named ones. */
  readonly slots: readonly number[];
}

/** Reads a rule's head off a frame. */
export class Head {
  readonly relation: number;
  readonly aggregates: readonly AggregateColumn[];
  private readonly tuples: Sequences;
  private readonly parts: { column: number; value: () => number }[] = [];
  private readonly buffer: Int32Array;

  constructor(
    schema: Schema,
    private readonly join: RuleJoin,
  ) {
    const { rule, slotOf, named, location } = join.planned;
    const at = rule.time === 'async' && location ? compileExpression(location, join.frame, join.context) : undefined;
    this.sender = at ? () => schema.nodeOf(at()) : () => -1;
    const aggregates: AggregateColumn[] = [];
    rule.head.args.forEach((term, column) => {
      if (term.kind === 'aggregate') {
        const slots = term.variable === undefined ? named : [slotOf.get(term.variable) as number];
        aggregates.push({ column, fn: term.fn, slots });
        return;
      }
      const value = compileExpression(expression(term, slotOf, schema.values), join.frame, join.context);
      this.parts.push({ column, value });
    });
    this.aggregates = aggregates;
    const relation = schema.relation(rule.head.relation);
    this.relation = relation.id;
    this.tuples = relation.tuples;
    this.buffer = new Int32Array(rule.head.args.length);
  }

  /** The head's tuple for a rule without aggregates; -1 if an argument is undefined. */
  tuple(): number {
    return this.fill() ? this.intern() : -1;
  }

  /**
   * The group of the instance in the frame, aggregate columns 0; undefined if an argument is undefined. Each node
   * aggregates on its own what it sends: for an async rule the sender's node number is one more item at the end.
   */
  group(): readonly number[] | undefined {
    return this.fill() ? [...this.buffer, this.sender()] : undefined;
  }

  /** Node number of the location of the instance in the frame for an async rule, else -1. */
  readonly sender: () => number;

  /** The tuple of a group with its aggregate columns filled in, in the order of `aggregates`. */
  aggregated(group: readonly number[], results: readonly number[]): number {
    for (let i = 0; i < this.buffer.length; i++) this.buffer[i] = group[i] as number;
    this.aggregates.forEach(({ column }, i) => {
      this.buffer[column] = results[i] as number;
    });
    return this.intern();
  }

  /**
   * What aggregate `i` aggregates in the instance in the frame: a value id, or for several slots the id of their
   * binding.
   */
  operand(i: number, bindings: Sequences): number {
    const { slots } = this.aggregates[i] as AggregateColumn;
    const { frame } = this.join;
    if (slots.length === 1) return frame.slots[slots[0] as number] as number;
    return bindings.intern(slots.map((slot) => frame.slots[slot] as number));
  }

  private fill(): boolean {
    for (const { column, value } of this.parts) {
      const id = value();
      if (id < 0) return false;
      this.buffer[column] = id;
    }
    return true;
  }

  private intern(): number {
    return this.tuples.intern(this.buffer);
  }
}

/** Whether a rule has aggregates in its head. */
export const hasAggregates = (rule: Rule): boolean => rule.head.args.some((term) => term.kind === 'aggregate');

/**
 * The result of one aggregate over distinct operands, as a value id; -1 if nothing is derived.
 * @param operands value ids (for `count`, any ids), without duplicates
 */
function aggregate(fn: AggregateFn, operands: readonly number[], values: Values): number {
  if (operands.length === 0) return -1;
  if (fn === 'count') return values.intern(operands.length);
  if (fn === 'min' || fn === 'max') {
    const sign = fn === 'min' ? 1 : -1;
    return operands.reduce((best, id) => (sign * compareValues(values.get(id), values.get(best)) < 0 ? id : best));
  }
  const numbers = operands.map((id) => values.get(id)).filter((value) => typeof value === 'number');
  return combine(
    fn,
    numbers.reduce((a, b) => a + b, 0),
    numbers.length,
    values,
  );
}

/** `sum` or `avg` from a total and the number of integers in it. */
export function combine(fn: 'sum' | 'avg', total: number, size: number, values: Values): number {
  if (size === 0 || !Number.isSafeInteger(total)) return -1;
  return values.intern(fn === 'sum' ? total : Math.trunc(total / size) + 0);
}

/** Collects the instances of an aggregate rule into groups. */
export class Groups<Extra> {
  private readonly ids = new Sequences();
  private readonly bindings = new Sequences();
  private groups: { group: readonly number[]; operands: Set<number>[]; extras: Extra[] }[] = [];
  private readonly position = new Map<number, number>();

  constructor(private readonly head: Head) {}

  /** Adds the instance in the frame. */
  add(extra?: Extra): void {
    const group = this.head.group();
    if (group === undefined) return;
    const id = this.ids.intern(group);
    let position = this.position.get(id);
    if (position === undefined) {
      position = this.groups.length;
      this.position.set(id, position);
      this.groups.push({ group, operands: this.head.aggregates.map(() => new Set()), extras: [] });
    }
    const entry = this.groups[position] as (typeof this.groups)[number];
    for (let i = 0; i < entry.operands.length; i++) entry.operands[i]?.add(this.head.operand(i, this.bindings));
    if (extra !== undefined) entry.extras.push(extra);
  }

  /**
   * Visits the head tuple (and the sender, see `Head.group`) of each group, in order of first appearance, and forgets
   * all groups.
   */
  close(values: Values, visit: (tuple: number, sender: number, extras: readonly Extra[]) => void): void {
    const groups = this.groups;
    this.groups = [];
    this.position.clear();
    for (const { group, operands, extras } of groups) {
      const results = this.head.aggregates.map(({ fn }, i) => aggregate(fn, [...(operands[i] as Set<number>)], values));
      if (results.every((id) => id >= 0))
        visit(this.head.aggregated(group, results), group[group.length - 1] as number, extras);
    }
  }
}
