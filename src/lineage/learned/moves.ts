/**
 * Where the moves of a node in a slot lead to: by transitions that are known, or tried on the spot as long as the
 * budget lasts; beyond, they are gaps.
 */
import { FALSE, type Formula } from '../../core/circuit.js';
import type { LdfiError } from '../../core/invariant.js';
import type { Work } from '../../core/work.js';
import type { Fault } from '../../faults/fault.js';
import { canonical } from '../../faults/scenario.js';
import type { FaultSpace } from '../../faults/space.js';
import { CREDULOUS } from '../../solver/oracle.js';
import type { Truth } from '../../solver/samples.js';
import { type Cases, Collector } from './cases.js';
import type { Exploration } from './exploration.js';
import { HiddenState } from './hidden-state.js';
import { type Outbox, OutboxCollector, sentAfter } from './outbox.js';
import type { Sigma } from './table.js';
import type { Step, Transitions } from './transitions.js';
import { type Ways, WaysCollector } from './ways.js';

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

/** A transition that was tried, and faults of a run that goes through it, if they are known. */
export interface Tried {
  readonly step: Step;
  readonly faults: readonly Fault[] | undefined;
}

/** Where a node goes in a slot, and when: to a σ, or by a transition. */
export interface Move {
  readonly to: Sigma | Step;
  readonly when: Formula;
}

/** A node in the course of a tick: the σ's it may be in, and what it has sent. */
export interface Day {
  readonly cases: Cases;
  readonly sent: Outbox;
  readonly ways: Ways;
}

export class Moves {
  /** When a scenario meets something unknown. */
  readonly gaps: Formula[] = [];
  readonly tried: Tried[] = [];
  private readonly first: number;

  constructor(
    private readonly space: FaultSpace,
    private readonly transitions: Transitions,
    private readonly limits: UnrollLimits,
    private readonly exploration: Exploration,
  ) {
    this.first = space.circuit.size;
  }

  /**
   * Where moves lead to. Transitions that are not known are tried, all at once, where they are possible and the budget
   * allows it.
   * @param before what was sent before
   */
  *lead(before: Omit<Day, 'cases'>, moves: readonly Move[], node: number, tick: number): Work<Day> {
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
    return this.after(before, moves, tick);
  }

  /** What nodes have sent when the first tick begins. */
  begun(node: number): Ways {
    const start = this.transitions.start(node) as Sigma;
    const ways = new WaysCollector(new Map(), Math.max, this.space.bounds.nodes.length);
    const sigma = this.transitions.still(start);
    ways.add(sigma, sigma, this.transitions.sends(start));
    return ways.ways;
  }

  /** Where moves lead to whose transitions are known. */
  private after(before: Omit<Day, 'cases'>, moves: readonly Move[], tick: number): Day {
    const { circuit, bounds } = this.space;
    const next = new Collector();
    const sent = new OutboxCollector();
    // Of a batch that is new nothing is known: beyond the budget all of those are alike, unless messages part again.
    const grows = this.mayTry(0) || bounds.perMessage !== undefined;
    const join = (first: number, second: number): number => this.transitions.joined(first, second, grows);
    const ways = new WaysCollector(before.ways, join, bounds.nodes.length);
    for (const { to, when } of moves) {
      const [from, reached] = typeof to === 'number' ? [to, to] : [to[1], this.transitions.known(...to, tick)];
      if (reached === undefined || when === FALSE) continue;
      const sigma = this.transitions.still(reached);
      next.add(sigma, when);
      // What is sent in the last tick does not arrive.
      const sends = typeof to === 'number' || tick === bounds.eot ? [] : this.transitions.sends(reached);
      for (const { to, batch } of sends) sent.add(to, batch, when);
      ways.add(from, sigma, sends);
    }
    const joined = (to: number, first: number, second: number): number | undefined =>
      ways.has(to, first, second) ? join(first, second) : undefined;
    const all = sentAfter(circuit, before.sent, sent.outbox(circuit), joined);
    return { cases: next.cases(circuit), sent: all, ways: ways.ways };
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
    if (typeof reached === 'number') this.tried.push({ step, faults });
    // The run that gets there will say what is wrong.
    else this.gaps.push(this.space.circuit.and(path));
  }
}
