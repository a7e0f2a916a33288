/**
 * Which rules could have given a fact in some scenario: those with an instance over U, the facts that are possible at
 * all. What could never have been is no answer to why something is not.
 */
import { getOrMake, groupBy } from '../../../core/memo.js';
import type { Ground } from '../../../lineage/ground/ground.js';
import type { PlannedRule } from '../../../simulator/plan.js';
import type { Relation } from '../../../simulator/relation.js';
import type { Schema } from '../../../simulator/schema.js';
import type { BodyFact, Step } from './explain.js';
import { attemptsAt, type Facts } from './joins.js';
import { keyOf, OPEN, type Pattern } from './pattern.js';

export class Possible implements Facts {
  /** Tuples by relation and tick. */
  private readonly tuples: ReadonlyMap<string, readonly number[]>;
  private readonly known = new Map<string, boolean>();

  constructor(
    private readonly schema: Schema,
    { facts }: Ground,
  ) {
    const all = facts.flatMap((fact) => fact ?? []);
    const groups = groupBy(all, ({ relation, tick }) => `${relation} ${tick}`);
    this.tuples = new Map([...groups].map(([key, group]) => [key, group.map(({ tuple }) => tuple)]));
  }

  matches({ relation, columns, tick, equal = [] }: Pattern): readonly number[] {
    const { tuples } = this.schema.relations[relation] as Relation;
    return (this.tuples.get(`${relation} ${tick}`) ?? []).filter(
      (tuple) =>
        columns.every((value, i) => value === OPEN || tuples.at(tuple, i) === value) &&
        equal.every(([i, j]) => tuples.at(tuple, i) === tuples.at(tuple, j)),
    );
  }

  matched(pattern: Pattern): boolean {
    return this.matches(pattern).length > 0;
  }

  /**
   * The failed attempts at a fact without those that fail in every scenario. Of a rule that could have given it one
   * always stays, whatever it stumbles over.
   */
  among(steps: readonly Step[], pattern: Pattern): Step[] {
    const rules = groupBy(
      steps.filter(({ planned, tick, fired }) => fired === true || this.couldGive(planned, tick, pattern)),
      ({ planned, tick }) => `${planned.index} ${tick}`,
    );
    const kept = new Set(
      [...rules.values()].flatMap((own) => {
        const possible = own.filter((step) => step.fired === true || step.body.every((fact) => this.couldBe(fact)));
        return possible.length > 0 ? possible : own.slice(0, 1);
      }),
    );
    return steps.filter((step) => kept.has(step));
  }

  /** Whether what stood in an attempt's way could have been otherwise. */
  private couldBe({ pattern, negated, blocking }: BodyFact): boolean {
    return !blocking || negated || pattern.relation === this.schema.crash.id || this.matched(pattern);
  }

  /** Whether a rule, evaluated at a tick, has an instance for a fact that matches; negation aside. */
  private couldGive(planned: PlannedRule, tick: number, pattern: Pattern): boolean {
    return getOrMake(this.known, `${planned.index} ${tick} ${keyOf(pattern)}`, () => {
      // Which nodes crash is no matter of facts.
      if (
        planned.rule.body.some((part) => part.kind === 'subgoal' && !part.negated && this.isCrash(part.atom.relation))
      )
        return true;
      const { attempts, complete } = attemptsAt(this.schema, this, planned, pattern.columns, tick, {
        ignoreNegated: true,
      });
      return !complete || attempts.some(({ blocking, misses }) => blocking < 0 && !misses);
    });
  }

  private isCrash = (relation: string): boolean => relation === this.schema.crash.name;
}
