/**
 * Why a fact holds or does not, one level deep, over interned ids: what `why.ts` shows and `slice.ts` follows.
 *
 * A fact that holds has its firings. A fact that does not hold has failed attempts of two kinds. First the ways in which the other runs (failure-free,
 * or with one fault less) got it: each of them lacks something here, and following what it lacks always leads to a fault, since the
 * two runs differ in nothing else. Then what the rules could have done besides, those that get furthest.
 */
import type { Fault } from '../../../faults/fault.js';
import { hasAggregates } from '../../../simulator/aggregate.js';
import type { PlannedRule } from '../../../simulator/plan.js';
import type { RawFiring } from '../../../simulator/run.js';
import type { Case } from '../case.js';
import { lostTo } from '../loss.js';
import { type Attempt, attemptsAt, type Facts, instancesOf, patternOf, siteOf, termValue } from './joins.js';
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
}

export interface Step {
  /** Index of the rule. */
  readonly rule: number;
  /** The rule's bindings (the first instance's for an aggregate). */
  readonly slots: Int32Array;
  /** Tick at which the rule was evaluated. */
  readonly tick: number;
  readonly body: readonly BodyFact[];
  /** The comparison that failed: index in the rule's body. */
  readonly comparison: number | undefined;
  /** The message of an async rule whose whole body holds. */
  readonly message: Sent | undefined;
  /** The fault that lost that message. */
  readonly fault: Fault | undefined;
  /** Whether the step fired in one of the other runs. */
  readonly fired: boolean;
  /** The body holds and nothing was lost, but the head came out as another fact. */
  readonly misses: boolean;
}

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

/** Most facts that a pattern which holds is explained by, most steps, and most attempts per rule. */
const MOST_FACTS = 8;
const MOST_STEPS = 24;
const MOST_ATTEMPTS = 5;

/** The firings of the facts that match a pattern. */
export function ways(it: Case<Traced>, pattern: Pattern): Step[] {
  const { run } = it;
  const steps: Step[] = [];
  for (const tuple of run.matches(pattern).slice(0, MOST_FACTS))
    for (const firing of run.firings(pattern.relation, tuple, pattern.tick)) {
      if (steps.length >= MOST_STEPS) return steps;
      steps.push(wayOf(it, firing));
    }
  return steps;
}

function wayOf(it: Case<Traced>, firing: RawFiring): Step {
  const planned = it.run.schema.rules[firing.rule] as PlannedRule;
  const instances = instancesOf(it.run.schema, firing);
  const [slots = new Int32Array()] = instances;
  const head = it.run.schema.relation(planned.rule.head.relation);
  return {
    rule: firing.rule,
    slots,
    tick: firing.tick,
    body: distinct(instances.flatMap((instance) => bodyOf(it, planned, instance, firing.tick, -1))),
    comparison: undefined,
    message: sentBy(it, planned, slots, firing.tick, head.tuples.at(firing.tuple, 0)),
    fault: undefined,
    fired: false,
    misses: false,
  };
}

/** Body facts of an instance; `blocking` is the literal that failed. */
function bodyOf(it: Case<Traced>, planned: PlannedRule, slots: Int32Array, tick: number, blocking: number): BodyFact[] {
  return planned.rule.body.flatMap((literal, index): BodyFact[] => {
    if (literal.kind !== 'subgoal') return [];
    const pattern = patternOf(it.run.schema, planned, index, slots, tick);
    const holds = it.run.matched(pattern);
    return [{ pattern, negated: literal.negated, holds, blocking: index === blocking }];
  });
}

function distinct(body: readonly BodyFact[]): BodyFact[] {
  const seen = new Set<string>();
  return body.filter(({ pattern, negated }) => {
    const key = `${negated}${keyOf(pattern)}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function sentBy(it: Case<Traced>, planned: PlannedRule, slots: Int32Array, sent: number, to: number): Sent | undefined {
  if (planned.rule.time !== 'async') return undefined;
  return { from: siteOf(it.run.schema, planned, slots), to: it.run.schema.nodeOf(to), sent };
}

/** Why nothing matches a pattern: how the other runs got it, then the rules' best failed attempts. */
export function whyNot(it: Case<Traced>, pattern: Pattern): Step[] {
  const steps = [
    ...lostWays(it, pattern),
    ...shiftedWays(it, pattern),
    ...rulesFor(it, pattern).flatMap(({ planned, tick }) => failures(it, planned, pattern, tick)),
  ];
  const seen = new Set<string>();
  return steps.filter((step) => {
    const key = `${step.rule}@${step.tick}:${step.body.map(({ pattern }) => keyOf(pattern)).join()}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** How the other runs got facts that match, and what each way lacks here. */
export function lostWays(it: Case<Traced>, pattern: Pattern): Step[] {
  return it.references.flatMap((other) => {
    const tuples = other.matches(pattern).slice(0, MOST_FACTS);
    const firings = tuples.flatMap((tuple) => other.firings(pattern.relation, tuple, pattern.tick));
    return firings.slice(0, MOST_STEPS).map((firing) => lostWay(it, other, firing));
  });
}

function lostWay(it: Case<Traced>, other: Traced, firing: RawFiring): Step {
  const step = wayOf(it, firing);
  const planned = it.run.schema.rules[firing.rule] as PlannedRule;
  const first = step.body.findIndex(({ negated, holds }) => negated === holds);
  const body = step.body.map((fact, i) => ({ ...fact, blocking: i === first }));
  const complete = first < 0;
  const fault = complete && step.message ? lostTo(it.scenario, it.of.nodes, step.message) : undefined;
  const news = complete && !fault && hasAggregates(planned.rule) ? newcomers(it, other, planned, firing) : [];
  return {
    ...step,
    body: [...body, ...news],
    message: complete ? step.message : undefined,
    fault,
    fired: true,
    misses: complete && !fault,
  };
}

/** What contributes to an aggregate here and not in the other run. */
function newcomers(it: Case<Traced>, other: Traced, planned: PlannedRule, firing: RawFiring): BodyFact[] {
  const head = it.run.schema.relation(planned.rule.head.relation);
  const columns = planned.rule.head.args.map((term, i) =>
    term.kind === 'aggregate' ? OPEN : head.tuples.at(firing.tuple, i),
  );
  const { attempts } = attemptsAt(it.run.schema, it.run, planned, columns, firing.tick);
  const complete = attempts.filter(({ blocking, misses }) => blocking < 0 && !misses);
  const body = distinct(complete.flatMap(({ slots }) => bodyOf(it, planned, slots, firing.tick, -1)));
  return body
    .filter(({ pattern, negated }) => other.matched(pattern) === negated)
    .map((fact) => ({ ...fact, blocking: true }));
}

/** The rules that could give a fact, and the tick at which each would have to be evaluated. */
function rulesFor(it: Case<Traced>, pattern: Pattern): { readonly planned: PlannedRule; readonly tick: number }[] {
  return it.run.schema.rules.flatMap((planned) => {
    const tick = planned.rule.time === 'deductive' ? pattern.tick : pattern.tick - 1;
    const fits = it.run.schema.relation(planned.rule.head.relation).id === pattern.relation;
    return fits && tick >= 1 && tick <= it.run.eot ? [{ planned, tick }] : [];
  });
}

/**
 * Instances that fail here for another reason than in the failure-free run: where something is absent in both, the story may lie in
 * what keeps it away (no replica is behind: not because all have answered, but because the others were struck off).
 */
export function shiftedWays(it: Case<Traced>, pattern: Pattern): Step[] {
  if (it.isGood || it.run.names.unaffected.has(pattern.relation)) return [];
  return rulesFor(it, pattern).flatMap(({ planned, tick }) => {
    const options = { ignoreNegated: true, budget: 500 };
    const { attempts } = attemptsAt(it.run.schema, eitherRun(it), planned, pattern.columns, tick, options);
    const steps: Step[] = [];
    for (const { slots, blocking, misses } of attempts) {
      if (blocking >= 0 || misses) continue;
      const body = bodyOf(it, planned, slots, tick, -1);
      const shifted = body.findIndex(
        ({ pattern: fact, negated, holds }) => negated === holds && it.good.matched(fact) !== holds,
      );
      if (shifted < 0 || steps.length >= MOST_ATTEMPTS) continue;
      steps.push({
        rule: planned.index,
        slots,
        tick,
        body: body.map((fact, i) => ({ ...fact, blocking: i === shifted })),
        comparison: undefined,
        message: undefined,
        fault: undefined,
        fired: false,
        misses: false,
      });
    }
    return steps;
  });
}

/**
 * What keeps an absent fact away though its rule has all else that it needs: facts that hold and that the rule negates (no vote is missing, for all have voted).
 */
export function guardsOf(it: Case<Traced>, pattern: Pattern): Pattern[] {
  if (it.run.names.unaffected.has(pattern.relation)) return [];
  return rulesFor(it, pattern).flatMap(({ planned, tick }) => {
    if (!planned.rule.body.some((literal) => literal.kind === 'subgoal' && literal.negated)) return [];
    const options = { ignoreNegated: true, budget: 500 };
    const { attempts } = attemptsAt(it.run.schema, it.run, planned, pattern.columns, tick, options);
    return attempts
      .filter(({ blocking, misses }) => blocking < 0 && !misses)
      .slice(0, MOST_STEPS)
      .flatMap(({ slots }) => bodyOf(it, planned, slots, tick, -1))
      .filter(({ negated, holds, pattern: { relation } }) => negated && holds && isEarned(it, relation))
      .map((fact) => fact.pattern);
  });
}

/** A crash stands in the way by itself; what is unaffected is so in every run. */
const isEarned = (it: Case<Traced>, relation: number): boolean =>
  relation !== it.run.schema.crash.id && !it.run.names.unaffected.has(relation);

/** The best failed attempts of one rule at a pattern. */
function failures(it: Case<Traced>, planned: PlannedRule, pattern: Pattern, tick: number): Step[] {
  const { attempts } = attemptsAt(it.run.schema, it.run, planned, pattern.columns, tick);
  const ranked = attempts
    .map((attempt) => ({ attempt, rank: rankOf(it, planned, attempt, tick) }))
    .sort((a, b) => b.rank - a.rank);
  const [best] = ranked;
  if (!best) return [];
  const kept = ranked.filter(({ rank }) => rank > 0 || best.rank === 0);
  const steps = new Map<string, Step>();
  for (const { attempt } of kept) {
    if (steps.size >= MOST_ATTEMPTS) break;
    const step = failure(it, planned, attempt, pattern, tick);
    const key = step.body.map((fact) => `${fact.blocking}${keyOf(fact.pattern)}`).join();
    if (!steps.has(key)) steps.set(key, step);
  }
  return [...steps.values()];
}

/** A lost message first, then what differs from the other runs, then what gets furthest. */
function rankOf(
  it: Case<Traced>,
  planned: PlannedRule,
  { slots, satisfied, blocking, misses }: Attempt,
  tick: number,
): number {
  if (blocking < 0) return misses ? satisfied : 2_000 + satisfied;
  if (planned.rule.body[blocking]?.kind !== 'subgoal') return satisfied;
  const pattern = patternOf(it.run.schema, planned, blocking, slots, tick);
  return differs(it, pattern) ? 1_000 + satisfied : satisfied;
}

function failure(it: Case<Traced>, planned: PlannedRule, attempt: Attempt, pattern: Pattern, tick: number): Step {
  const { rule } = planned;
  const { slots, blocking, misses } = attempt;
  const complete = blocking < 0 && !misses;
  const message = complete ? sentBy(it, planned, slots, tick, placeOf(it, planned, slots, pattern)) : undefined;
  const fault = message && lostTo(it.scenario, it.of.nodes, message);
  return {
    rule: planned.index,
    slots,
    tick,
    body: bodyOf(it, planned, slots, tick, blocking),
    comparison: rule.body[blocking]?.kind === 'comparison' ? blocking : undefined,
    message,
    fault,
    fired: false,
    misses: blocking < 0 && !fault,
  };
}

/** The first column of the head, as far as it is known. */
function placeOf(it: Case<Traced>, planned: PlannedRule, slots: Int32Array, pattern: Pattern): number {
  const [term] = planned.rule.head.args;
  const place = term ? termValue(it.run.schema, planned, term, slots) : OPEN;
  return place === OPEN ? (pattern.columns[0] ?? OPEN) : place;
}
