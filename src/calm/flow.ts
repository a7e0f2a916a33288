/**
 * The dataflow of a program: its relations, and between them the rules that lead from one to another, each with what
 * it does to the order of what flows.
 */
import type { Rule } from '../dedalus/ast.js';
import type { Program } from '../dedalus/program.js';
import { keeps } from '../dedalus/stops.js';
import { hasAggregate, type Subgoal, subgoalsOf } from '../dedalus/terms.js';
import { localPoint, type Point, pointsOf } from './points.js';
import type { Timing } from './timing.js';

/** One subgoal of one rule. */
export interface Edge {
  readonly from: string;
  readonly to: string;
  readonly rule: Rule;
  readonly subgoal: Subgoal;
  /** Whether it asks no more of an aggregate than whether it has passed a bound. */
  readonly threshold: boolean;
  /** Whether it finds the same at every tick of every schedule. */
  readonly constant: boolean;
  readonly aggregated: boolean;
}

/** A relation as it is read: for all it has, or for thresholds alone. */
export interface Reading {
  readonly relation: string;
  readonly threshold: boolean;
}

/** A rule, and what it is to the order of messages. */
export interface Step {
  readonly rule: Rule;
  readonly edges: readonly Edge[];
  readonly points: readonly Point[];
  /** What is not monotone in it, if no message reaches it. */
  readonly local: Point | undefined;
}

export class Flow {
  /** All rules of the protocol, in source order. */
  readonly steps: readonly Step[];
  private readonly byHead = new Map<string, Step[]>();

  constructor(program: Program, relations: ReadonlySet<string>, timing: Timing) {
    this.steps = program.rules
      .filter(({ head }) => relations.has(head.relation))
      .map((rule) => ({
        rule,
        edges: subgoalsOf(rule).map((subgoal) => edgeOf(rule, subgoal, timing)),
        points: pointsOf(rule, timing),
        local: localPoint(rule, timing),
      }));
    for (const step of this.steps) {
      const { relation } = step.rule.head;
      this.byHead.set(relation, [...(this.byHead.get(relation) ?? []), step]);
    }
  }

  get edges(): Edge[] {
    return this.steps.flatMap(({ edges }) => edges);
  }

  /**
   * The rules that make what is read of a relation. Whoever asks for thresholds alone does not see the order in which an
   * aggregate has come to its value: its points of order are none then.
   */
  makersOf({ relation, threshold }: Reading): readonly Step[] {
    const steps = this.byHead.get(relation) ?? [];
    if (!threshold) return steps;
    return steps
      .filter(({ rule }) => !keeps(rule))
      .map((step) => ({ ...step, points: step.points.filter(({ kind }) => kind !== 'aggregate'), local: undefined }));
  }
}

function edgeOf(rule: Rule, subgoal: Subgoal, timing: Timing): Edge {
  return {
    from: subgoal.atom.relation,
    to: rule.head.relation,
    rule,
    subgoal,
    threshold: timing.isThreshold(subgoal, rule),
    constant: timing.isConstant(subgoal),
    aggregated: hasAggregate(rule.head),
  };
}

/** What an edge reads. */
export const readingOf = ({ from, threshold }: Edge): Reading => ({ relation: from, threshold });

/** A text that is equal for equal readings. */
export const readingKey = ({ relation, threshold }: Reading): string => `${threshold ? '≥' : '='}${relation}`;

/** Whether what flows along an edge may differ from tick to tick. */
export const isOpen = ({ constant }: Edge): boolean => !constant;
