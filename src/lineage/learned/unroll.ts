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
import type { LdfiError } from '../../core/invariant.js';
import type { Work } from '../../core/work.js';
import type { Fault } from '../../faults/fault.js';
import { canonical } from '../../faults/scenario.js';
import type { FaultSpace } from '../../faults/space.js';
import { CREDULOUS, type Oracle, type Truth } from '../../solver/oracle.js';
import type { LineageStep } from '../port.js';
import { type Cases, Collector, exactlyOne } from './cases.js';
import type { Exploration } from './exploration.js';
import { HiddenState } from './hidden-state.js';
import { type Outbox, OutboxCollector, type Pair, sentAfter } from './outbox.js';
import type { Candidate, Outcomes, Passes } from './outcomes.js';
import { inboxOf, NOTHING, RESTART, type Sigma, TIMERS } from './table.js';
import type { Step, Transitions } from './transitions.js';

/** A call of the check is as much work as so many atoms. */
const CHECK_WORK = 500;

/** What nodes may do in any scenario, as far as it is known. */
export interface Unrolled {
  /** By node: how it may end. */
  readonly candidates: readonly (readonly Candidate[])[];
  /** The same for the end of each tick, from 1 on, where something is promised of every tick. */
  readonly ticks: readonly (readonly (readonly Candidate[])[])[];
  /** When a scenario meets something unknown. */
  readonly gaps: readonly Formula[];
  /** What was tried on the way. */
  readonly tried: readonly Tried[];
  /** True in every scenario: that a node that lives is in exactly one σ. The circuit does not show it. */
  readonly truths: readonly Formula[];
}

/** A transition that was tried, and faults of a run that goes through it, if they are known. */
export interface Tried {
  readonly step: Step;
  readonly faults: readonly Fault[] | undefined;
}

export interface Known {
  /** True only in scenarios in which the outcome is known not to be a violation. */
  readonly holds: Formula;
  /** Whether that is all of them. */
  readonly exact: boolean;
}

export interface UnrollLimits {
  /** Most transitions in all that may be tried without a run. */
  readonly tries: number;
  /**
   * Most calls of the check that may be made without a run: before the first question to the solver, between two, and
   * in all.
   */
  readonly checks: { readonly first: number; readonly each: number; readonly most: number };
  /** Most gates that the formula may take; beyond them nothing more is tried. */
  readonly gates: number;
}

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
  for (let tick = 1; tick <= space.bounds.eot; tick++) {
    yield* world.tick(tick);
    yield { tick, work: transitions.size };
  }
  const { gaps, truths, attempts } = world;
  const { eot } = space.bounds;
  const ticks = Array.from({ length: everyTick ? eot : 0 }, (_, i) => world.candidates(i + 1));
  return { candidates: world.candidates(eot), ticks, gaps, truths, tried: attempts };
}

/**
 * 'Known to hold', from what may happen and from what the check says of it; steps as the check is asked.
 * @param everyTick for each tick of which something is promised
 * @param asks most calls of the check without a run, ever
 */
export function* knownToHold(
  { circuit, bounds }: FaultSpace,
  { candidates, ticks, gaps, truths }: Unrolled,
  outcomes: Outcomes,
  everyTick: readonly Outcomes[],
  asks: number,
  oracle: Oracle,
): Work<Known, LineageStep> {
  const told = [yield* asked(outcomes.formula(circuit, candidates, asks, oracle), bounds.eot)];
  for (const [i, parts] of ticks.entries())
    if (everyTick[i]) told.push(yield* asked(everyTick[i].formula(circuit, parts, asks, oracle), bounds.eot));
  const known = circuit.and([...told.map(({ passes }) => passes), -circuit.or(gaps)]);
  return {
    // What is always true changes nothing here, and saves the solver from finding it out.
    holds: circuit.or([known, -circuit.and(truths)]),
    exact: told.every(({ complete }) => complete) && gaps.length === 0,
  };
}

function* asked(asking: Work<Passes, number>, tick: number): Work<Passes, LineageStep> {
  let step = asking.next();
  while (!step.done) {
    if (typeof step.value !== 'number') step = asking.next(yield step.value);
    else {
      yield { tick, work: step.value * CHECK_WORK };
      step = asking.next();
    }
  }
  return step.value;
}

/** Where a node goes in a slot, and when: to a σ, or by a transition. */
interface Move {
  readonly to: Sigma | Step;
  readonly when: Formula;
}

/** That what `from` sent at tick `sent` arrives: all of it, or each message that has a fate of its own. */
interface Delivered {
  readonly from: number;
  readonly sent: number;
  readonly whens: readonly Formula[];
}

/** A node in the course of a tick: the σ's it may be in, and what it has sent. */
interface Day {
  readonly cases: Cases;
  readonly sent: Outbox;
}

/** What two slots have sent, as one batch. */
interface Joined {
  readonly pair: Pair;
  readonly batch: number;
}

class Unroller {
  readonly gaps: Formula[] = [];
  readonly truths: Formula[] = [];
  readonly attempts: Tried[] = [];
  /** By tick, then node: the σ's at its end. Tick 0 is before anything was sent or received, after `init`. */
  private readonly ends: Cases[][] = [];
  /** The same: what was sent in it. */
  private readonly sent: Outbox[][] = [];
  private readonly first: number;

  constructor(
    private readonly space: FaultSpace,
    private readonly transitions: Transitions,
    private readonly limits: UnrollLimits,
    private readonly exploration: Exploration,
  ) {
    this.first = space.circuit.size;
    const starts = space.bounds.nodes.map((_, node) => transitions.start(node) as Sigma);
    this.ends.push(starts.map((sigma) => new Map([[transitions.still(sigma), TRUE]])));
    this.sent.push(
      starts.map((sigma) => new Map(transitions.sends(sigma).map(({ to, batch }) => [to, new Map([[batch, TRUE]])]))),
    );
  }

  *tick(tick: number): Work<void> {
    const days: Day[] = [];
    for (let node = 0; node < this.space.bounds.nodes.length; node++) days.push(yield* this.turn(node, tick));
    const ends = days.map(({ cases }) => cases);
    this.ends.push(ends);
    this.sent.push(days.map(({ sent }) => sent));
    // Behind a gap a node may be in none.
    if (this.gaps.length === 0)
      for (const [node, cases] of ends.entries())
        this.truths.push(...exactlyOne(this.space.circuit, [...cases.values()], -this.space.up(node, tick)));
  }

  /** A node at the end of a tick. */
  private *turn(node: number, tick: number): Work<Day> {
    const { circuit } = this.space;
    const before = (this.ends[tick - 1] as Cases[])[node] as Cases;
    const away = this.space.away(node, tick);
    const awake = yield* this.morning(before, node, tick);
    const mail = this.deliveries(node, tick);
    const firsts = this.space.firsts(node, tick);
    if (away === FALSE && firsts.length === 0) return yield* this.taken(awake, node, tick, mail, undefined);
    const ends = new Collector();
    const sent = new OutboxCollector();
    const add = (day: Day): void => {
      for (const [sigma, when] of day.cases) ends.add(sigma, when);
      sent.addAll(circuit, day.sent, TRUE);
    };
    add(this.restricted({ cases: before, sent: new Map() }, away));
    for (const { first, when } of firsts)
      add(yield* this.taken(this.restricted(awake, circuit.and([when, -away])), node, tick, mail, first));
    const usual = -circuit.or([away, ...firsts.map(({ when }) => when)]);
    add(yield* this.taken(this.restricted(awake, usual), node, tick, mail, undefined));
    return { cases: ends.cases(circuit), sent: sent.outbox(circuit) };
  }

  /** The σ's with which a node begins a tick, back from a restart or not. */
  private *morning(before: Cases, node: number, tick: number): Work<Day> {
    // `init` is a part of the first tick.
    if (tick === 1) return { cases: before, sent: (this.sent[0] as Outbox[])[node] as Outbox };
    const { circuit } = this.space;
    const away = this.space.away(node, tick - 1);
    const still = circuit.or([away, this.space.standing(node, tick - 1)]);
    const onTime: Day = { cases: this.mapped(before, (sigma) => this.transitions.morning(sigma)), sent: new Map() };
    if (still === FALSE) return onTime;
    const moves: Move[] = [...this.restricted(onTime, -still).cases].map(([to, when]) => ({ to, when }));
    const back = circuit.and([away, -this.space.away(node, tick)]);
    for (const [sigma, when] of this.mapped(before, (it) => this.transitions.still(it))) {
      moves.push({ to: sigma, when: circuit.and([when, still, -away]) });
      const isFailed = this.transitions.failed(sigma);
      moves.push({ to: isFailed ? sigma : [node, sigma, RESTART, NOTHING], when: circuit.and([when, back]) });
    }
    return yield* this.moved(onTime.sent, moves, node, tick);
  }

  /** A node after all that it does in a tick; `first`: whose messages come before its timers. */
  private *taken(
    awake: Day,
    node: number,
    tick: number,
    mail: readonly Delivered[],
    first: number | undefined,
  ): Work<Day> {
    let day = awake;
    const receive = function* (this: Unroller, one: Delivered): Work<void> {
      const batches = this.batches(one, node);
      if (batches.size > 0) day = yield* this.inbox(day, node, tick, one.from, batches);
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
    return { cases, sent: sent.outbox(circuit) };
  }

  /** Who may send what arrives at a node at a tick, and when it does; by sender, then tick of sending. */
  private deliveries(node: number, tick: number): Delivered[] {
    const { nodes, perMessage = 0 } = this.space.bounds;
    const found: Delivered[] = [];
    for (let from = 0; from < nodes.length; from++)
      for (let sent = 1; sent < tick; sent++) {
        const whens = Array.from({ length: Math.max(1, perMessage) }, (_, i) => {
          const arrivals = this.space.arrivals(from, node, sent, i + 1);
          return arrivals.find(({ at }) => at === tick)?.when ?? FALSE;
        });
        if (whens.some((when) => when !== FALSE)) found.push({ from, sent, whens });
      }
    return found;
  }

  /** What of that which `from` sent to `to` at a tick arrives: batches other than nothing. */
  private batches({ from, sent, whens }: Delivered, to: number): Cases {
    const { circuit } = this.space;
    const arriving = new Collector();
    for (const [batch, when] of (this.sent[sent] as Outbox[])[from]?.get(to) ?? [])
      for (const part of this.parts(batch, whens)) arriving.add(part.batch, circuit.and([when, part.when]));
    return arriving.cases(circuit);
  }

  /** The parts of a batch that may arrive together: all of it, or each choice of messages that have fates of their own. */
  private parts(batch: number, whens: readonly Formula[]): { batch: number; when: Formula }[] {
    if (whens.length === 1) return [{ batch, when: whens[0] as Formula }];
    const { circuit } = this.space;
    const messages = this.transitions.messagesOf(batch);
    const fates = whens.slice(0, messages.length);
    return Array.from({ length: 2 ** fates.length - 1 }, (_, i) => i + 1).map((mask) => {
      const arrives = (fate: number): boolean => (mask >> fate) % 2 === 1;
      const here = messages.filter((_message, i) => arrives(Math.min(i, fates.length - 1)));
      const when = circuit.and(fates.map((fate, i) => (arrives(i) ? fate : -fate)));
      return { batch: this.transitions.batch(here), when };
    });
  }

  private timers({ cases, sent }: Day, node: number, tick: number): Work<Day> {
    const moves = [...cases].map(([sigma, when]): Move => {
      const idle = this.transitions.failed(sigma) || !this.transitions.hasDue(sigma);
      return { to: idle ? sigma : [node, sigma, TIMERS, NOTHING], when };
    });
    return this.moved(sent, moves, node, tick);
  }

  private inbox({ cases, sent }: Day, node: number, tick: number, from: number, batches: Cases): Work<Day> {
    const { circuit } = this.space;
    const nothing = -circuit.or(batches.values());
    const moves = [...cases].flatMap(([sigma, when]): Move[] => {
      if (this.transitions.failed(sigma)) return [{ to: sigma, when }];
      const arrivals = [...batches].map(
        ([batch, arrived]): Move => ({ to: [node, sigma, inboxOf(from), batch], when: circuit.and([when, arrived]) }),
      );
      return [{ to: sigma, when: circuit.and([when, nothing]) }, ...arrivals];
    });
    return this.moved(sent, moves, node, tick);
  }

  /**
   * Where moves lead to. Transitions that are not known are tried, all at once, where they are possible and the budget
   * allows it.
   * @param sent what was sent before
   */
  private *moved(sent: Outbox, moves: readonly Move[], node: number, tick: number): Work<Day> {
    const alive = this.space.up(node, tick);
    const unknown: (Move & { readonly to: Step; readonly truth: Truth | 'unknown' })[] = [];
    const open = moves.flatMap(({ to, when }) =>
      typeof to === 'number' || when === FALSE || this.transitions.known(...to, tick) !== undefined
        ? []
        : [{ to, when }],
    );
    const possible = this.possibleOf(open, alive);
    for (const [i, { to, when }] of open.entries()) {
      const truth = possible[i];
      if (!truth) continue;
      if (this.mayTry(unknown.length)) unknown.push({ to, when, truth });
      else this.gaps.push(this.space.circuit.and([when, alive]));
    }
    if (unknown.length > 0) {
      const reached = yield* this.transitions.try(unknown.map(({ to }) => ({ step: to, tick })));
      for (const [i, { to, when, truth }] of unknown.entries()) this.note(to, [when, alive], truth, reached[i]);
    }
    return this.after(sent, moves, alive, tick);
  }

  /** Where moves lead to whose transitions are known. */
  private after(before: Outbox, moves: readonly Move[], alive: Formula, tick: number): Day {
    const { circuit } = this.space;
    const next = new Collector();
    const sent = new OutboxCollector();
    for (const { to, when } of moves) {
      const sigma = typeof to === 'number' ? to : this.transitions.known(...to, tick);
      if (sigma === undefined) continue;
      next.add(this.transitions.still(sigma), when);
      if (typeof to !== 'number') for (const { to, batch } of this.transitions.sends(sigma)) sent.add(to, batch, when);
    }
    const joined = (pairs: readonly Pair[]): Joined[] => this.joined(pairs, alive);
    return { cases: next.cases(circuit), sent: sentAfter(circuit, before, sent.outbox(circuit), joined) };
  }

  /** Slots of which each may send something need not be able to do so in the same scenario. */
  private joined(pairs: readonly Pair[], alive: Formula): Joined[] {
    const possible = this.possibleOf(pairs, alive);
    return pairs
      .filter((_, i) => possible[i])
      .map((pair) => ({ pair, batch: this.transitions.joined(pair.first, pair.second) }));
  }

  /**
   * What a dead node would have done does not matter. Beyond the budget one gap is as bad as many: none is looked at.
   */
  private possibleOf(
    options: readonly { readonly when: Formula }[],
    alive: Formula,
  ): (Truth | 'unknown' | undefined)[] {
    const asks = this.mayTry(0) || this.gaps.length === 0;
    const whens = options.map(({ when }) => when);
    return (asks ? this.exploration.oracle : CREDULOUS).possibleOf(whens, [alive]);
  }

  private mayTry(pending: number): boolean {
    const { tries, gates } = this.limits;
    return this.transitions.size + pending < tries && this.space.circuit.size - this.first <= gates;
  }

  private note(
    step: Step,
    path: readonly Formula[],
    truth: Truth | 'unknown',
    reached: Sigma | LdfiError | undefined,
  ): void {
    const faults = truth === 'unknown' ? undefined : this.space.faults.filter((it) => truth(this.space.variable(it)));
    if (reached instanceof HiddenState && faults) this.exploration.hidden(reached, canonical(faults));
    if (typeof reached === 'number') this.attempts.push({ step, faults });
    // The run that gets there will say what is wrong.
    else this.gaps.push(this.space.circuit.and(path));
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
