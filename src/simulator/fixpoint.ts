/**
 * Rules over a store, and the semi-naive fixpoint of one stratum (Bancilhon, 1986).
 *
 * Round 0 joins everything known when it starts; each later round joins, per recursive subgoal, the tuples that are new since the round before: subgoals
 * left of it range over old and new, those right of it over old only. Invariant: every instance of every rule is emitted exactly once.
 */
import { invariant, LdfiError } from '../core/invariant.js';
import { compileJoin, type Frame, type JoinContext } from './join.js';
import type { PlannedRule, Step } from './plan.js';
import type { Schema, Stratum } from './schema.js';
import type { Store } from './store.js';

/** What happens to the instances of a rule. */
export interface Sink {
  /** One instance: its bindings are in the frame. */
  emit(): void;
  /** All instances of a full pass have been emitted; aggregates close their groups here. */
  finish?(): void;
}

/** A rule compiled over one store. */
export class RuleJoin {
  readonly frame: Frame;
  readonly context: JoinContext;
  sink: Sink = { emit: () => invariant(false, 'a join has a sink') };
  /** Body positions of the positive subgoals. */
  readonly positive: readonly number[];
  private full: (() => void) | undefined;
  private readonly byDelta = new Map<number, () => void>();

  constructor(
    readonly planned: PlannedRule,
    private readonly store: Store,
    schema: Schema,
    /** Store in which negated subgoals look for a tuple; the same one, except when grounding. */
    negative: Store = store,
  ) {
    const { rule } = planned;
    this.positive = [...rule.body.keys()].filter((i) => {
      const literal = rule.body[i];
      return literal?.kind === 'subgoal' && !literal.negated;
    });
    const size = rule.body.length;
    this.frame = {
      slots: new Int32Array(planned.slots),
      matched: new Int32Array(size),
      from: new Int32Array(size),
      to: new Int32Array(size),
    };
    this.context = {
      values: schema.values,
      isNode: (value) => schema.nodeOf(value) >= 0,
      extentOf: (literal) => (this.isPositive(literal) ? store : negative).extentOf(rule, literal),
      undefinedArithmetic: () => undefined,
    };
  }

  /** Emits every instance over what is known now. */
  all(): void {
    for (const literal of this.positive) {
      const { count } = this.store.extentOf(this.planned.rule, literal);
      if (count === 0) {
        this.sink.finish?.();
        return;
      }
      this.range(literal, 0, count);
    }
    this.full ??= this.compile(this.planned.plan());
    this.full();
    this.sink.finish?.();
  }

  /** The positive subgoals that read relations of `stratum` as it is being filled. */
  recursive(stratum: Stratum): number[] {
    return this.positive.filter(
      (literal) =>
        stratum.relations.has(this.store.extentOf(this.planned.rule, literal).relation.id) &&
        this.store.isGrowing(this.planned.rule, literal),
    );
  }

  /** Emits the instances that use a new tuple at one of the `recursive` subgoals; positions [old, now) are new, by relation id. */
  delta(recursive: readonly number[], old: ReadonlyMap<number, number>, now: ReadonlyMap<number, number>): void {
    const { rule } = this.planned;
    for (const literal of this.positive) this.range(literal, 0, this.store.extentOf(rule, literal).count);
    const bounds = (literal: number): [number, number] => {
      const { id } = this.store.extentOf(rule, literal).relation;
      return [old.get(id) as number, now.get(id) as number];
    };
    for (const literal of recursive) this.range(literal, 0, bounds(literal)[0]);
    for (const literal of recursive) {
      const [before, after] = bounds(literal);
      if (after > before) {
        this.range(literal, before, after);
        this.startingAt(literal)();
      }
      this.range(literal, 0, after);
    }
  }

  private isPositive(literal: number): boolean {
    return this.positive.includes(literal);
  }

  private range(literal: number, from: number, to: number): void {
    this.frame.from[literal] = from;
    this.frame.to[literal] = to;
  }

  private startingAt(literal: number): () => void {
    let run = this.byDelta.get(literal);
    if (run === undefined) {
      run = this.compile(this.planned.plan(literal));
      this.byDelta.set(literal, run);
    }
    return run;
  }

  private compile(steps: readonly Step[]): () => void {
    return compileJoin(steps, this.frame, this.context, () => this.sink.emit());
  }
}

/** Limits on one tick's fixpoint. */
export interface Guards {
  /** Most facts at one tick. */
  readonly factsPerTick: number;
  /** Most rounds of one stratum. */
  readonly rounds: number;
}

export const DEFAULT_GUARDS: Guards = { factsPerTick: 200_000, rounds: 20_000 };

/**
 * Runs the deductive rules of one stratum to their least fixpoint.
 * @throws LdfiError 'limit-iterations' if it takes more than `guards.rounds` rounds
 */
export function runStratum(stratum: Stratum, joins: readonly RuleJoin[], store: Store, guards: Guards): void {
  const counts = (): Map<number, number> =>
    new Map([...stratum.relations].map((id) => [id, store.current[id]?.count ?? 0]));
  if (joins.length === 0) return;
  const recursions = joins.map((join) => ({ join, literals: join.recursive(stratum) }));
  const recursive = recursions.filter(({ literals }) => literals.length > 0);
  let old = counts();
  for (const { join, literals } of recursions) {
    if (literals.length === 0) join.all();
  }
  let now = counts();
  // Tuples present before the stratum ran (facts, arrivals) count as new for the recursive rules.
  if (recursive.length > 0) old = new Map([...old.keys()].map((id) => [id, 0]));
  for (let round = 0; recursive.length > 0 && grew(old, now); round++) {
    if (round > guards.rounds) throw tooManyRounds(joins, guards);
    for (const { join, literals } of recursive) join.delta(literals, old, now);
    old = now;
    now = counts();
  }
}

function grew(old: ReadonlyMap<number, number>, now: ReadonlyMap<number, number>): boolean {
  for (const [id, count] of now) if (count > (old.get(id) as number)) return true;
  return false;
}

function tooManyRounds(joins: readonly RuleJoin[], guards: Guards): LdfiError {
  const heads = [...new Set(joins.map(({ planned }) => planned.rule.head.relation))].join(', ');
  return new LdfiError(
    'limit-iterations',
    `the recursion through ${heads} takes more than ${guards.rounds} rounds within one tick`,
  );
}
