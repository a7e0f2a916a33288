/**
 * The simulator: program × scenario → run. Deterministic: equal input gives equal runs, in equal order.
 *
 * Tick by tick: facts, `crash`, what the last tick's inductive rules gave and what arrives; then the deductive rules
 * stratum by stratum; then the inductive and async rules over the finished tick. Dedalus: Alvaro et al., 2009. One
 * simulator serves many runs and keeps what it interned.
 */
import { LdfiError } from '../core/invariant.js';
import { type BrokenAt, compareBroken, type Outcome } from '../core/outcome.js';
import { atOnce } from '../core/work.js';
import type { Rule } from '../dedalus/ast.js';
import type { Scenario } from '../faults/fault.js';
import type { FaultSpace } from '../faults/space.js';
import { Groups, Head, hasAggregates } from './aggregate.js';
import type { Extent } from './extent.js';
import { DEFAULT_GUARDS, type Guards, RuleJoin, runAll, StratumJoins } from './fixpoint.js';
import type { Budget } from './join.js';
import type { Invariant } from './outcome.js';
import type { PlannedRule } from './plan.js';
import { type Happens, isSame, Precedents } from './precedent.js';
import type { Relation } from './relation.js';
import { type RawFiring, type RawMessage, type RawRun, type RawTick, Run } from './run.js';
import type { Schema } from './schema.js';
import { compareFacts, type Posted, type RawFact, slotsOf } from './slots.js';
import { Store } from './store.js';

export interface RunOptions {
  /** Record rule firings as well. */
  readonly trace?: boolean;
  /**
   * Traced runs of the same simulator with precedents themselves, perhaps none: ticks that must come out as theirs did
   * are taken over. What enters a tick is put in the order of facts, so that runs that differed for a while are alike
   * again as soon as they hold the same; but for that order, all that changes is the time it takes.
   */
  readonly precedents?: readonly Run[];
}

type Body = readonly (readonly [number, number])[];

/** Takes a head tuple; `sender` is a node number for async rules, else -1. */
type Take = (planned: PlannedRule, head: Head, tuple: number, sender: number, body: Body) => void;

/** A tuple that a rule sends. */
interface Mail extends Posted {
  readonly planned: PlannedRule;
  readonly body: Body;
}

const newTick = (entering: RawTick['entering'], running: readonly boolean[] = []) => ({
  entering,
  running: [...running],
  leaving: [] as [number, number, number][],
  messages: [] as RawMessage[],
  arrivals: [] as number[][],
  firings: [] as RawFiring[],
  undefinedIn: new Set<Rule>(),
});

export class Simulator {
  private readonly store: Store;
  /** Strata in order; consecutive ones without recursion are one list of rules. */
  private readonly phases: readonly (StratumJoins | RuleJoin[])[];
  private readonly later: readonly RuleJoin[];
  /** What arrives at later ticks, as [relation, tuple] pairs. */
  private pending = new Map<number, RawFact[]>();
  /** What entered a tick last: as it came, and in order. */
  private came: readonly RawFact[] = [];
  private entered: readonly RawFact[] = [];
  private ticks: Int32Array[][] = [];
  private messages: RawMessage[] = [];
  private made: RawTick[] = [];
  private fired = new Uint8Array();
  /** What was sent at this tick, where messages have fates of their own. */
  private readonly outbox: Mail[] = [];
  private undefinedIn = new Set<Rule>();
  private now = newTick([]);
  private precedents: Precedents | undefined;
  private sentNow = new Set<number>();
  private tick = 0;
  private readonly budget: Budget = { tuples: 0 };
  private trace = false;
  private scenario: Scenario = [];
  private happens: Happens = () => false;
  /** Whether each node runs its rules at this tick; empty where all always do. */
  private running: boolean[] = [];
  /** Whether the clock of each node stands still at this tick; empty where none ever does. */
  private still: boolean[] = [];
  /** `post` rows of the failure-free run: what the reference invariant compares with. */
  private promised: ReadonlySet<number> | undefined;

  constructor(
    readonly schema: Schema,
    readonly space: FaultSpace,
    readonly invariant: Invariant = 'strict',
    private readonly guards: Guards = DEFAULT_GUARDS,
  ) {
    this.store = new Store(schema);
    const strata = schema.strata
      .filter(({ rules }) => rules.length > 0)
      .map((stratum) => new StratumJoins(stratum, (rule) => this.join(rule, this.derive), this.store, guards));
    this.phases = strata.reduce<(StratumJoins | RuleJoin[])[]>((phases, stratum) => {
      const last = phases.at(-1);
      if (stratum.isRecursive) phases.push(stratum);
      else if (Array.isArray(last)) for (const join of stratum.plain) last.push(join);
      else phases.push([...stratum.plain]);
      return phases;
    }, []);
    this.later = [
      ...schema.inductive.map((rule) => this.join(rule, this.induce)),
      ...schema.async.map((rule) => this.join(rule, this.send)),
    ];
  }

  /**
   * Runs a scenario, which must be canonical and within the bounds of the fault space.
   * @throws LdfiError 'limit-facts' or 'limit-iterations' when a guard is hit
   */
  run(scenario: Scenario, options: RunOptions = {}): Run {
    return atOnce(this.steps(scenario, options));
  }

  /** The same bit by bit: yields, with its tick, whenever so much has been done that its caller may want a turn. */
  *steps(scenario: Scenario, options: RunOptions = {}): Generator<number, Run> {
    if (scenario.length > 0 && !this.promised) yield* this.steps([]);
    this.reset(scenario, options);
    for (this.tick = 1; this.tick <= this.space.bounds.eot; this.tick++) {
      const tick = this.step();
      while (!tick.next().done || this.budget.tuples < 0) {
        yield this.tick;
        this.budget.tuples = this.guards.stretch;
      }
    }
    return new Run(this.schema, {
      scenario,
      ticks: this.ticks,
      messages: this.messages,
      made: this.made,
      outcome: this.outcome(),
      fired: this.fired,
      undefinedIn: [...this.undefinedIn],
    });
  }

  /** Tuple ids of the failure-free run's `post` rows at the end of time. */
  promisedRows(): ReadonlySet<number> {
    if (!this.promised) this.run([]);
    return this.promised ?? new Set();
  }

  private reset(scenario: Scenario, { trace = false, precedents }: RunOptions): void {
    this.budget.tuples = this.guards.stretch;
    this.pending = new Map();
    this.ticks = [[]];
    this.messages = [];
    this.made = trace ? [newTick([])] : [];
    this.fired = new Uint8Array(this.schema.rules.length);
    this.undefinedIn = new Set();
    this.trace = trace;
    this.scenario = scenario;
    this.happens = this.space.evaluator(scenario);
    const crashes = [...this.crashTuples()];
    this.store.reset(crashes);
    const runs = trace ? precedents?.map(({ raw }) => raw) : undefined;
    this.precedents = runs && new Precedents(runs, this.space, this.happens, crashes, this.schema.crash.id);
  }

  private *step(): Generator<void, void> {
    const { store, tick } = this;
    store.beginTick(tick);
    if (this.space.has.stops)
      this.running = this.schema.nodes.map((_, node) => this.happens(this.space.running(node, tick)));
    if (this.space.has.standstills)
      this.still = this.schema.nodes.map((_, node) => this.happens(this.space.standing(node, tick)));
    const entering = this.entering();
    const before = this.precedents?.find(tick, entering, this.clock);
    const made = before?.made[tick];
    // What goes beyond the guard is evaluated, to end as it always does.
    const fits = made && this.messages.length + made.messages.length <= this.guards.messages;
    if (before && fits) this.takeOver(before, made);
    else yield* this.evaluate(entering);
    this.precedents?.retain(({ ticks }) => store.looksLike(ticks[tick] ?? []));
  }

  /** What enters this tick; of a run with precedents in the order of facts, and each once. */
  private entering(): readonly RawFact[] {
    const facts = this.pending.get(this.tick) ?? [];
    this.pending.delete(this.tick);
    if (!this.precedents) return facts;
    // Where nothing changes, the same comes from tick to tick.
    if (isSame(facts, this.came)) return this.entered;
    const sorted = [...facts].sort((a, b) => compareFacts(this.schema, a, b));
    this.came = facts;
    this.entered = sorted.filter((fact, i) => i === 0 || compareFacts(this.schema, fact, sorted[i - 1] ?? fact) !== 0);
    return this.entered;
  }

  private *evaluate(entering: RawTick['entering']): Generator<void, void> {
    const { store, tick, schema } = this;
    this.now = newTick(entering, this.clock);
    this.sentNow.clear();
    for (const [relation, tuple] of schema.facts.get(tick) ?? []) store.add(relation, tuple);
    for (const [relation, tuple] of entering) store.add(relation, tuple);
    for (const joins of this.phases) yield* joins instanceof StratumJoins ? joins.run() : runAll(joins);
    this.ticks.push(store.current.map((extent) => extent.snapshot()));
    yield* runAll(this.later);
    this.postAll();
    if (this.running.includes(false)) this.carry();
    this.close(this.now);
  }

  /** What each node can do at this tick. */
  private get clock(): boolean[] {
    return [...this.running, ...this.still];
  }

  /** What is durable stays at nodes that are down. */
  private carry(): void {
    for (const relation of this.schema.stopped.carried) {
      const extent = this.store.current[relation.id] as Extent;
      for (let i = 0; i < extent.count; i++)
        if (this.running[this.schema.nodeAt(relation, extent.at(i))] === false)
          this.deliver(this.tick + 1, relation.id, extent.at(i));
    }
  }

  private takeOver({ ticks }: RawRun, made: RawTick): void {
    const held = (ticks[this.tick] ?? []) as Int32Array[];
    this.store.look(held);
    this.ticks.push(held);
    for (const [at, relation, tuple] of made.leaving) this.enter(at, relation, tuple);
    for (const { rule } of made.firings) this.fired[rule] = 1;
    this.close(made);
  }

  /** Adds what a tick has made to the run. */
  private close(made: RawTick): void {
    for (const rule of made.undefinedIn) this.undefinedIn.add(rule);
    for (const message of made.messages) this.messages.push(message);
    if (this.trace) this.made[this.tick] = made;
  }

  /** The `crash` tuples of the scenario. */
  private *crashTuples(): Generator<number> {
    const { schema, space } = this;
    for (const { node, tick, when } of space.seen)
      if (this.happens(when))
        for (let observer = 0; observer < schema.nodes.length; observer++)
          yield schema.crashTuple(observer, node, tick);
  }

  /** A join whose head tuples go to `take`: once per group for aggregates, else once per instance. */
  private join(planned: PlannedRule, take: Take): RuleJoin {
    const join = new RuleJoin(planned, this.store, this.schema, this.budget);
    join.context.undefinedArithmetic = () => this.now.undefinedIn.add(planned.rule);
    if (this.space.has.stops && this.schema.stopped.rules.has(planned.rule))
      join.context.isNode = (value) => this.running[this.schema.nodeOf(value)] === true;
    const head = new Head(this.schema, join);
    if (!hasAggregates(planned.rule)) {
      const timer = this.space.has.standstills ? this.schema.timerIn(planned) : undefined;
      const { tuples } = this.schema.relations[head.relation] as Relation;
      const stands = (at: number): boolean => this.still[this.schema.nodeOf(tuples.at(at, 0))] === true;
      join.sink = {
        emit: () => {
          const counted = timer === undefined ? -1 : (join.frame.matched[timer] as number);
          const tuple = counted >= 0 && stands(counted) ? counted : head.tuple();
          if (tuple >= 0) take(planned, head, tuple, head.sender(), this.trace ? this.matched(join) : []);
        },
      };
      return join;
    }
    const groups = new Groups<Body>(head);
    join.sink = {
      emit: () => groups.add(this.trace ? this.matched(join) : undefined),
      finish: () =>
        groups.close(this.schema.values, (tuple, sender, bodies) => take(planned, head, tuple, sender, bodies.flat())),
    };
    return join;
  }

  private matched(join: RuleJoin): Body {
    return join.positive.map((literal) => [literal, join.frame.matched[literal] as number] as const);
  }

  private readonly derive: Take = (planned, { relation }, tuple, _sender, body) => {
    this.record(planned, tuple, this.tick, body);
    if (!this.store.add(relation, tuple)) return;
    const { count } = this.store.current[relation] as Extent;
    if (count <= this.guards.factsPerTick) return;
    throw new LdfiError(
      'limit-facts',
      `${planned.rule.head.relation} has more than ${this.guards.factsPerTick} facts at tick ${this.tick}: does a rule count without end?`,
    );
  };

  private readonly induce: Take = (planned, { relation }, tuple, _sender, body) => {
    this.record(planned, tuple, this.tick + 1, body);
    this.deliver(this.tick + 1, relation, tuple);
  };

  private readonly send: Take = (planned, { relation }, tuple, from, body) => {
    const to = this.schema.nodeAt(this.schema.relations[relation] as Relation, tuple);
    if (to < 0) return;
    this.fired[planned.index] = 1;
    const mail = { planned, relation, tuple, from, to, body };
    if (this.space.isShared(from, to, this.tick)) this.post(mail);
    else this.outbox.push(mail);
  };

  /** Posts what was sent at this tick, where messages have fates of their own. */
  private postAll(): void {
    const { perMessage = 0 } = this.space.bounds;
    for (const slot of slotsOf(this.schema, this.outbox.splice(0)))
      slot.forEach((message, i) => {
        for (const mail of message) this.post(mail, Math.min(i + 1, perMessage));
      });
  }

  /** @param nth the number of the message in its slot; the last that has a fate of its own stands for those after it */
  private post({ planned, relation, tuple, from, to, body }: Mail, nth?: number): void {
    const { schema, space, tick: sent } = this;
    const arrivals: number[] = [];
    for (const { at, when } of space.arrivals(from, to, sent, nth)) if (this.happens(when)) arrivals.push(at);
    const at = arrivals.filter((tick) => tick <= space.bounds.eot);
    if (this.trace) for (const tick of at.length > 0 ? at : [0]) this.record(planned, tuple, tick, body);
    const key = (planned.index * schema.nodes.length + from) * 2 ** 31 + tuple;
    if (this.sentNow.has(key)) return;
    this.sentNow.add(key);
    if (this.messages.length + this.now.messages.length >= this.guards.messages)
      throw new LdfiError(
        'limit-facts',
        `one run sends more than ${this.guards.messages} messages: lower eot or use fewer nodes`,
      );
    const lost = arrivals.length === 0;
    this.now.messages.push({ rule: planned.index, from, to, sent, relation, tuple, at, lost, ...(nth && { nth }) });
    if (this.trace) this.now.arrivals.push(arrivals);
    for (const tick of arrivals) this.deliver(tick, relation, tuple);
  }

  private deliver(at: number, relation: number, tuple: number): void {
    if (at > this.space.bounds.eot) return;
    if (this.trace) this.now.leaving.push([at, relation, tuple]);
    this.enter(at, relation, tuple);
  }

  private enter(at: number, relation: number, tuple: number): void {
    const list = this.pending.get(at);
    if (list) list.push([relation, tuple]);
    else this.pending.set(at, [[relation, tuple]]);
  }

  private record(planned: PlannedRule, tuple: number, headTick: number, body: Body): void {
    this.fired[planned.index] = 1;
    if (this.trace) this.now.firings.push({ rule: planned.index, tick: this.tick, headTick, tuple, body });
  }

  /** `pre` against `post` at the end of time, under the invariant; and what must never be. */
  private outcome(): Outcome {
    const { schema } = this;
    const [pre, post] = [schema.findRelation('pre'), schema.findRelation('post')];
    const demanded = this.atEnd(pre);
    const kept = new Set(this.atEnd(post));
    if (this.scenario.length === 0) this.promised ??= kept;
    const broken = this.neverRows();
    const compared = (tuple: number): boolean => this.promised?.has(this.asPost(tuple)) ?? false;
    const strict = [...demanded].filter((tuple) => !kept.has(this.asPost(tuple)));
    const reference = strict.filter(compared);
    const isStrict = this.invariant === 'strict';
    const missing = (isStrict ? strict : reference).flatMap((tuple) => (pre ? [pre.row(tuple, schema.values)] : []));
    const promises = schema.never || (isStrict ? demanded.length > 0 : demanded.some(compared));
    const witnesses = [...missing, ...broken].sort(compareBroken);
    return {
      kind: witnesses.length > 0 ? 'violated' : promises ? 'holds' : 'vacuous',
      witnesses,
      readingsDiffer: broken.length === 0 && strict.length > 0 !== reference.length > 0,
    };
  }

  private neverRows(): BrokenAt[] {
    const { never, values } = this.schema;
    if (!never) return [];
    return this.ticks.flatMap((held, tick) =>
      Array.from(held[never.id] ?? [], (tuple) => ({ tick, row: never.row(tuple, values) })),
    );
  }

  /** The tuple id of a `pre` tuple's row as a `post` row, or -1. */
  private asPost(tuple: number): number {
    const [pre, post] = [this.schema.findRelation('pre'), this.schema.findRelation('post')];
    return pre && post ? post.tuples.find(pre.tuples.get(tuple)) : -1;
  }

  private atEnd(relation: Relation | undefined): Int32Array {
    return (relation && this.ticks[this.space.bounds.eot]?.[relation.id]) ?? new Int32Array();
  }
}
