/**
 * Unrolling: what is known of a protocol's local transitions as one formula over fault variables, 'known to hold'.
 *
 * Forward over ticks: which σ's a node may be in and when (as if it never crashed: a dead node's messages do not arrive, and it is judged by what
 * it was before), which batches follow, when they arrive. Wherever a σ meets a batch and the transition is not known, it is tried on the spot as
 * long as the budget lasts; beyond, it is a gap. Known to hold: no gap is reached, and the check is known not to be broken. This is the explicit-state
 * exploration of each node alone (thread-modular: Flanagan, Qadeer, 2003), with the formula to say which combinations are real: what no scenario
 * brings about is not tried.
 * Invariant: in every scenario that reaches no gap, exactly one σ per node and tick is true while the node lives, and at most one afterwards.
 */
import { FALSE, type Formula, TRUE } from '../../core/circuit.js';
import { LdfiError } from '../../core/invariant.js';
import type { FaultSpace } from '../../faults/space.js';
import type { LineageStep } from '../port.js';
import { type Cases, Collector, exactlyOne } from './cases.js';
import type { Guides } from './guides.js';
import { HiddenState } from './hidden.js';
import type { Candidate, Outcomes } from './outcomes.js';
import { scenarioIn } from './scenarios.js';
import { inboxOf, NOTHING, type Sigma, TIMERS } from './table.js';
import type { Step, Transitions } from './transitions.js';

/** A call of the check is as much work as so many atoms. */
const CHECK_WORK = 500;

/** What nodes may do in any scenario, as far as it is known. */
export interface Unrolled {
  /** By node: how it may end. */
  readonly candidates: readonly (readonly Candidate[])[];
  /** When a scenario meets something unknown. */
  readonly gaps: readonly Formula[];
  /** What was tried on the way. */
  readonly tried: readonly Tried[];
  /** True in every scenario: that a node that lives is in exactly one σ. The circuit does not show it. */
  readonly truths: readonly Formula[];
}

/** A transition that was tried, and what must be true for a run to go through it. */
export interface Tried {
  readonly step: Step;
  readonly path: readonly Formula[];
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
  /** Most calls of the check that may be made without a run: before the first question to the solver, between two, and in all. */
  readonly checks: { readonly first: number; readonly each: number; readonly most: number };
  /** Most gates that the formula may take; beyond them nothing more is tried. */
  readonly gates: number;
}

/** What may happen, by what is known now and can be tried; yields after each tick. */
export function* unroll(
  space: FaultSpace,
  transitions: Transitions,
  limits: UnrollLimits,
  guides: Guides,
): Generator<LineageStep, Unrolled> {
  const world = new Unroller(space, transitions, limits, guides);
  for (let tick = 1; tick <= space.bounds.eot; tick++) {
    world.tick(tick);
    yield { tick, work: transitions.size };
  }
  const { gaps, truths, attempts } = world;
  return { candidates: world.candidates(), gaps, truths, tried: attempts };
}

/**
 * 'Known to hold', from what may happen and from what the check says of it; yields as the check is asked.
 * @param asks most calls of the check without a run, ever
 */
export function* knownToHold(
  { circuit, bounds }: FaultSpace,
  { candidates, gaps, truths }: Unrolled,
  outcomes: Outcomes,
  asks: number,
  guides: Guides,
): Generator<LineageStep, Known> {
  const asking = outcomes.formula(circuit, candidates, asks, guides);
  let step = asking.next();
  for (; !step.done; step = asking.next()) yield { tick: bounds.eot, work: step.value * CHECK_WORK };
  const { passes, complete } = step.value;
  const known = circuit.and([passes, -circuit.or(gaps)]);
  return {
    // What is always true changes nothing here, and saves the solver from finding it out.
    holds: circuit.or([known, -circuit.and(truths)]),
    exact: complete && gaps.length === 0,
  };
}

class Unroller {
  readonly gaps: Formula[] = [];
  readonly truths: Formula[] = [];
  readonly attempts: Tried[] = [];
  /** By tick, then node: the σ's at its end. Tick 0 is before anything was sent or received, after `init`. */
  private readonly ends: Cases[][] = [];
  private readonly first: number;

  constructor(
    private readonly space: FaultSpace,
    private readonly transitions: Transitions,
    private readonly limits: UnrollLimits,
    private readonly guides: Guides,
  ) {
    this.first = space.circuit.size;
    this.ends.push(space.bounds.nodes.map((_, node) => new Map([[transitions.initial(node), TRUE]])));
  }

  tick(tick: number): void {
    const ends = this.space.bounds.nodes.map((_, node) => this.turn(node, tick));
    this.ends.push(ends);
    // Behind a gap a node may be in none.
    if (this.gaps.length === 0)
      for (const [node, cases] of ends.entries())
        this.truths.push(...exactlyOne(this.space.circuit, [...cases.values()], -this.space.up(node, tick)));
  }

  /** The σ's of a node at the end of a tick. */
  private turn(node: number, tick: number): Cases {
    const before = (this.ends[tick - 1] as Cases[])[node] as Cases;
    // `init` is a part of the first tick.
    let cases = tick === 1 ? before : this.mapped(before, (sigma) => this.transitions.end(sigma).next);
    cases = this.timers(cases, node, tick);
    for (const { from, sent, when } of this.deliveries(node, tick)) {
      const batches = this.batches(from, sent, node, when);
      if (batches.size > 0) cases = this.inbox(cases, node, tick, from, batches);
    }
    return cases;
  }

  /** Who may send what arrives at a node at a tick, and when it does; by sender, then tick of sending. */
  private deliveries(
    node: number,
    tick: number,
  ): { readonly from: number; readonly sent: number; readonly when: Formula }[] {
    const found: { from: number; sent: number; when: Formula }[] = [];
    for (let from = 0; from < this.space.bounds.nodes.length; from++)
      for (let sent = 1; sent < tick; sent++)
        for (const { at, when } of this.space.arrivals(from, node, sent))
          if (at === tick && when !== FALSE) found.push({ from, sent, when });
    return found;
  }

  /** What `from` sent to `to` at a tick and arrives: batches other than nothing. */
  private batches(from: number, sent: number, to: number, arrives: Formula): Cases {
    const whens = new Map<number, Formula[]>();
    for (const [sigma, when] of (this.ends[sent] as Cases[])[from] as Cases) {
      const batch = this.transitions.end(sigma).sends.find((send) => send.to === to)?.batch ?? NOTHING;
      if (batch === NOTHING) continue;
      const known = whens.get(batch);
      if (known) known.push(when);
      else whens.set(batch, [when]);
    }
    const { circuit } = this.space;
    const batches: Cases = new Map();
    for (const [batch, when] of whens) {
      const formula = circuit.and([circuit.or(when), arrives]);
      if (formula !== FALSE) batches.set(batch, formula);
    }
    return batches;
  }

  private timers(cases: Cases, node: number, tick: number): Cases {
    const next = new Collector();
    for (const [sigma, when] of cases) {
      if (this.transitions.failed(sigma) || !this.transitions.hasDue(sigma)) next.add(sigma, when);
      else this.move(next, [node, sigma, TIMERS, NOTHING], tick, when);
    }
    return next.cases(this.space.circuit);
  }

  private inbox(cases: Cases, node: number, tick: number, from: number, batches: Cases): Cases {
    const { circuit } = this.space;
    const next = new Collector();
    const nothing = -circuit.or(batches.values());
    for (const [sigma, when] of cases) {
      if (this.transitions.failed(sigma)) {
        next.add(sigma, when);
        continue;
      }
      next.add(sigma, circuit.and([when, nothing]));
      for (const [batch, arrived] of batches) {
        const both = circuit.and([when, arrived]);
        if (both !== FALSE) this.move(next, [node, sigma, inboxOf(from), batch], tick, both);
      }
    }
    return next.cases(this.space.circuit);
  }

  /** Follows a transition, known or to be tried. */
  private move(next: Collector, step: Step, tick: number, when: Formula): void {
    let reached = this.transitions.known(...step);
    if (reached === undefined) {
      // What a node would have done while it is down does not matter.
      const [node] = step;
      const alive = this.space.up(node, tick);
      if (!this.guides.oracle.possible([when, alive])) return;
      reached = this.tried(step, tick, [when, alive]);
      if (reached === undefined) {
        this.gaps.push(this.space.circuit.and([when, alive]));
        return;
      }
    }
    next.add(reached, when);
  }

  private tried(step: Step, tick: number, path: readonly Formula[]): Sigma | undefined {
    if (this.transitions.size >= this.limits.tries || this.space.circuit.size - this.first > this.limits.gates)
      return undefined;
    try {
      const reached = this.guides.watched(() => this.transitions.try(...step, tick));
      this.attempts.push({ step, path });
      return reached;
    } catch (error) {
      if (error instanceof HiddenState) this.tell(error, path);
      // The run that gets there will say what is wrong.
      if (error instanceof LdfiError) return undefined;
      throw error;
    }
  }

  private tell(error: HiddenState, path: readonly Formula[]): void {
    const scenario = scenarioIn(this.space, this.guides.oracle.witness(path));
    if (scenario) this.guides.hidden(error, scenario);
  }

  private mapped(cases: Cases, change: (sigma: Sigma) => Sigma): Cases {
    const next = new Collector();
    for (const [sigma, when] of cases) next.add(change(sigma), when);
    return next.cases(this.space.circuit);
  }

  /** By node: how it may end, up or down. */
  candidates(): Candidate[][] {
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
      const survives = this.space.up(node, bounds.eot);
      for (const [sigma, when] of (this.ends[bounds.eot] as Cases[])[node] as Cases)
        add(sigma, true, circuit.and([when, survives]));
      for (let tick = 1; tick < bounds.eot; tick++)
        for (const [sigma, when] of (this.ends[tick - 1] as Cases[])[node] as Cases)
          add(sigma, false, circuit.and([when, this.space.falling(node, tick)]));
      return [...found.values()].map(({ candidate, whens }) => ({ ...candidate, when: circuit.or(whens) }));
    });
  }
}
