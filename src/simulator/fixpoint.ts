/**
 * Rules over a store, and the semi-naive fixpoint of one stratum (Bancilhon, 1986).
 *
 * Round 0 joins everything known when it starts; each later round joins, per recursive subgoal, the tuples that are new
 * since the round before: subgoals left of it range over old and new, those right of it over old only. Invariant: every
 * instance of every rule is emitted exactly once.
 */
import { invariant, LdfiError } from '../core/invariant.js';
import { type Budget, compileJoin, type Frame, type Join, type JoinContext } from './join.js';
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

/** What it counts for, in tuples looked at, to call a join and to compile one. */
const CALL_WORK = 5;
const COMPILE_WORK = 1_000;

/** A rule compiled over one store. */
export class RuleJoin {
  readonly frame: Frame;
  readonly context: JoinContext;
  sink: Sink = { emit: () => invariant(false, 'a join has a sink') };
  /** Body positions of the positive subgoals. */
  readonly positive: readonly number[];
  private full: Join | undefined;
  private readonly byDelta = new Map<number, Join>();

  constructor(
    readonly planned: PlannedRule,
    private readonly store: Store,
    schema: Schema,
    budget: Budget,
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
      left: -1,
      resume: -1,
    };
    this.context = {
      values: schema.values,
      isNode: (value) => schema.nodeOf(value) >= 0,
      extentOf: (literal) => (this.isPositive(literal) ? store : negative).extentOf(rule, literal),
      undefinedArithmetic: () => undefined,
      budget,
    };
  }

  /** Emits every instance over what is known now. False if the budget was spent before: then `rest` goes on. */
  all(): boolean {
    this.context.budget.tuples -= CALL_WORK;
    for (const literal of this.positive) {
      const { count } = this.store.extentOf(this.planned.rule, literal);
      if (count === 0) {
        this.sink.finish?.();
        return true;
      }
      this.range(literal, 0, count);
    }
    this.full ??= this.compile(this.planned.plan());
    return this.rest();
  }

  rest(): boolean {
    if (!this.full?.()) return false;
    this.sink.finish?.();
    return true;
  }

  /** The positive subgoals that read relations of `stratum`. */
  recursive(stratum: Stratum): number[] {
    return this.positive.filter((literal) =>
      stratum.relations.has(this.store.extentOf(this.planned.rule, literal).relation.id),
    );
  }

  /** Whether a subgoal's extent is filled during the current tick. */
  isGrowing(literal: number): boolean {
    return this.store.isGrowing(this.planned.rule, literal);
  }

  /**
   * Emits the instances that use a new tuple at one of the `recursive` subgoals; positions [old, now) are new, by
   * relation id. Yields when the budget is spent.
   */
  *delta(
    recursive: readonly number[],
    old: ReadonlyMap<number, number>,
    now: ReadonlyMap<number, number>,
  ): Generator<void, void> {
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
        const join = this.startingAt(literal);
        while (!join()) yield;
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

  private startingAt(literal: number): Join {
    let run = this.byDelta.get(literal);
    if (run === undefined) {
      run = this.compile(this.planned.plan(literal));
      this.byDelta.set(literal, run);
    }
    return run;
  }

  private compile(steps: readonly Step[]): Join {
    this.context.budget.tuples -= COMPILE_WORK;
    return compileJoin(steps, this.frame, this.context, () => this.sink.emit());
  }
}

/** Limits on one run. */
export interface Guards {
  /** Most facts of one relation at one tick. */
  readonly factsPerTick: number;
  /** Most rounds of one stratum. */
  readonly rounds: number;
  /** Most messages of one run. */
  readonly messages: number;
  /** Tuples that joins look at before long work yields; a few milliseconds. */
  readonly stretch: number;
}

export const DEFAULT_GUARDS: Guards = { factsPerTick: 200_000, rounds: 20_000, messages: 500_000, stretch: 200_000 };

/** The deductive rules of one stratum over a store. */
export class StratumJoins {
  /** Rules that read nothing of the stratum. */
  readonly plain: readonly RuleJoin[];
  private readonly recursive: readonly { readonly join: RuleJoin; readonly literals: readonly number[] }[];

  constructor(
    readonly stratum: Stratum,
    compile: (rule: PlannedRule) => RuleJoin,
    private readonly store: Store,
    private readonly guards: Guards,
  ) {
    const joins = stratum.rules.map((rule) => {
      const join = compile(rule);
      return { join, literals: join.recursive(stratum) };
    });
    this.plain = joins.filter(({ literals }) => literals.length === 0).map(({ join }) => join);
    this.recursive = joins.filter(({ literals }) => literals.length > 0);
  }

  get isRecursive(): boolean {
    return this.recursive.length > 0;
  }

  /**
   * Runs the rules over the current tick to their least fixpoint; yields when the budget is spent.
   * @throws LdfiError 'limit-iterations' if it takes more than `guards.rounds` rounds
   */
  *run(): Generator<void, void> {
    yield* runAll(this.plain);
    if (this.recursive.length === 0) return;
    // A look-up at another tick than the current one is no recursion.
    const loops = this.recursive.map(({ join, literals }) => ({
      join,
      literals: literals.filter((literal) => join.isGrowing(literal)),
    }));
    yield* runAll(loops.filter(({ literals }) => literals.length === 0).map(({ join }) => join));
    // Tuples that were there before (facts, arrivals, the plain rules' heads) are new to the recursive rules.
    let old: ReadonlyMap<number, number> = new Map([...this.stratum.relations].map((id) => [id, 0]));
    let now = this.counts();
    for (let round = 0; grew(old, now); round++) {
      if (round > this.guards.rounds) throw this.tooManyRounds();
      for (const { join, literals } of loops) if (literals.length > 0) yield* join.delta(literals, old, now);
      old = now;
      now = this.counts();
    }
  }

  private counts(): Map<number, number> {
    return new Map([...this.stratum.relations].map((id) => [id, this.store.current[id]?.count ?? 0]));
  }

  private tooManyRounds(): LdfiError {
    const heads = [...new Set(this.stratum.rules.map(({ rule }) => rule.head.relation))].join(', ');
    return new LdfiError(
      'limit-iterations',
      `the recursion through ${heads} takes more than ${this.guards.rounds} rounds within one tick`,
    );
  }
}

/** Runs joins one after the other; yields when the budget is spent. */
export function* runAll(joins: readonly RuleJoin[]): Generator<void, void> {
  for (const join of joins) {
    for (let done = join.all(); !done; done = join.rest()) yield;
    if (join.context.budget.tuples < 0) yield;
  }
}

function grew(old: ReadonlyMap<number, number>, now: ReadonlyMap<number, number>): boolean {
  for (const [id, count] of now) if (count > (old.get(id) as number)) return true;
  return false;
}
