/**
 * Grounding: which facts are possible in some admissible scenario (U), which are certain in every one (C), and every
 * rule instance over U that C does not decide.
 *
 * One pass per tick and stratum, with the simulator's own joins: positive subgoals range over U; a negated subgoal
 * rules an instance out only if a matching tuple is certain, else it becomes one negated literal. Messages and `crash`
 * are leaves, undecided unless their formula is constant.
 */
import { FALSE, type Formula, TRUE } from '../../core/circuit.js';
import { LdfiError } from '../../core/invariant.js';
import { Sequences } from '../../core/sequences.js';
import type { FaultSpace } from '../../faults/space.js';
import { Head, hasAggregates } from '../../simulator/aggregate.js';
import { DEFAULT_GUARDS, RuleJoin, runAll, StratumJoins } from '../../simulator/fixpoint.js';
import { type Budget, compileExpression, compileMatches } from '../../simulator/join.js';
import type { PlannedRule } from '../../simulator/plan.js';
import type { Relation } from '../../simulator/relation.js';
import { type Schema, type Stratum, subgoal } from '../../simulator/schema.js';
import { type Posted, slotsOf } from '../../simulator/slots.js';
import { Store } from '../../simulator/store.js';
import type { LineageStep } from '../port.js';
import { mergeIntervals } from './aggregates.js';
import { markComponents, settleCertain } from './cycles.js';
import { type AtomId, Ground, type GroundLiteral, negative, normalBody, positive } from './ground.js';
import { GroundGroups } from './groups.js';
import { Numbering } from './numbering.js';
import { promiseRows } from './promise.js';

export interface GroundOptions {
  /** Most rule instances, and most atoms; beyond it grounding throws LdfiError 'limit-ground'. */
  readonly mostInstances: number;
  /** See `Guards`. */
  readonly stretch: number;
}

/** Takes one instance: head tuple, sender (node number, or -1) and body over U. */
type Take = (
  planned: PlannedRule,
  relation: number,
  tuple: number,
  sender: number,
  body: readonly GroundLiteral[],
) => void;

/** A head that will hold at a later tick. */
interface Pending {
  readonly relation: number;
  readonly tuple: number;
  readonly body: readonly GroundLiteral[];
}

/**
 * Grounds a program over a fault space. A generator, so that its caller may pause or stop it: it yields before each
 * tick, and within one when much has been done.
 * @returns the ground program
 * @throws LdfiError 'limit-ground', 'limit-facts' or 'limit-iterations' when a guard is hit
 */
export function* ground(schema: Schema, space: FaultSpace, options: GroundOptions): Generator<LineageStep, Ground> {
  const grounder = new Grounder(schema, space, options);
  for (let tick = 1; tick <= space.bounds.eot; tick++) {
    yield { tick, work: grounder.work };
    for (const _left of grounder.step(tick)) yield { tick, work: grounder.work };
  }
  grounder.result.promise = promiseRows(
    schema,
    space.bounds.eot,
    (tick, relation) => grounder.atomsAt(tick, relation),
    grounder.result,
  );
  return grounder.result;
}

/** What a spent budget counts for, in atoms: more than the search lets pass without a pause. */
const STRETCH_WORK = 5_000;

/** What an instance counts for, in tuples looked at. */
const INSTANCE_WORK = 20;

class Grounder {
  readonly result: Ground;
  private readonly possible: Store;
  private readonly certain: Store;
  private readonly strata: readonly StratumJoins[];
  private readonly later: readonly RuleJoin[];
  /** Atoms by tick, relation id and tuple id. */
  private readonly atoms: Map<number, AtomId>[][] = [];
  private readonly crashes: Map<number, AtomId>;
  private readonly pending = new Map<number, Pending[]>();
  /** What may be sent at this tick, where messages have fates of their own. */
  private readonly outbox: (Posted & { readonly body: readonly GroundLiteral[] })[] = [];
  private tick = 0;
  private readonly budget: Budget;
  /** How often the budget was spent. */
  private stretches = 0;
  /** Bodies of this tick by head, to drop duplicates. */
  private seen = new Sequences();
  /** Fact atoms defined by bodies that were touched in this tick or stratum. */
  private touched: AtomId[] = [];

  constructor(
    private readonly schema: Schema,
    private readonly space: FaultSpace,
    private readonly options: GroundOptions,
  ) {
    this.budget = { tuples: options.stretch };
    this.result = new Ground(space.circuit);
    this.possible = new Store(schema);
    this.certain = new Store(schema);
    this.crashes = this.crashAtoms();
    this.possible.reset(this.crashes.keys());
    this.certain.reset([]);
    this.strata = schema.strata
      .filter(({ rules }) => rules.length > 0)
      .map((it) => new StratumJoins(it, (rule) => this.join(rule, this.derive), this.possible, DEFAULT_GUARDS));
    this.later = [
      ...schema.inductive.map((rule) => this.join(rule, this.induce)),
      ...schema.async.map((rule) => this.join(rule, this.send)),
    ];
  }

  /** Tuple and atom of every possible fact of a relation at a tick. */
  atomsAt(tick: number, relation: number): ReadonlyMap<number, AtomId> {
    return this.atoms[tick]?.[relation] ?? new Map();
  }

  /** How much has been done, in atoms and what takes as long. */
  get work(): number {
    return this.result.size + this.stretches * STRETCH_WORK;
  }

  /** Grounds a tick; yields when the budget is spent. */
  *step(tick: number): Generator<void, void> {
    for (const _left of this.joined(tick)) {
      this.stretches++;
      yield;
      this.budget.tuples = this.options.stretch;
    }
  }

  private *joined(tick: number): Generator<void, void> {
    this.tick = tick;
    this.atoms[tick] = this.schema.relations.map(({ id }) => (id === this.schema.crash.id ? this.crashes : new Map()));
    this.seen = new Sequences();
    this.possible.beginTick(tick);
    this.certain.beginTick(tick);
    const born = new Set<AtomId>();
    const settle = (): void => {
      for (const atom of this.settle()) born.add(atom);
    };
    this.touched = [];
    for (const [relation, tuple] of this.schema.facts.get(tick) ?? []) this.define(relation, tuple, []);
    for (const { relation, tuple, body } of this.pending.get(tick) ?? []) this.define(relation, tuple, body);
    this.pending.delete(tick);
    settle();
    for (const joins of this.strata) {
      yield* joins.run();
      settle();
      if (joins.isRecursive) markComponents(this.result, this.stratumAtoms(joins.stratum));
    }
    for (const atom of born) this.finish(atom);
    yield* runAll(this.later);
    this.postAll();
    if (this.space.has.stops) this.carry();
  }

  /** What is durable stays at nodes that are down. */
  private carry(): void {
    for (const relation of this.schema.stopped.carried)
      for (const [tuple, atom] of this.atomsAt(this.tick, relation.id)) {
        const node = this.schema.nodeAt(relation, tuple);
        const down = node < 0 ? FALSE : -this.space.running(node, this.tick);
        if (down === FALSE) continue;
        const body = normalBody([positive(atom), positive(this.result.leaf(down))], (it) => this.result.isCertain(it));
        this.defer(this.tick + 1, { relation: relation.id, tuple, body: body ?? [] });
      }
  }

  /** Decides certainty of what was touched, and tells the store of certain facts. Returns the atoms touched. */
  private settle(): AtomId[] {
    const touched = this.touched;
    this.touched = [];
    for (const atom of settleCertain(this.result, touched)) {
      const fact = this.result.facts[atom];
      if (fact) this.certain.add(fact.relation, fact.tuple);
    }
    return touched;
  }

  private stratumAtoms(stratum: Stratum): AtomId[] {
    return [...stratum.relations].flatMap((id) => [
      ...(this.atoms[this.tick]?.[id] ?? new Map<number, AtomId>()).values(),
    ]);
  }

  /** Strips what turned out certain, and merges intervals of aggregates. */
  private finish(atom: AtomId): void {
    const { result } = this;
    if (result.isCertain(atom)) {
      result.setBodies(atom, []);
      return;
    }
    const bodies = result.bodies(atom).map((body) => normalBody(body, (a) => result.isCertain(a)));
    result.setBodies(
      atom,
      mergeIntervals(
        result,
        bodies.filter((body) => body !== undefined),
      ),
    );
  }

  /** Every possible `crash` fact with its leaf; they are the same at every tick. */
  private crashAtoms(): Map<number, AtomId> {
    const { schema, space } = this;
    const atoms = new Map<number, AtomId>();
    for (const { node, tick, when } of space.seen) {
      const leaf = this.result.leaf(when, true);
      for (let observer = 0; observer < schema.nodes.length; observer++)
        atoms.set(schema.crashTuple(observer, node, tick), leaf);
    }
    return atoms;
  }

  /** The atom of a fact at the current tick, possible from now on. */
  private atom(relation: number, tuple: number): AtomId {
    const known = this.atoms[this.tick]?.[relation] as Map<number, AtomId>;
    let atom = known.get(tuple);
    if (atom === undefined) {
      atom = this.result.add({ kind: 'bodies', bodies: [] }, { relation, tuple, tick: this.tick });
      known.set(tuple, atom);
      this.possible.add(relation, tuple);
      if (known.size > DEFAULT_GUARDS.factsPerTick)
        throw new LdfiError(
          'limit-facts',
          `${this.schema.relations[relation]?.name} has too many possible facts at tick ${this.tick}`,
        );
    }
    return atom;
  }

  /** One more body for a fact at the current tick. */
  private define(relation: number, tuple: number, body: readonly GroundLiteral[]): AtomId {
    const atom = this.atom(relation, tuple);
    const distinct = this.seen.size;
    this.seen.intern([atom, ...body]);
    if (this.seen.size === distinct || this.result.isCertain(atom)) return atom;
    this.result.addBody(atom, body);
    this.touched.push(atom);
    const { mostInstances: most } = this.options;
    if (this.result.instances > most || this.result.size > most)
      throw new LdfiError('limit-ground', `more than ${most} ground rule instances: lower eot or use fewer nodes`);
    return atom;
  }

  private join(planned: PlannedRule, take: Take): RuleJoin {
    const join = new RuleJoin(planned, this.possible, this.schema, this.budget, this.certain);
    const head = new Head(this.schema, join);
    const body = this.bodyReader(join);
    if (!hasAggregates(planned.rule)) {
      const timer = this.space.has.standstills ? this.schema.timerIn(planned) : undefined;
      const emit = (tuple: number, clock: readonly GroundLiteral[]): void => {
        const literals = tuple >= 0 ? body() : undefined;
        if (!literals) return;
        this.result.fired.add(planned.index);
        take(planned, head.relation, tuple, head.sender(), [...literals, ...clock]);
      };
      join.sink = {
        emit: () => {
          const counted = timer === undefined ? -1 : (join.frame.matched[timer] as number);
          const node = counted < 0 ? -1 : this.schema.nodeAt(this.schema.relations[head.relation] as Relation, counted);
          const still = node < 0 ? FALSE : this.space.standing(node, this.tick);
          if (still === FALSE) return emit(head.tuple(), []);
          const leaf = this.result.leaf(still);
          emit(counted, [positive(leaf)]);
          emit(head.tuple(), [negative(leaf)]);
        },
      };
      return join;
    }
    const groups = new GroundGroups(head, this.result, this.schema.values);
    join.sink = {
      emit: () => {
        const literals = body();
        if (literals) groups.add(literals);
      },
      finish: () =>
        groups.close((tuple, sender, literals, interval) => {
          this.result.fired.add(planned.index);
          take(planned, head.relation, tuple, sender, literals);
          if (interval && planned.rule.time === 'deductive')
            this.result.intervals.set(this.atom(head.relation, tuple), interval);
        }),
    };
    return join;
  }

  /** Reads the body over U of the instance in a join's frame; undefined if it contradicts itself. */
  private bodyReader(join: RuleJoin): () => readonly GroundLiteral[] | undefined {
    const { rule } = join.planned;
    const context = { ...join.context, extentOf: (literal: number) => this.possible.extentOf(rule, literal) };
    const atomsOf = (literal: number): ReadonlyMap<number, AtomId> => {
      const { atom, tick } = subgoal(rule, literal);
      return this.atomsAt(tick ?? this.tick, this.schema.relation(atom.relation).id);
    };
    const absent = join.planned
      .plan()
      .flatMap((step) =>
        step.kind === 'absent' ? [{ literal: step.literal, matches: compileMatches(step, join.frame, context) }] : [],
      );
    const isStopped = this.space.has.stops && this.schema.stopped.rules.has(rule);
    const { location } = join.planned;
    const place = isStopped && location ? compileExpression(location, join.frame, join.context) : undefined;
    return () => {
      this.budget.tuples -= INSTANCE_WORK;
      const literals: GroundLiteral[] = [];
      const runs = place ? this.space.running(this.schema.nodeOf(place()), this.tick) : TRUE;
      if (runs === FALSE) return undefined;
      if (runs !== TRUE) literals.push(positive(this.result.leaf(runs)));
      for (const literal of join.positive)
        literals.push(positive(atomsOf(literal).get(join.frame.matched[literal] as number) as AtomId));
      for (const { literal, matches } of absent) {
        const atoms = atomsOf(literal);
        const found: AtomId[] = [];
        matches((tuple) => {
          found.push(atoms.get(tuple) as AtomId);
          return true;
        });
        if (found.length > 0) literals.push(negative(this.result.some(found)));
      }
      return normalBody(literals, (atom) => this.result.isCertain(atom));
    };
  }

  private readonly derive: Take = (_planned, relation, tuple, _sender, body) => {
    this.define(relation, tuple, body);
  };

  private readonly induce: Take = (_planned, relation, tuple, _sender, body) => {
    this.defer(this.tick + 1, { relation, tuple, body });
  };

  private readonly send: Take = (_planned, relation, tuple, from, body) => {
    const to = this.schema.nodeOf(this.schema.relations[relation]?.tuples.at(tuple, 0) ?? -1);
    if (to < 0) return;
    if (to !== from) this.result.lastSent = this.tick;
    const message = { from, to, relation, tuple };
    if (this.space.isShared(from, to, this.tick)) this.post(message, body);
    else this.outbox.push({ ...message, body });
  };

  /** Posts what may be sent at this tick and has a fate of its own. */
  private postAll(): void {
    const posted = this.outbox.splice(0);
    for (const slot of slotsOf(this.schema, posted)) {
      const numbering = new Numbering(this.result, this.space.bounds.perMessage ?? 0);
      this.result.mostInSlot = Math.max(this.result.mostInSlot, slot.length);
      for (const message of slot)
        for (const { number, body } of numbering.next(message.map(({ body }) => body)))
          this.post(message[0] as Posted, body, number);
    }
  }

  private post({ from, to, relation, tuple }: Posted, body: readonly GroundLiteral[], number = 1): void {
    for (const { at, when } of this.space.arrivals(from, to, this.tick, number)) {
      if (when === FALSE) continue;
      this.defer(at, { relation, tuple, body: this.withLeaf(body, when) });
    }
  }

  private withLeaf(body: readonly GroundLiteral[], formula: Formula): readonly GroundLiteral[] {
    return formula === TRUE ? body : [...body, positive(this.result.leaf(formula))];
  }

  private defer(at: number, head: Pending): void {
    if (at > this.space.bounds.eot) return;
    const list = this.pending.get(at);
    if (list) list.push(head);
    else this.pending.set(at, [head]);
  }
}
