/**
 * What the check answers, learned by asking it: every answer goes into the decision tree, together with what was read on the way to it.
 *
 * The check is asked with a plain world and with one that follows its reads. Where the two disagree, or the follower says that it is blind, reads cannot be
 * followed one by one; then what was learned is void, and states and logs count as read whole. Invariant: nothing that a formula relies on is taken back.
 */
import { LdfiError } from '../../core/invariant.js';
import type { Outcome } from '../../core/outcome.js';
import { prng } from '../../core/prng.js';
import type { Read } from '../../protocol/reads.js';
import type { Final } from '../../protocol/simulate.js';
import { trackedWorld, wholeWorld } from '../../protocol/tracked.js';
import type { AnyProtocol } from '../../protocol/types.js';
import { answerOf, outcomeOf, worldOf } from '../../protocol/world.js';
import type { Guides } from './guides.js';
import { contradiction, DecisionTree } from './tree.js';

/** Worlds in which the tree is compared with the check before anything relies on it. */
const SAMPLES = 64;

export class Answers {
  readonly tree = new DecisionTree();
  /** Whether states and logs count as read whole. */
  whole = false;
  private relied = false;

  constructor(private readonly protocol: AnyProtocol) {}

  /**
   * Takes the answer for the end of a run into the tree, unless a handler threw: then the check has no say.
   * @param told what the check said of it before, if it was asked
   * @throws LdfiError 'impure-handler' if the check contradicts itself, 'bad-protocol' if it throws, or shows only now that it cannot be followed
   */
  learn(finals: readonly Final[], told?: Outcome): void {
    if (finals.some(({ failure }) => failure !== undefined)) return;
    const outcome = told ?? this.judged(finals);
    if (!this.whole) {
      const reads = this.followed(finals, outcome);
      if (reads && this.tree.grow(reads, outcome)) return;
      this.giveUp();
    }
    const { world, reads } = wholeWorld(this.protocol.nodes, finals);
    const again = outcomeOf(answerOf(this.protocol, world));
    if (!same(again, outcome) || !this.tree.grow(reads, outcome)) throw contradiction();
  }

  /** The check must say the same when it is asked again. @throws LdfiError 'impure-handler' */
  confirm(finals: readonly Final[], told: Outcome): void {
    if (!same(this.judged(finals), told)) throw contradiction();
  }

  /**
   * Looks for worlds of which the tree and the check say different things, because something was read that no probe shows; gives up following reads if there is one.
   * @param parts by node: how it may end; what is made up of them need not be possible
   * @param watched makes a call of the check: each on its own, because it may be slow
   */
  sample(parts: readonly (readonly Final[])[], watched: Guides['watched']): void {
    const below = prng(1);
    for (let i = 0; i < SAMPLES && !this.whole; i++) {
      const finals = parts.map((part) => part[below(part.length)] as Final);
      const { outcome } = this.tree.decide(finals);
      if (outcome && !watched(() => this.agrees(finals, outcome))) this.giveUp();
    }
  }

  /** From now on what was learned is relied on. */
  rely(): void {
    this.relied = true;
  }

  private agrees(finals: readonly Final[], outcome: Outcome): boolean {
    try {
      return same(this.judged(finals), outcome);
    } catch (error) {
      // It may be that no run ever ends so.
      if (error instanceof LdfiError) return true;
      throw error;
    }
  }

  private judged(finals: readonly Final[]): Outcome {
    return outcomeOf(answerOf(this.protocol, worldOf(this.protocol.nodes, finals)));
  }

  /** What the check reads of a world, if that can be followed. */
  private followed(finals: readonly Final[], told: Outcome): readonly Read[] | undefined {
    const { world, reads, isBlind } = trackedWorld(this.protocol.nodes, finals);
    try {
      const outcome = outcomeOf(answerOf(this.protocol, world));
      return !isBlind() && same(outcome, told) ? reads : undefined;
    } catch (error) {
      // It did not throw in the plain world.
      if (error instanceof LdfiError && error.code === 'bad-protocol') return undefined;
      throw error;
    }
  }

  private giveUp(): void {
    if (this.relied)
      throw new LdfiError(
        'bad-protocol',
        'check looks at the world in a way that cannot be followed, which shows only now: let it compare copies (`new Map(…)`, `[...list]`), not the objects that world.state and world.log give',
      );
    this.whole = true;
    this.tree.clear();
  }
}

const same = (a: Outcome, b: Outcome): boolean => JSON.stringify(a) === JSON.stringify(b);
