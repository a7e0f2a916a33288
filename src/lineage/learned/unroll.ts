/**
 * Unrolling: what is known of a protocol's local transitions as one formula over fault variables, 'known to hold'.
 *
 * Forward over ticks: which σ's a node may be in and when (as if it never crashed: a dead node's messages do not
 * arrive, and it is judged by what it was before), which batches follow, when they arrive. Wherever a σ meets a batch
 * and the transition is not known, it is tried on the spot as long as the budget lasts; beyond, it is a gap. Known to
 * hold: no gap is reached, and the check is known not to be broken. This is the explicit-state exploration of each node
 * alone (thread-modular: Flanagan, Qadeer, 2003), with the formula to say which combinations are real: what no scenario
 * brings about is not tried. Invariant: in every scenario that reaches no gap, exactly one σ per node and tick is true
 * while the node lives, and at most one afterwards.
 */
import { FALSE, type Formula, TRUE } from '../../core/circuit.js';
import { pause } from '../../core/event-loop.js';
import { type Work, wait } from '../../core/work.js';
import type { FaultSpace } from '../../faults/space.js';
import type { LineageStep } from '../port.js';
import { type Cases, Collector, exactlyOne } from './cases.js';
import type { Exploration } from './exploration.js';
import { type Delivered, Mail } from './mail.js';
import { type Day, type Move, Moves, type Tried, type UnrollLimits } from './moves.js';
import { type Outbox, OutboxCollector } from './outbox.js';
import type { Candidate } from './outcomes.js';
import { inboxOf, NOTHING, RESTART, type Sigma, TIMERS } from './table.js';
import type { Transitions } from './transitions.js';

/** What nodes may do in any scenario, as far as it is known. */
export interface Unrolled {
  /** By node: how it may end. */
  readonly candidates: readonly (readonly Candidate[])[];
  /** The same for the end of each tick, from 1 on, where something is promised of every tick. */
  readonly ticks: readonly (readonly (readonly Candidate[])[])[];
  /** By tick, then node: what may be sent in it, by receiver. */
  readonly sent: readonly (readonly Outbox[])[];
  /** When a scenario meets something unknown. */
  readonly gaps: readonly Formula[];
  /** What was tried on the way. */
  readonly tried: readonly Tried[];
  /** How many transitions were known, but for those that others learned in the meantime. */
  readonly size: number;
  /** True in every scenario: that a node that lives is in exactly one σ. The circuit does not show it. */
  readonly truths: readonly Formula[];
}

/** Work between two steps within a tick. */
const STRETCH = 500;

/** What may happen, by what is known now and can be tried; a step after each tick. */
export function* unroll(
  space: FaultSpace,
  transitions: Transitions,
  limits: UnrollLimits,
  exploration: Exploration,
  everyTick: boolean,
): Work<Unrolled, LineageStep> {
  yield* transitions.learnStarts();
  const world = new Unroller(space, transitions, limits, exploration);
  let missed = 0;
  for (let tick = 1; tick <= space.bounds.eot; tick++) {
    yield* world.tick(tick);
    const { size } = transitions;
    yield { tick, work: world.work };
    missed += transitions.size - size;
  }
  const { truths, sent } = world;
  const { gaps, tried } = world.moves;
  const { eot } = space.bounds;
  const ticks = Array.from({ length: everyTick ? eot : 0 }, (_, i) => world.candidates(i + 1));
  return { candidates: world.candidates(eot), ticks, sent, gaps, truths, tried, size: transitions.size - missed };
}

class Unroller {
  readonly truths: Formula[] = [];
  readonly moves: Moves;
  /** By tick, then node: the σ's at its end. Tick 0 is before anything was sent or received, after `init`. */
  private readonly ends: Cases[][] = [];
  /** The same: what was sent in it. */
  readonly sent: Outbox[][] = [];
  private readonly mail: Mail;
  /** Work at the last step. */
  private told = 0;

  constructor(
    private readonly space: FaultSpace,
    private readonly transitions: Transitions,
    limits: UnrollLimits,
    private readonly exploration: Exploration,
  ) {
    this.moves = new Moves(space, transitions, limits, exploration);
    this.mail = new Mail(space, transitions, this.sent);
    const starts = space.bounds.nodes.map((_, node) => transitions.start(node) as Sigma);
    this.ends.push(starts.map((sigma) => new Map([[transitions.still(sigma), TRUE]])));
    this.sent.push(
      starts.map((sigma) => new Map(transitions.sends(sigma).map(({ to, batch }) => [to, new Map([[batch, TRUE]])]))),
    );
  }

  /** In gates: what was made of them, and questions. */
  get work(): number {
    return this.space.circuit.size + this.exploration.oracle.work;
  }

  *tick(tick: number): Work<void, LineageStep> {
    const days: Omit<Day, 'ways'>[] = [];
    for (let node = 0; node < this.space.bounds.nodes.length; node++) days.push(yield* this.turn(node, tick));
    const ends = days.map(({ cases }) => cases);
    this.ends.push(ends);
    this.sent.push(days.map(({ sent }) => sent));
    // Behind a gap a node may be in none.
    if (this.moves.gaps.length === 0)
      for (const [node, cases] of ends.entries()) {
        const whens = [...cases.values()];
        this.truths.push(...exactlyOne(this.space.circuit, whens, -this.space.up(node, tick)));
        this.exploration.oracle.exclude(whens);
      }
  }

  /** A node at the end of a tick. */
  private *turn(node: number, tick: number): Work<Omit<Day, 'ways'>, LineageStep> {
    const { circuit } = this.space;
    const before = (this.ends[tick - 1] as Cases[])[node] as Cases;
    const away = this.space.away(node, tick);
    const awake = yield* this.morning(before, node, tick);
    const mail = this.mail.deliveries(node, tick);
    const firsts = this.space.firsts(node, tick);
    if (away === FALSE && firsts.length === 0) return yield* this.taken(awake, node, tick, mail, undefined);
    const ends = new Collector();
    const sent = new OutboxCollector();
    const add = (day: Omit<Day, 'ways'>): void => {
      for (const [sigma, when] of day.cases) ends.add(sigma, when);
      sent.addAll(circuit, day.sent, TRUE);
    };
    add(this.restricted({ cases: before, sent: new Map(), ways: new Map() }, away));
    for (const { first, when } of firsts)
      add(yield* this.taken(this.restricted(awake, circuit.and([when, -away])), node, tick, mail, first));
    const usual = -circuit.or([away, ...firsts.map(({ when }) => when)]);
    add(yield* this.taken(this.restricted(awake, usual), node, tick, mail, undefined));
    return { cases: ends.cases(circuit), sent: sent.outbox(circuit) };
  }

  /** The σ's with which a node begins a tick, back from a restart or not. */
  private *morning(before: Cases, node: number, tick: number): Work<Day> {
    // `init` is a part of the first tick.
    if (tick === 1)
      return { cases: before, sent: (this.sent[0] as Outbox[])[node] as Outbox, ways: this.moves.begun(node) };
    const { circuit } = this.space;
    const away = this.space.away(node, tick - 1);
    const still = circuit.or([away, this.space.standing(node, tick - 1)]);
    const onTime: Day = {
      cases: this.mapped(before, (sigma) => this.transitions.morning(sigma)),
      sent: new Map(),
      ways: new Map(),
    };
    if (still === FALSE) return onTime;
    const moves: Move[] = [...this.restricted(onTime, -still).cases].map(([to, when]) => ({ to, when }));
    const back = circuit.and([away, -this.space.away(node, tick)]);
    for (const [sigma, when] of this.mapped(before, (it) => this.transitions.still(it))) {
      moves.push({ to: sigma, when: circuit.and([when, still, -away]) });
      const isFailed = this.transitions.failed(sigma);
      moves.push({ to: isFailed ? sigma : [node, sigma, RESTART, NOTHING], when: circuit.and([when, back]) });
    }
    return yield* this.moves.lead(onTime, moves, node, tick);
  }

  /** A node after all that it does in a tick; `first`: whose messages come before its timers. */
  private *taken(
    awake: Day,
    node: number,
    tick: number,
    mail: readonly Delivered[],
    first: number | undefined,
  ): Work<Day, LineageStep> {
    let day = awake;
    const receive = function* (this: Unroller, one: Delivered): Work<void, LineageStep> {
      const batches = this.mail.batches(one, node);
      if (batches.size === 0) return;
      const { work } = this;
      if (work - this.told > STRETCH) {
        this.told = work;
        yield* wait(pause());
        yield { tick, work };
      }
      day = yield* this.inbox(day, node, tick, one.from, batches);
    }.bind(this);
    for (const one of mail) if (one.from === first) yield* receive(one);
    day = yield* this.timers(day, node, tick);
    for (const one of mail) if (one.from !== first) yield* receive(one);
    return day;
  }

  private restricted(day: Day, condition: Formula): Day {
    const { circuit } = this.space;
    const cases: Cases = new Map();
    for (const [sigma, when] of day.cases) {
      const both = circuit.and([when, condition]);
      if (both !== FALSE) cases.set(sigma, both);
    }
    const sent = new OutboxCollector();
    sent.addAll(circuit, day.sent, condition);
    return { cases, sent: sent.outbox(circuit), ways: day.ways };
  }

  private timers(day: Day, node: number, tick: number): Work<Day> {
    const moves = [...day.cases].map(([sigma, when]): Move => {
      const idle = this.transitions.failed(sigma) || !this.transitions.hasDue(sigma);
      return { to: idle ? sigma : [node, sigma, TIMERS, NOTHING], when };
    });
    return this.moves.lead(day, moves, node, tick);
  }

  private inbox(day: Day, node: number, tick: number, from: number, batches: Cases): Work<Day> {
    const { circuit } = this.space;
    const nothing = -circuit.or(batches.values());
    const moves = [...day.cases].flatMap(([sigma, when]): Move[] => {
      if (this.transitions.failed(sigma)) return [{ to: sigma, when }];
      const arrivals = [...batches].map(
        ([batch, arrived]): Move => ({ to: [node, sigma, inboxOf(from), batch], when: circuit.and([when, arrived]) }),
      );
      return [{ to: sigma, when: circuit.and([when, nothing]) }, ...arrivals];
    });
    return this.moves.lead(day, moves, node, tick);
  }

  private mapped(cases: Cases, change: (sigma: Sigma) => Sigma): Cases {
    const next = new Collector();
    for (const [sigma, when] of cases) next.add(change(sigma), when);
    return next.cases(this.space.circuit);
  }

  /** By node: how it may be at the end of a tick, up or down. */
  candidates(last: number): Candidate[][] {
    const { circuit, bounds } = this.space;
    return bounds.nodes.map((_, node) => {
      const found = new Map<number, { readonly candidate: Omit<Candidate, 'when'>; readonly whens: Formula[] }>();
      const add = (sigma: Sigma, alive: boolean, when: Formula): void => {
        if (when === FALSE) return;
        const final = this.transitions.final(sigma, alive);
        const known = found.get(final.id);
        if (known) known.whens.push(when);
        else found.set(final.id, { candidate: final, whens: [when] });
      };
      const survives = this.space.up(node, last);
      const away = this.space.away(node, last);
      for (const [sigma, when] of (this.ends[last] as Cases[])[node] as Cases) {
        add(sigma, true, circuit.and([when, survives]));
        add(sigma, false, circuit.and([when, away]));
      }
      for (let tick = 1; tick <= last; tick++) {
        const falls = this.space.falling(node, tick);
        if (falls === FALSE) continue;
        for (const [sigma, when] of (this.ends[tick - 1] as Cases[])[node] as Cases)
          add(sigma, false, circuit.and([when, falls]));
      }
      return [...found.values()].map(({ candidate, whens }) => ({ ...candidate, when: circuit.or(whens) }));
    });
  }
}
