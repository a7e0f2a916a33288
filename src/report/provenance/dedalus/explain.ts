/**
 * Why a fact holds or does not, one level deep, over interned ids: what `why.ts` shows and `slice.ts` follows.
 *
 * A fact that holds has its firings. A fact that does not hold has failed attempts of two kinds. First the ways in
 * which the other runs (failure-free, or with one fault less) got it: each of them lacks something here, and following
 * what it lacks always leads to a fault, since the two runs differ in nothing else. Then what the rules could have
 * done besides, those that get furthest.
 */
import { distinctBy } from '../../../core/distinct.js';
import { getOrMake, groupBy } from '../../../core/memo.js';
import type { Fault } from '../../../faults/fault.js';
import { hasAggregates } from '../../../simulator/aggregate.js';
import type { PlannedRule } from '../../../simulator/plan.js';
import type { Relation } from '../../../simulator/relation.js';
import type { RawFiring } from '../../../simulator/run.js';
import type { Schema } from '../../../simulator/schema.js';
import type { Case } from '../case.js';
import { keptFrom, movedBy, named, stillAt, stoppedAt } from '../loss.js';
import { type Attempt, attemptsAt, type Facts, headValue, instancesOf, patternOf, readingOf, siteOf } from './joins.js';
import { keyOf, OPEN, type Pattern } from './pattern.js';
import type { Traced } from './traced.js';

export interface BodyFact {
  readonly pattern: Pattern;
  readonly negated: boolean;
  /** Whether the fact holds (not: whether the literal is satisfied). */
  readonly holds: boolean;
  readonly blocking: boolean;
}

/** A message on its way by a rule: from, to as node numbers. */
export interface Sent {
  readonly from: number;
  readonly to: number;
  readonly sent: number;
  /** Its number in its slot, where messages have fates of their own and it was sent in this run. */
  readonly nth: number | undefined;
}

export interface Step {
  readonly planned: PlannedRule;
  /** The rule's bindings (the first instance's for an aggregate). */
  readonly slots: Int32Array;
  /** Tick at which the rule was evaluated. */
  readonly tick: number;
  readonly body: readonly BodyFact[];
  /** The comparison that failed: index in the rule's body. */
  readonly comparison?: number;
  /** The message of an async rule whose whole body holds. */
  readonly message?: Sent;
  /**
   * The fault that lost the message, keeps it from arriving at this tick, or makes it arrive at another one than usual;
   * or that keeps the node from running the rule.
   */
  readonly fault?: Fault;
  /** Whether the step fired in one of the other runs. */
  readonly fired?: boolean;
  /** The body holds and nothing was lost, but the head came out as another fact. */
  readonly misses?: boolean;
}

/** Most facts that a pattern which holds is explained by, most steps, and most attempts per rule. */
const MOST = { facts: 8, steps: 24, attempts: 5 } as const;

/** What holds here or in the failure-free run. */
const eitherRun = ({ run, good }: Case<Traced>): Facts => ({
  matches: (pattern) => {
    const [here, there] = [run.matches(pattern), good.matches(pattern)];
    if (there.length === 0) return here;
    return here.length === 0 ? there : [...new Set([...here, ...there])];
  },
  matched: (pattern) => run.matched(pattern) || good.matched(pattern),
});

/** Whether the truth of something here is another one in one of the runs that this one is compared with. */
export function differs(it: Case<Traced>, pattern: Pattern): boolean {
  if (it.run.names.unaffected.has(pattern.relation)) return false;
  const holds = it.run.matched(pattern);
  return it.references.some((other) => other.matched(pattern) !== holds);
}

/** The firings of the facts that match a pattern. */
export function firingsOf(it: Case<Traced>, pattern: Pattern): Step[] {
  const facts = it.run.matches(pattern).slice(0, MOST.facts);
  const firings = facts.flatMap((tuple) => it.run.firings(pattern.relation, tuple, pattern.tick));
  return firings.slice(0, MOST.steps).map((firing) => fired(it, firing));
}

function fired(it: Case<Traced>, firing: RawFiring): Step {
  const { schema } = it.run;
  const planned = schema.rules[firing.rule] as PlannedRule;
  const columns = schema.relation(planned.rule.head.relation).tuples.get(firing.tuple);
  const step = sent(it, stepOf(it, planned, instancesOf(schema, firing), firing.tick), columns);
  const fault = step.message
    ? movedBy(it.scenario, named(it.of.nodes, step.message), firing.headTick)
    : standing(it, step);
  return fault ? { ...step, fault } : step;
}

function stepOf(it: Case<Traced>, planned: PlannedRule, instances: readonly Int32Array[], tick: number, blocking = -1) {
  const body = instances.flatMap((slots) => bodyOf(it, planned, slots, tick, blocking));
  return {
    planned,
    slots: instances[0] ?? new Int32Array(),
    tick,
    body: distinctBy(body, (fact) => `${fact.negated}${keyOf(fact.pattern)}`),
  };
}

/** Body facts of an instance; `blocking` is the literal that failed. */
function bodyOf(it: Case<Traced>, planned: PlannedRule, slots: Int32Array, tick: number, blocking: number): BodyFact[] {
  return planned.rule.body.flatMap((literal, index): BodyFact[] => {
    if (literal.kind !== 'subgoal') return [];
    const pattern = patternOf(it.run.schema, readingOf(it.run.schema, planned, index), slots, tick);
    return [{ pattern, negated: literal.negated, holds: it.run.matched(pattern), blocking: index === blocking }];
  });
}

/** With the message of these columns, of which all but the receiver may be open, that an async rule sends. */
function sent({ run }: Case<Traced>, step: Step, columns: readonly number[]): Step {
  const { schema } = run;
  if (step.planned.rule.time !== 'async') return step;
  const { id, tuples } = schema.relation(step.planned.rule.head.relation);
  const [from, to] = [siteOf(schema, step.planned, step.slots), schema.nodeOf(columns[0] ?? OPEN)];
  const tuple = tuples.find(columns);
  const message = run.raw.made[step.tick]?.messages.find(
    (one) => one.from === from && one.to === to && one.relation === id && one.tuple === tuple,
  );
  return { ...step, message: { from, to, sent: step.tick, nth: message?.nth } };
}

/** The fault that keeps a rule from counting a timer on. */
const standing = (it: Case<Traced>, { planned, slots, tick }: Step): Fault | undefined =>
  it.run.schema.timerIn(planned) === undefined
    ? undefined
    : stillAt(it.scenario, it.of.nodes[siteOf(it.run.schema, planned, slots)], tick);

/** With the fault that kept a rule from giving its head at a tick; without one the head came out as another fact. */
function lost(it: Case<Traced>, step: Step, at: number): Step {
  const { schema } = it.run;
  const isStopped = schema.stopped.rules.has(step.planned.rule);
  const site = it.of.nodes[siteOf(schema, step.planned, step.slots)];
  const fault =
    (step.message && keptFrom(it.scenario, named(it.of.nodes, step.message), at)) ??
    (isStopped ? stoppedAt(it.scenario, site, step.tick) : undefined) ??
    standing(it, step);
  return fault ? { ...step, fault } : { ...step, misses: true };
}

/** Why nothing matches a pattern: how the other runs got it, then the rules' best failed attempts. */
export function whyNot(it: Case<Traced>, pattern: Pattern): Step[] {
  const best = rulesFor(it, pattern).flatMap(({ planned, tick }) => failures(it, planned, pattern, tick));
  return distinctBy(
    [...firedElsewhere(it, pattern), ...shiftedReasons(it, pattern), ...best],
    ({ planned, tick, body }) => {
      return `${planned.index}@${tick}:${body.map((fact) => keyOf(fact.pattern)).join()}`;
    },
  );
}

/** How the other runs got facts that match, and what each way lacks here. */
export function firedElsewhere(it: Case<Traced>, pattern: Pattern): Step[] {
  return it.references.flatMap((other) => {
    const tuples = other.matches(pattern).slice(0, MOST.facts);
    const firings = tuples.flatMap((tuple) => other.firings(pattern.relation, tuple, pattern.tick));
    return firings.slice(0, MOST.steps).map((firing) => lostFiring(it, other, firing));
  });
}

function lostFiring(it: Case<Traced>, other: Traced, firing: RawFiring): Step {
  const { message, fault: _, ...way } = { ...fired(it, firing), fired: true };
  const first = way.body.findIndex(({ negated, holds }) => negated === holds);
  if (first >= 0) return { ...way, body: way.body.map((fact, i) => ({ ...fact, blocking: i === first })) };
  const step = lost(it, { ...way, ...(message && { message }) }, firing.headTick);
  const news = step.misses && hasAggregates(step.planned.rule) ? newcomers(it, other, step.planned, firing) : [];
  return { ...step, body: [...step.body, ...news] };
}

/** What contributes to an aggregate here and not in the other run. */
function newcomers(it: Case<Traced>, other: Traced, planned: PlannedRule, { tuple, tick }: RawFiring): BodyFact[] {
  const { schema } = it.run;
  const { tuples } = schema.relation(planned.rule.head.relation);
  const columns = planned.rule.head.args.map((term, i) => (term.kind === 'aggregate' ? OPEN : tuples.at(tuple, i)));
  const complete = attemptsAt(schema, it.run, planned, columns, tick).attempts.filter(isComplete);
  return stepOf(
    it,
    planned,
    complete.map(({ slots }) => slots),
    tick,
  )
    .body.filter(({ pattern, negated }) => other.matched(pattern) === negated)
    .map((fact) => ({ ...fact, blocking: true }));
}

const isComplete = ({ blocking, misses }: Attempt): boolean => blocking < 0 && !misses;

const RULES = new WeakMap<Schema, ReadonlyMap<string, readonly PlannedRule[]>>();

/** The rules that could give a fact, and the tick at which each would have to be evaluated. */
function rulesFor({ run: { schema, eot } }: Case<Traced>, { relation, tick }: Pattern) {
  const rules = getOrMake(RULES, schema, () => groupBy(schema.rules, ({ rule }) => rule.head.relation));
  return (rules.get((schema.relations[relation] as Relation).name) ?? []).flatMap((planned) => {
    const at = planned.rule.time === 'deductive' ? tick : tick - 1;
    return at >= 1 && at <= eot ? [{ planned, tick: at }] : [];
  });
}

/** Instances of rules for a fact that have all that they need but, perhaps, the absence of what they negate. */
const unguarded = (it: Case<Traced>, facts: Facts, pattern: Pattern): Step[][] =>
  rulesFor(it, pattern).map(({ planned, tick }) =>
    attemptsAt(it.run.schema, facts, planned, pattern.columns, tick, { ignoreNegated: true, budget: 500 })
      .attempts.filter(isComplete)
      .map(({ slots }) => stepOf(it, planned, [slots], tick)),
  );

/**
 * Instances that fail here for another reason than in the failure-free run: where something is absent in both, the
 * cause may lie in what keeps it away (no replica is behind: not because all have answered, but because the others
 * were struck off).
 */
export function shiftedReasons(it: Case<Traced>, pattern: Pattern): Step[] {
  if (it.isGood || it.run.names.unaffected.has(pattern.relation)) return [];
  return unguarded(it, eitherRun(it), pattern).flatMap((steps) =>
    steps
      .flatMap((step) => {
        const shifted = step.body.findIndex(
          ({ pattern: fact, negated, holds }) => negated === holds && it.good.matched(fact) !== holds,
        );
        return shifted < 0
          ? []
          : [{ ...step, body: step.body.map((fact, i) => ({ ...fact, blocking: i === shifted })) }];
      })
      .slice(0, MOST.attempts),
  );
}

/**
 * What keeps an absent fact away though its rule has all else that it needs: facts that hold and that the rule negates
 * (no vote is missing, for all have voted).
 */
export function guardsOf(it: Case<Traced>, pattern: Pattern): Pattern[] {
  const { schema, names } = it.run;
  if (names.unaffected.has(pattern.relation)) return [];
  // A crash stands in the way by itself; what no fault can change is so in every run.
  const isEarned = (relation: number): boolean => relation !== schema.crash.id && !names.unaffected.has(relation);
  return unguarded(it, it.run, pattern)
    .flatMap((steps) => steps.slice(0, MOST.steps))
    .flatMap(({ body }) => body.filter(({ negated, holds, pattern: of }) => negated && holds && isEarned(of.relation)))
    .map((fact) => fact.pattern);
}

/** The best failed attempts of one rule at a pattern. */
function failures(it: Case<Traced>, planned: PlannedRule, pattern: Pattern, tick: number): Step[] {
  const { attempts } = attemptsAt(it.run.schema, it.run, planned, pattern.columns, tick);
  const ranked = attempts
    .map((attempt) => ({ attempt, rank: rankOf(it, planned, attempt, tick) }))
    .sort((a, b) => b.rank - a.rank);
  const steps = new Map<string, Step>();
  for (const { attempt, rank } of ranked) {
    if (steps.size >= MOST.attempts || (rank === 0 && ranked[0]?.rank !== 0)) break;
    const step = failure(it, planned, attempt, pattern, tick);
    const key = step.body.map((fact) => `${fact.blocking}${keyOf(fact.pattern)}`).join();
    if (!steps.has(key)) steps.set(key, step);
  }
  return [...steps.values()];
}

/** A lost message first, then what differs from the other runs, then what gets furthest. */
function rankOf(it: Case<Traced>, planned: PlannedRule, attempt: Attempt, tick: number): number {
  const { slots, satisfied, blocking, misses } = attempt;
  if (blocking < 0) return misses ? satisfied : 2_000 + satisfied;
  if (planned.rule.body[blocking]?.kind !== 'subgoal') return satisfied;
  return (
    satisfied +
    (differs(it, patternOf(it.run.schema, readingOf(it.run.schema, planned, blocking), slots, tick)) ? 1_000 : 0)
  );
}

function failure(it: Case<Traced>, planned: PlannedRule, attempt: Attempt, pattern: Pattern, tick: number): Step {
  const { slots, blocking } = attempt;
  const step = stepOf(it, planned, [slots], tick, blocking);
  if (blocking >= 0)
    return planned.rule.body[blocking]?.kind === 'comparison' ? { ...step, comparison: blocking } : step;
  if (attempt.misses) return { ...step, misses: true };
  const columns = pattern.columns.map((value, i) => {
    const known = headValue(it.run.schema, planned, i, slots);
    return known === OPEN ? value : known;
  });
  return lost(it, sent(it, step, columns), pattern.tick);
}
