/**
 * Where the moves of a node in a slot lead to: by transitions that are known, or tried on the spot as long as the budget
 * lasts; beyond, they are gaps.
 */
import { FALSE, type Formula } from '../../core/circuit.js';
import type { LdfiError } from '../../core/invariant.js';
import type { Work } from '../../core/work.js';
import type { Fault } from '../../faults/fault.js';
import { canonical } from '../../faults/scenario.js';
import type { FaultSpace } from '../../faults/space.js';
import { CREDULOUS, type Truth } from '../../solver/oracle.js';
import { type Cases, Collector } from './cases.js';
import type { Exploration } from './exploration.js';
import { HiddenState } from './hidden-state.js';
import { type Outbox, OutboxCollector, type Pair, sentAfter } from './outbox.js';
import type { Sigma } from './table.js';
import type { Step, Transitions } from './transitions.js';

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
}

/** What two slots have sent, as one batch. */
interface Joined {
  readonly pair: Pair;
  readonly batch: number;
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
   * @param sent what was sent before
   */
  *lead(sent: Outbox, moves: readonly Move[], node: number, tick: number): Work<Day> {
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
    if (typeof reached === 'number') this.tried.push({ step, faults });
    // The run that gets there will say what is wrong.
    else this.gaps.push(this.space.circuit.and(path));
  }
}
