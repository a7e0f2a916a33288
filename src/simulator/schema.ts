/**
 * A program made ready for evaluation over given nodes: everything interned and planned, nothing that changes from run
 * to run.
 */
import { bug } from '../core/invariant.js';
import type { Literal, Rule } from '../dedalus/ast.js';
import { CRASH, hasNever, NEVER } from '../dedalus/builtin.js';
import { nodesByValue } from '../dedalus/nodes.js';
import type { Program } from '../dedalus/program.js';
import { carriedRelations, countedIn, stoppedRules } from '../dedalus/stops.js';
import { type PlannedRule, planRule } from './plan.js';
import { Relation } from './relation.js';
import { Values } from './values.js';

/** One strongly connected component of a tick's evaluation. */
export interface Stratum {
  /** Deductive rules whose head is in the component. */
  readonly rules: readonly PlannedRule[];
  /** Relation ids of the component. */
  readonly relations: ReadonlySet<number>;
}

export class Schema {
  readonly values = new Values();
  /** By id, in code-unit order of names. */
  readonly relations: readonly Relation[];
  readonly rules: readonly PlannedRule[];
  readonly strata: readonly Stratum[];
  readonly inductive: readonly PlannedRule[];
  readonly async: readonly PlannedRule[];
  /** Facts by tick, as [relation id, tuple id]. */
  readonly facts: ReadonlyMap<number, readonly (readonly [number, number])[]>;
  /** Value id of each node, by node number. */
  readonly nodeValues: readonly number[];
  readonly crash: Relation;
  /** The relation that must not have a row at any tick, if there is one. */
  readonly never: Relation | undefined;
  private stops: { readonly rules: ReadonlySet<Rule>; readonly carried: readonly Relation[] } | undefined;
  private readonly byName: ReadonlyMap<string, Relation>;
  private readonly nodeNumbers: ReadonlyMap<number, number>;

  /** @param nodes node names, sorted */
  constructor(
    readonly program: Program,
    readonly nodes: readonly string[],
  ) {
    this.relations = [...program.relations.values()].map(({ name, arity }, id) => new Relation(name, arity, id));
    this.byName = new Map(this.relations.map((relation) => [relation.name, relation]));
    this.crash = this.relation(CRASH);
    this.never = hasNever(program) ? this.relation(NEVER) : undefined;
    this.rules = program.rules.map((rule, index) => planRule(rule, index, this.values));
    const timed = (time: Rule['time']) => this.rules.filter(({ rule }) => rule.time === time);
    this.inductive = timed('inductive');
    this.async = timed('async');
    const byHead = new Map<string, PlannedRule[]>();
    for (const planned of timed('deductive')) {
      const { relation } = planned.rule.head;
      const known = byHead.get(relation);
      if (known) known.push(planned);
      else byHead.set(relation, [planned]);
    }
    this.strata = program.strata.map((names) => ({
      relations: new Set(names.map((name) => this.relation(name).id)),
      rules: names.flatMap((name) => byHead.get(name) ?? []).sort((a, b) => a.index - b.index),
    }));
    this.facts = this.internFacts();
    this.nodeValues = [...nodesByValue(program, nodes).keys()].map((value) => this.values.intern(value));
    this.nodeNumbers = new Map(this.nodeValues.map((value, number) => [value, number]));
  }

  /** A relation of the program by name. */
  relation(name: string): Relation {
    const relation = this.byName.get(name);
    if (!relation) throw bug(`relation ${name} is declared`);
    return relation;
  }

  /** A relation by name, or undefined if the program has none of that name. */
  findRelation(name: string): Relation | undefined {
    return this.byName.get(name);
  }

  /** The rules that a node that is down does not run, and the relations that stay without a rule. */
  get stopped(): { readonly rules: ReadonlySet<Rule>; readonly carried: readonly Relation[] } {
    this.stops ??= {
      rules: stoppedRules(this.program),
      carried: carriedRelations(this.program).map((name) => this.relation(name)),
    };
    return this.stops;
  }

  /** The index of the body literal with which a rule counts a timer on. */
  timerIn({ rule }: PlannedRule): number | undefined {
    const counted = countedIn(this.program, rule);
    return counted && rule.body.indexOf(counted);
  }

  /** Number of the node at which a tuple of a relation is, or -1. */
  nodeAt(relation: Relation, tuple: number): number {
    return this.nodeOf(relation.tuples.at(tuple, 0));
  }

  /** Node number of a value id, or -1. */
  nodeOf(value: number): number {
    return this.nodeNumbers.get(value) ?? -1;
  }

  /** The tuple of the built-in `crash(observer, node, tick)`. */
  crashTuple(observer: number, node: number, tick: number): number {
    const [by, who] = [this.nodeValues[observer] as number, this.nodeValues[node] as number];
    return this.crash.tuples.intern([by, who, this.values.intern(tick)]);
  }

  private internFacts(): Map<number, [number, number][]> {
    const facts = new Map<number, [number, number][]>();
    for (const { relation: name, row, tick } of this.program.facts) {
      const relation = this.relation(name);
      const at = facts.get(tick) ?? [];
      at.push([relation.id, relation.intern(row, this.values)]);
      facts.set(tick, at);
    }
    return facts;
  }
}

/** The body literal as a subgoal. */
export function subgoal(rule: Rule, literal: number): Literal & { kind: 'subgoal' } {
  const found = rule.body[literal];
  if (found?.kind !== 'subgoal') throw bug(`body literal ${literal} is a subgoal`);
  return found;
}
