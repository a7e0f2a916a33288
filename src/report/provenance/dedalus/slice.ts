/**
 * The causal slice of an outcome: the facts and messages without which the story cannot be told.
 *
 * Backward from the outcome. What holds pulls in all its firings; what is missing pulls in what blocked it: facts that
 * stood in the way, lost messages with their senders' reasons, and further missing facts. Where something is absent,
 * what differs from the other runs is followed if anything does, so that the slice does not drown in what never
 * happens; else only the facts that keep it absent.
 */
import { getOrMake } from '../../../core/memo.js';
import { isBrokenAt, rowOf } from '../../../core/outcome.js';
import { hasAggregates } from '../../../simulator/aggregate.js';
import type { PlannedRule } from '../../../simulator/plan.js';
import type { Relation } from '../../../simulator/relation.js';
import type { RawFiring } from '../../../simulator/run.js';
import type { Schema } from '../../../simulator/schema.js';
import type { Case, Key, Slice } from '../case.js';
import { type BodyFact, differs, firedElsewhere, guardsOf, type Step, shiftedReasons, whyNot } from './explain.js';
import { instancesOf, patternOf, type Reading, readingOf, siteOf } from './joins.js';
import { keyOf, type Pattern } from './pattern.js';
import type { Traced } from './traced.js';

/** The slice of the outcome of a case's run. */
export function sliceOf(it: Case<Traced>): Slice {
  const tracer = new Tracer(it);
  const [pre, post] = [it.run.schema.findRelation('pre'), it.run.schema.findRelation('post')];
  const { outcome } = it.run.raw;
  const { eot } = it.run;
  if (outcome.kind === 'violated') {
    for (const broken of outcome.witnesses) {
      const columns = rowOf(broken).map((value) => it.run.schema.values.intern(value));
      const { never } = it.run.schema;
      if (isBrokenAt(broken)) {
        if (never) tracer.ask({ relation: never.id, columns, tick: broken.tick });
        continue;
      }
      if (pre) tracer.ask({ relation: pre.id, columns, tick: eot });
      if (post) tracer.ask({ relation: post.id, columns, tick: eot });
    }
  } else
    for (const relation of [pre, post])
      for (const run of [it.run, it.good])
        for (const tuple of relation ? run.tuples(relation.id, eot) : [])
          if (relation) tracer.ask({ relation: relation.id, columns: relation.tuples.get(tuple), tick: eot });
  tracer.finish();
  return tracer;
}

interface Fact {
  readonly relation: number;
  readonly tuple: number;
  readonly tick: number;
}

/** What a firing is made of. */
interface Trace {
  readonly facts: readonly Fact[];
  /** Id of the message that it sends. */
  readonly message: string | undefined;
  /** What it negates, crashes aside: those stand for themselves. */
  readonly absences: readonly { readonly pattern: Pattern; readonly key: string }[];
}

/** By firing, which runs share for ticks that are alike. */
const TRACES = new WeakMap<RawFiring, Trace>();

class Tracer implements Slice {
  /** By tick. */
  private readonly facts: readonly Set<Key>[];
  readonly messages = new Set<string>();
  private readonly asked = new Set<string>();
  private readonly queue: Pattern[] = [];
  /** Negated facts, by key, that need no explanation. */
  private readonly usual = new Set<string>();
  private readonly found: Fact[] = [];

  constructor(private readonly it: Case<Traced>) {
    this.facts = Array.from({ length: it.run.eot + 1 }, () => new Set());
  }

  has(_: number, tick: number, key: Key): boolean {
    return this.facts[tick]?.has(key) ?? false;
  }

  /** Adds why the pattern holds or does not. */
  ask(pattern: Pattern): void {
    const key = keyOf(pattern);
    if (pattern.tick < 1 || this.asked.has(key)) return;
    this.asked.add(key);
    this.queue.push(pattern);
  }

  finish(): void {
    for (let pattern = this.queue.pop(); pattern; pattern = this.queue.pop()) {
      const tuples = this.it.run.matches(pattern);
      const { relation, tick } = pattern;
      for (const tuple of tuples) this.present({ relation, tuple, tick });
      if (tuples.length === 0) this.absent(pattern);
      for (let found = this.found.pop(); found; found = this.found.pop()) {
        const { relation, tuple, tick } = found;
        for (const firing of this.it.run.firings(relation, tuple, tick)) this.fired(firing);
        this.carried(relation, tuple, tick - 1);
      }
    }
  }

  /** Adds a fact that holds. */
  private present(fact: Fact): void {
    const facts = this.facts[fact.tick];
    const key = this.it.run.key(fact.relation, fact.tuple);
    if (!facts || facts.has(key)) return;
    facts.add(key);
    this.found.push(fact);
  }

  /** Adds a durable fact as it was before, if its node was down. */
  private carried(relation: number, tuple: number, tick: number): void {
    const { run } = this.it;
    const nodes = run.carried(relation, tick);
    if (nodes.length === 0) return;
    const node = run.schema.nodeAt(run.schema.relations[relation] as Relation, tuple);
    if (nodes.includes(node) && run.has(relation, tuple, tick)) this.present({ relation, tuple, tick });
  }

  private fired(firing: RawFiring): void {
    const { facts, message, absences } = getOrMake(TRACES, firing, () => traceOf(this.it.run, firing));
    for (const fact of facts) this.present(fact);
    if (message !== undefined) this.messages.add(message);
    for (const { pattern, key } of absences) this.absence(pattern, key);
  }

  /** What is absent for other reasons than elsewhere; all of it if there is no other run. */
  private absence(pattern: Pattern, key: string): void {
    const { it } = this;
    if (this.asked.has(key) || this.usual.has(key)) return;
    const all = it.isGood && it.run.outcome.kind === 'violated';
    if (all || differs(it, pattern) || shiftedReasons(it, pattern).length > 0) this.ask(pattern);
    else {
      // Absent in every run alike, but perhaps only because of what arrived in time.
      this.usual.add(key);
      for (const guard of guardsOf(it, pattern)) this.ask(guard);
    }
  }

  private absent(pattern: Pattern): void {
    const { it } = this;
    const lost = firedElsewhere(it, pattern);
    const steps = lost.length > 0 ? [...lost, ...shiftedReasons(it, pattern)] : whyNot(it, pattern);
    const telling = steps.filter(
      (step) => step.fault || step.body.some((fact) => fact.blocking && differs(it, fact.pattern)),
    );
    for (const step of telling.length > 0 ? telling : steps) this.failed(step, pattern);
  }

  private failed(step: Step, pattern: Pattern): void {
    if (step.planned.rule.time === 'async') this.unsent(step, pattern);
    const followed = step.fault
      ? step.body.filter(({ negated }) => !negated)
      : step.body.filter((fact) => this.blocks(step, fact));
    for (const fact of followed) this.ask(fact.pattern);
  }

  /** Of an aggregate everything that differs counts, not only the first. */
  private blocks({ planned, fired }: Step, fact: BodyFact): boolean {
    return fact.blocking || (fired === true && hasAggregates(planned.rule) && differs(this.it, fact.pattern));
  }

  /** The message that was lost, or that the good run has and this run does not send. */
  private unsent({ planned, slots, tick }: Step, pattern: Pattern): void {
    const { run, references } = this.it;
    const from = siteOf(run.schema, planned, slots);
    const { tuples: all } = run.schema.relations[pattern.relation] as Relation;
    const elsewhere = references.flatMap((other) => other.matches(pattern));
    for (const tuple of elsewhere.length > 0 ? elsewhere : [all.find(pattern.columns)]) {
      if (tuple < 0) continue;
      const to = run.schema.nodeOf(all.at(tuple, 0));
      this.messages.add(run.names.message(from, to, tick, pattern.relation, tuple));
    }
  }
}

/** Literals of a rule's body that negate something, crashes aside. */
const NEGATED = new WeakMap<PlannedRule, readonly Reading[]>();

const negatedIn = (schema: Schema, planned: PlannedRule): readonly Reading[] =>
  getOrMake(NEGATED, planned, () =>
    planned.rule.body.flatMap((literal, i) => {
      if (literal.kind !== 'subgoal' || !literal.negated) return [];
      const reading = readingOf(schema, planned, i);
      return reading.relation === schema.crash ? [] : [reading];
    }),
  );

function traceOf({ schema, names }: Traced, firing: RawFiring): Trace {
  const { rule, tick, tuple, body } = firing;
  const planned = schema.rules[rule] as PlannedRule;
  const negated = negatedIn(schema, planned);
  const sends = planned.rule.time === 'async';
  const instances = sends || negated.length > 0 ? instancesOf(schema, firing) : [];
  const head = schema.relation(planned.rule.head.relation);
  const from = (): number => (instances[0] ? siteOf(schema, planned, instances[0]) : -1);
  return {
    facts: body.map(([literal, id]) => {
      const { relation, fixed } = readingOf(schema, planned, literal);
      return { relation: relation.id, tuple: id, tick: fixed ?? tick };
    }),
    message: sends ? names.message(from(), schema.nodeAt(head, tuple), tick, head.id, tuple) : undefined,
    absences: instances.flatMap((slots) =>
      negated.map((reading) => {
        const pattern = patternOf(schema, reading, slots, tick);
        return { pattern, key: keyOf(pattern) };
      }),
    ),
  };
}
