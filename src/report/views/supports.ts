/**
 * Supports: every way known in which a fact of one run holds, or does not hold, as sets of leaves.
 *
 * A fact that holds needs the body of one of its firings. A fact that does not hold needs, for every rule instance that could give it, one
 * literal that fails. 'Could' is read over a universe: the facts of all runs at hand. So a support is sound for these runs: in
 * each of them in which all its leaves are true, the fact has the same truth. (Why and why-not: the lineage of section 2 of the design.)
 */

import { compareValues } from '../../core/value.js';
import { hasAggregates } from '../../simulator/aggregate.js';
import type { PlannedRule } from '../../simulator/plan.js';
import type { RawFiring } from '../../simulator/run.js';
import { attemptsAt, type Facts } from './attempts.js';
import { instancesOf, patternOf, siteOf, termValue } from './binding.js';
import type { Case } from './case.js';
import { ALWAYS, type Leaves, type Support } from './leaves.js';
import { keyOf, OPEN, type Pattern } from './pattern.js';

const NEVER: readonly Support[] = [];

/** An instance of a rule: its bindings and the tick at which it is evaluated. */
interface Instance {
  readonly planned: PlannedRule;
  readonly slots: Int32Array;
  readonly tick: number;
}

export class Supports {
  private readonly memo = new Map<string, readonly Support[]>();
  /** Depth at which a question in progress was asked. */
  private readonly open = new Map<string, number>();
  /** The shallowest question in progress that an answer took for granted. */
  private shallowest = Number.POSITIVE_INFINITY;

  constructor(
    private readonly it: Case,
    private readonly universe: Facts,
    private readonly leaves: Leaves,
  ) {}

  /** Ways in which something that matches the pattern holds. */
  present(pattern: Pattern): readonly Support[] {
    if (this.it.steady.has(pattern.relation)) return this.it.run.holds(pattern) ? ALWAYS : NEVER;
    const tuples = this.it.run.matches(pattern);
    return this.leaves.or(tuples.map((tuple) => this.holds(pattern.relation, tuple, pattern.tick)));
  }

  /** Ways in which nothing matches the pattern. */
  absent(pattern: Pattern): readonly Support[] {
    const { schema } = this.it;
    if (pattern.tick < 1 || this.it.steady.has(pattern.relation)) return ALWAYS;
    if (pattern.relation === schema.crash.id) {
      const [, node = OPEN, tick = OPEN] = pattern.columns;
      return this.leaves.one({ kind: 'alive', node, tick });
    }
    // Of facts that hold each other up, none holds: what is asked again further down need not be said twice.
    return this.once(`-${keyOf(pattern)}`, ALWAYS, () => {
      const rules = schema.rules.filter(({ rule }) => schema.relation(rule.head.relation).id === pattern.relation);
      return this.all(rules, (planned) => this.ruleFails(planned, pattern));
    });
  }

  private holds(relation: number, tuple: number, tick: number): readonly Support[] {
    const { schema, run } = this.it;
    if (relation === schema.crash.id) return this.crashed(tuple);
    if (schema.facts.get(tick)?.some(([id, fact]) => id === relation && fact === tuple)) return ALWAYS;
    return this.once(`+${tick}:${relation}:${tuple}`, NEVER, () =>
      this.leaves.or(run.firings(relation, tuple, tick).map((firing) => this.fires(firing))),
    );
  }

  private crashed(tuple: number): readonly Support[] {
    const [, node, tick] = this.it.names.row(this.it.schema.crash.id, tuple);
    const fault = this.it.scenario.find((f) => f.kind === 'crash' && f.node === String(node) && f.tick === tick);
    return fault ? this.leaves.one({ kind: 'fault', fault }) : NEVER;
  }

  private fires(firing: RawFiring): readonly Support[] {
    const planned = this.it.schema.rules[firing.rule] as PlannedRule;
    const { tick } = firing;
    const instances = instancesOf(this.it.schema, firing).map((slots): Instance => ({ planned, slots, tick }));
    const [first] = instances;
    const body = hasAggregates(planned.rule)
      ? this.group(planned, firing, instances)
      : first
        ? this.bodyHolds(first)
        : NEVER;
    const leaf = first && this.message(first, firing);
    return leaf ? this.leaves.and(body, leaf) : body;
  }

  /** The arrival of what an async rule sends to another node. */
  private message({ planned, slots }: Instance, { tuple, tick: sent }: RawFiring): readonly Support[] | undefined {
    if (planned.rule.time !== 'async') return undefined;
    const { schema } = this.it;
    const head = schema.relation(planned.rule.head.relation);
    const [from, to] = [siteOf(schema, planned, slots), schema.nodeOf(head.tuples.at(tuple, 0))];
    return from === to ? undefined : this.leaves.one({ kind: 'message', from, to, sent, relation: head.id, tuple });
  }

  private bodyHolds(instance: Instance): readonly Support[] {
    return this.all(this.subgoals(instance), ({ pattern, negated }) =>
      negated ? this.absent(pattern) : this.present(pattern),
    );
  }

  private subgoals({ planned, slots, tick }: Instance): { readonly pattern: Pattern; readonly negated: boolean }[] {
    return planned.rule.body.flatMap((literal, index) =>
      literal.kind === 'subgoal'
        ? [{ negated: literal.negated, pattern: patternOf(this.it.schema, planned, index, slots, tick) }]
        : [],
    );
  }

  /** What an aggregate's value needs: the values that make it, and the absence of those that would change it. */
  private group(planned: PlannedRule, firing: RawFiring, instances: readonly Instance[]): readonly Support[] {
    const { schema } = this.it;
    const head = schema.relation(planned.rule.head.relation);
    const columns = head.tuples.get(firing.tuple);
    const [matters, makes] = this.operandTest(planned, columns);
    const byOperand = new Map<string, Instance[]>();
    for (const instance of instances) {
      const key = operandsOf(instance);
      if (makes(instance)) byOperand.set(key, [...(byOperand.get(key) ?? []), instance]);
    }
    const site = siteOf(schema, planned, (instances[0] as Instance).slots);
    const known = new Set(instances.map((instance) => operandsOf(instance)));
    const possible = this.possible(planned, groupOf(planned, columns), firing.tick);
    if (!possible) return NEVER;
    const others = possible.filter(
      (instance) =>
        matters(instance) &&
        !known.has(operandsOf(instance)) &&
        (planned.rule.time !== 'async' || siteOf(schema, planned, instance.slots) === site),
    );
    const needed = this.all([...byOperand.values()], (ways) => this.leaves.or(ways.map((way) => this.bodyHolds(way))));
    return this.leaves.and(
      needed,
      this.all(others, (other) => this.bodyFails(other)),
    );
  }

  /** For an aggregate's row: which absent instances would matter, and which present ones make its value. */
  private operandTest(
    planned: PlannedRule,
    columns: readonly number[],
  ): readonly [(instance: Instance) => boolean, (instance: Instance) => boolean] {
    const { values } = this.it.schema;
    const aggregates = planned.rule.head.args.flatMap((term, i) => (term.kind === 'aggregate' ? [{ term, i }] : []));
    const [only] = aggregates;
    const always = (): boolean => true;
    if (!only || aggregates.length > 1 || (only.term.fn !== 'min' && only.term.fn !== 'max')) return [always, always];
    const { fn, variable } = only.term;
    const slot = planned.slotOf.get(variable ?? '') ?? -1;
    const best = values.get(columns[only.i] as number);
    const order = ({ slots }: Instance): number => compareValues(values.get(slots[slot] as number), best);
    return [
      (instance) => (fn === 'min' ? order(instance) < 0 : order(instance) > 0),
      (instance) => order(instance) === 0,
    ];
  }

  /** Ways in which a rule gives nothing that matches the pattern. */
  private ruleFails(planned: PlannedRule, pattern: Pattern): readonly Support[] {
    const tick = planned.rule.time === 'deductive' ? pattern.tick : pattern.tick - 1;
    if (tick < 1) return ALWAYS;
    const possible = this.possible(planned, pattern.columns, tick);
    if (!possible) return NEVER;
    if (!hasAggregates(planned.rule)) return this.all(possible, (instance) => this.instanceFails(instance, pattern));
    const groups = new Map<string, { readonly row: Pattern; readonly instances: Instance[] }>();
    for (const instance of possible) {
      const row = { ...pattern, columns: headOf(this.it, instance) };
      const group = groups.get(keyOf(row));
      if (group) group.instances.push(instance);
      else groups.set(keyOf(row), { row, instances: [instance] });
    }
    return this.all([...groups.values()], ({ row, instances }) =>
      this.it.run.holds(row)
        ? this.present(row)
        : this.all(instances, (instance) => this.instanceFails(instance, pattern)),
    );
  }

  private instanceFails(instance: Instance, pattern: Pattern): readonly Support[] {
    const { planned, slots, tick } = instance;
    const fails = this.bodyFails(instance);
    if (planned.rule.time !== 'async') return fails;
    const { schema } = this.it;
    const to = schema.nodeOf(headOf(this.it, instance)[0] ?? pattern.columns[0] ?? OPEN);
    const fault = this.it.faultOn({ from: siteOf(schema, planned, slots), to, sent: tick });
    return fault ? this.leaves.or([fails, this.leaves.one({ kind: 'fault', fault })]) : fails;
  }

  /** Ways in which a literal of the instance fails. */
  private bodyFails(instance: Instance): readonly Support[] {
    const { run } = this.it;
    const failing = this.subgoals(instance).filter(({ pattern, negated }) => run.holds(pattern) === negated);
    return this.leaves.or(
      failing.map(({ pattern, negated }) => (negated ? this.present(pattern) : this.absent(pattern))),
    );
  }

  /** The instances of a rule whose positive subgoals are in the universe; undefined if there are too many. */
  private possible(planned: PlannedRule, columns: readonly number[], tick: number): Instance[] | undefined {
    const options = { ignoreNegated: true, budget: 5_000 };
    const { attempts, complete } = attemptsAt(this.it.schema, this.universe, planned, columns, tick, options);
    if (!complete) {
      this.leaves.capped = true;
      return undefined;
    }
    const whole = attempts.filter(({ blocking, misses }) => blocking < 0 && !misses);
    return whole.map(({ slots }) => ({ planned, slots, tick }));
  }

  private all<T>(items: readonly T[], ways: (item: T) => readonly Support[]): readonly Support[] {
    let result = ALWAYS;
    for (const item of items) {
      if (result.length === 0) return result;
      result = this.leaves.and(result, ways(item));
    }
    return result;
  }

  /** Answers a question once. Asked again while in progress, it is `meanwhile`; answers that took that for granted are not kept. */
  private once(key: string, meanwhile: readonly Support[], answer: () => readonly Support[]): readonly Support[] {
    const known = this.memo.get(key);
    if (known) return known;
    const asked = this.open.get(key);
    if (asked !== undefined) {
      this.shallowest = Math.min(this.shallowest, asked);
      return meanwhile;
    }
    const depth = this.open.size;
    const before = this.shallowest;
    this.shallowest = Number.POSITIVE_INFINITY;
    this.open.set(key, depth);
    const result = answer();
    this.open.delete(key);
    if (this.shallowest >= depth) {
      this.memo.set(key, result);
      this.shallowest = Number.POSITIVE_INFINITY;
    }
    this.shallowest = Math.min(before, this.shallowest);
    return result;
  }
}

/** The head of an instance, aggregates open. */
const headOf = (it: Case, { planned, slots }: Instance): number[] =>
  planned.rule.head.args.map((term) => termValue(it.schema, planned, term, slots));

const groupOf = ({ rule }: PlannedRule, columns: readonly number[]): number[] =>
  columns.map((value, i) => (rule.head.args[i]?.kind === 'aggregate' ? OPEN : value));

/** What an instance contributes to its group, as a key. */
function operandsOf({ planned, slots }: Instance): string {
  return planned.rule.head.args
    .flatMap((term) => {
      if (term.kind !== 'aggregate') return [];
      const own = term.variable === undefined ? planned.named : [planned.slotOf.get(term.variable) ?? -1];
      return [own.map((slot) => slots[slot]).join(',')];
    })
    .join(';');
}
