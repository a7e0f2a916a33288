/**
 * What is known of a protocol within some bounds: its nodes unrolled, and what the check says of how they may end.
 *
 * Transitions and the check's answers speak of no bounds. Whoever looks within others goes by the same ones, and adds
 * to them.
 */
import { type Formula, TRUE } from '../../core/circuit.js';
import type { Work } from '../../core/work.js';
import type { FaultSpace } from '../../faults/space.js';
import type { LineageStep } from '../port.js';
import type { Answers } from './answers.js';
import type { Exploration } from './exploration.js';
import { idleIn } from './idle.js';
import { type Known, knownToHold } from './known.js';
import type { Tried, UnrollLimits } from './moves.js';
import { Outcomes } from './outcomes.js';
import type { Transitions } from './transitions.js';
import { type Unrolled, unroll } from './unroll.js';

/** What is shared within all bounds. */
export interface Learned {
  readonly transitions: Transitions;
  readonly answers: Answers;
  /** Of what is promised of every tick, if something is. */
  readonly always: Answers | undefined;
  readonly limits: UnrollLimits;
  /** Goes through what was tried in runs. */
  readonly confirm: (tried: readonly Tried[]) => Work<void, LineageStep>;
}

export class Prospect {
  private readonly outcomes: Outcomes;
  private readonly everyTick: readonly Outcomes[];
  private unrolled: Unrolled | undefined;

  constructor(
    readonly space: FaultSpace,
    private readonly learned: Learned,
  ) {
    const { answers, always } = learned;
    const count = { calls: 0 };
    this.outcomes = new Outcomes(answers);
    this.everyTick = always ? Array.from({ length: space.bounds.eot }, () => new Outcomes(always, count)) : [];
  }

  /** Whether all is known that handlers do within the bounds. */
  get isWhole(): boolean {
    return this.unrolled?.gaps.length === 0;
  }

  /**
   * Faults that change nothing in any scenario, and the last tick before the end at which something may be sent (0 if
   * nothing ever is); undefined as long as not all is known that handlers do.
   */
  silence(): { readonly idle: Set<number>; readonly lastSent: number } | undefined {
    if (!this.unrolled || !this.isWhole) return undefined;
    const { sent } = this.unrolled;
    const last = sent.findLastIndex((all) => all.some(({ size }) => size > 0));
    return { idle: idleIn(this.space, sent), lastSent: Math.max(0, last) };
  }

  /** In which scenarios something is promised, once all is known that there is to know. */
  promises(): Formula | undefined {
    if (!this.unrolled) return undefined;
    const { circuit } = this.space;
    const { candidates, ticks } = this.unrolled;
    const every = ticks.map((parts, i) => this.everyTick[i]?.vacuous(circuit, parts) ?? TRUE);
    return -circuit.and([this.outcomes.vacuous(circuit, candidates), ...every]);
  }

  /** What is known now. Where nothing is unknown but what the check says, nodes are not unrolled again. */
  *known(exploration: Exploration, asks: number): Work<Known, LineageStep> {
    const { transitions, limits, always, confirm } = this.learned;
    if (!this.unrolled || (this.unrolled.gaps.length > 0 && transitions.size !== this.unrolled.size)) {
      exploration.oracle.renew();
      this.unrolled = yield* unroll(this.space, transitions, limits, exploration, always !== undefined);
      yield* confirm(this.unrolled.tried);
    }
    return yield* knownToHold(this.space, this.unrolled, this.outcomes, this.everyTick, asks, exploration.oracle);
  }
}
