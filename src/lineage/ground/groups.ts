/**
 * Groups of an aggregate rule while grounding: which values may be in each group, and under which bodies.
 */
import { Sequences } from '../../core/sequences.js';
import type { Head } from '../../simulator/aggregate.js';
import type { Values } from '../../simulator/values.js';
import { type Member, type Result, results } from './aggregates.js';
import type { Body, Ground, GroundLiteral, Interval } from './ground.js';

/**
 * Takes one possible head: tuple, sender (see `Head.group`), the body under which it holds, its interval if it is one
 * of a chain.
 */
type Visit = (tuple: number, sender: number, body: readonly GroundLiteral[], interval: Interval | undefined) => void;

interface Group {
  readonly group: readonly number[];
  /** Per aggregate: operand → bodies under which it is in the group. */
  readonly operands: Map<number, Body[]>[];
}

export class GroundGroups {
  private readonly ids = new Sequences();
  private readonly bindings = new Sequences();
  private groups = new Map<number, Group>();

  constructor(
    private readonly head: Head,
    private readonly ground: Ground,
    private readonly values: Values,
  ) {}

  /** Adds the instance in the frame with its body. */
  add(body: Body): void {
    const group = this.head.group();
    if (group === undefined) return;
    const id = this.ids.intern(group);
    let entry = this.groups.get(id);
    if (entry === undefined) {
      entry = { group, operands: this.head.aggregates.map(() => new Map()) };
      this.groups.set(id, entry);
    }
    entry.operands.forEach((operands, i) => {
      const operand = this.head.operand(i, this.bindings);
      const bodies = operands.get(operand);
      if (bodies) bodies.push(body);
      else operands.set(operand, [body]);
    });
  }

  /** Visits every possible head of every group, and forgets the groups. */
  close(visit: Visit): void {
    const groups = [...this.groups.values()];
    this.groups = new Map();
    for (const { group, operands } of groups) {
      const columns = this.head.aggregates.map(({ fn }, i) =>
        results(fn, this.members(operands[i] as Map<number, Body[]>), this.ground, this.values),
      );
      const sender = group[group.length - 1] as number;
      for (const choice of product(columns)) {
        const tuple = this.head.aggregated(
          group,
          choice.map(({ value }) => value),
        );
        const single = choice.length === 1 ? choice[0]?.interval : undefined;
        visit(
          tuple,
          sender,
          choice.flatMap(({ body }) => body),
          single,
        );
      }
    }
  }

  private members(operands: ReadonlyMap<number, Body[]>): Member[] {
    return [...operands].map(([operand, bodies]) => {
      if (bodies.some((body) => body.length === 0)) return { operand, atom: undefined };
      const only = bodies.length === 1 ? (bodies[0] as Body) : [];
      const shared = only.length === 1 && (only[0] as number) > 0;
      return { operand, atom: shared ? (only[0] as number) - 1 : this.ground.add({ kind: 'bodies', bodies }) };
    });
  }
}

/** All ways to choose one result per column. */
function product(columns: readonly (readonly Result[])[]): Result[][] {
  return columns.reduce<Result[][]>(
    (choices, column) => choices.flatMap((choice) => column.map((result) => [...choice, result])),
    [[]],
  );
}
