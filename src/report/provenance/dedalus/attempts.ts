/**
 * Failed attempts: how far the instances of a rule get towards a head that does not hold.
 *
 * The body is joined under what the head binds: filters as soon as they can be decided, then the subgoal with the most bound columns. Wherever
 * nothing matches, the bindings so far and the literal that failed are an attempt. An async rule is tried at every node that could send.
 * The search is bounded, so it always ends; it looks at one tick, so cycles are no concern here.
 */
import { compareValues } from '../../../core/value.js';
import type { Literal } from '../../../dedalus/ast.js';
import { COMPARE } from '../../../simulator/join.js';
import type { PlannedRule } from '../../../simulator/plan.js';
import type { Schema } from '../../../simulator/schema.js';
import {
  bindHead,
  bindTuple,
  equalitySlot,
  freshSlots,
  headFits,
  isBound,
  patternOf,
  type Subgoal,
  siteOf,
  termValue,
} from './binding.js';
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
  /** Most literals tried. Default 3,000. */
  readonly budget?: number;
  /** Take negated subgoals as satisfied, whatever holds. */
  readonly ignoreNegated?: boolean;
}

/** All attempts of a rule, evaluated at `tick`, at a head that fits `columns`; `complete` is false if the budget ran out. */
export function attemptsAt(
  schema: Schema,
  facts: Facts,
  planned: PlannedRule,
  columns: readonly number[],
  tick: number,
  options: AttemptOptions = {},
): { readonly attempts: readonly Attempt[]; readonly complete: boolean } {
  const slots = freshSlots(planned);
  if (!bindHead(schema, planned, columns, slots)) return { attempts: [], complete: true };
  const search = new Search(schema, facts, planned, columns, tick, slots, options);
  const site = planned.location?.kind === 'slot' ? planned.location.slot : -1;
  if (planned.rule.time !== 'async' || site < 0 || slots[site] !== OPEN) search.start();
  else
    for (const sender of schema.nodeValues) {
      slots[site] = sender;
      search.start();
      slots[site] = OPEN;
    }
  return { attempts: search.found, complete: search.budget > 0 };
}

class Search {
  readonly found: Attempt[] = [];
  budget: number;

  constructor(
    private readonly schema: Schema,
    private readonly facts: Facts,
    private readonly planned: PlannedRule,
    private readonly columns: readonly number[],
    private readonly tick: number,
    private readonly slots: Int32Array,
    private readonly options: AttemptOptions,
  ) {
    this.budget = options.budget ?? 3_000;
  }

  start(): void {
    this.extend([...this.planned.rule.body.keys()], 0);
  }

  private extend(left: readonly number[], satisfied: number): void {
    if (this.budget-- <= 0) return;
    const next = this.filter(left) ?? this.mostBound(left);
    if (next === undefined) {
      this.finish(satisfied);
      return;
    }
    const rest = left.filter((literal) => literal !== next);
    const literal = this.planned.rule.body[next] as Literal;
    if (literal.kind === 'comparison') this.compare(literal, next, rest, satisfied);
    else if (literal.negated) {
      const blocked = !this.options.ignoreNegated && this.facts.matched(this.pattern(next));
      if (blocked) this.end(satisfied, next);
      else this.extend(rest, satisfied + 1);
    } else this.match(next, rest, satisfied);
  }

  private match(next: number, rest: readonly number[], satisfied: number): void {
    const tuples = this.facts.matches(this.pattern(next));
    if (tuples.length === 0) this.end(satisfied, next);
    for (const tuple of tuples) {
      if (this.budget <= 0) return;
      const bound = bindTuple(this.schema, this.planned, next, tuple, this.slots);
      this.extend(rest, satisfied + 1);
      for (const slot of bound) this.slots[slot] = OPEN;
    }
  }

  private compare(
    literal: Literal & { readonly kind: 'comparison' },
    next: number,
    rest: readonly number[],
    satisfied: number,
  ): void {
    const { schema, planned, slots } = this;
    const binds = equalitySlot(planned, literal, slots);
    if (binds) {
      const value = termValue(schema, planned, binds.to, slots);
      if (value === OPEN) {
        this.end(satisfied, next);
        return;
      }
      slots[binds.slot] = value;
      this.extend(rest, satisfied + 1);
      slots[binds.slot] = OPEN;
      return;
    }
    const [left, right] = [literal.left, literal.right].map((term) => termValue(schema, planned, term, slots));
    const holds =
      left !== undefined &&
      right !== undefined &&
      left !== OPEN &&
      right !== OPEN &&
      COMPARE[literal.op](compareValues(schema.values.get(left), schema.values.get(right)));
    if (holds) this.extend(rest, satisfied + 1);
    else this.end(satisfied, next);
  }

  private finish(satisfied: number): void {
    const { schema, planned, slots, columns } = this;
    const placed = planned.location === undefined || siteOf(schema, planned, slots) >= 0;
    this.end(satisfied, -1, !placed || !headFits(schema, planned, columns, slots));
  }

  private end(satisfied: number, blocking: number, misses = false): void {
    this.found.push({ slots: this.slots.slice(), satisfied, blocking, misses });
  }

  private pattern(literal: number): Pattern {
    return patternOf(this.schema, this.planned, literal, this.slots, this.tick);
  }

  /** The first comparison or negated subgoal that can be decided now. */
  private filter(left: readonly number[]): number | undefined {
    const { planned, slots } = this;
    return left.find((index) => {
      const literal = planned.rule.body[index] as Literal;
      if (literal.kind === 'comparison') {
        const sides = [literal.left, literal.right].filter((term) => isBound(planned, term, slots));
        return (
          sides.length === 2 || (sides.length === 1 && equalitySlot(planned, literal, slots) && literal.op === '==')
        );
      }
      return literal.negated && this.isDecided(literal);
    });
  }

  /** In a negated subgoal, a variable without a slot is local and needs no binding. */
  private isDecided({ atom }: Subgoal): boolean {
    return atom.args.every((term) => {
      if (term.kind === 'wildcard') return true;
      if (term.kind === 'variable' && !this.planned.slotOf.has(term.name)) return true;
      return isBound(this.planned, term, this.slots);
    });
  }

  /** The positive subgoal with the most bound columns, the first one on ties. */
  private mostBound(left: readonly number[]): number | undefined {
    let best: number | undefined;
    let most = -1;
    for (const index of left) {
      const literal = this.planned.rule.body[index] as Literal;
      if (literal.kind !== 'subgoal' || literal.negated) continue;
      const bound = literal.atom.args.filter((term) => isBound(this.planned, term, this.slots)).length;
      if (bound > most) [best, most] = [index, bound];
    }
    return best;
  }
}
