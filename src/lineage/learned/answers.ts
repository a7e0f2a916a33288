/**
 * What the check answers, learned by asking it: every answer goes into the decision tree, together with what was read
 * on the way to it.
 *
 * The check is asked with a plain world and with one that follows its reads. Where the two disagree, or its reads
 * cannot be followed one by one, what was learned is void, and states and logs count as read whole. Invariant: nothing
 * that a formula relies on is taken back.
 */
import { LdfiError } from '../../core/invariant.js';
import type { Outcome } from '../../core/outcome.js';
import { prng } from '../../core/prng.js';
import { type Work, wait } from '../../core/work.js';
import type { Judge, Judgement, ProtocolHost, Reading } from '../../protocol/runtime/host.js';
import type { Final } from '../../protocol/runtime/run.js';
import { contradiction, DecisionTree } from './decision-tree.js';

/** Worlds in which the tree is compared with the check before anything relies on it. */
const SAMPLES = 64;

export class Answers {
  readonly tree = new DecisionTree();
  /** Whether states and logs count as read whole. */
  whole = false;
  private relied = false;

  constructor(
    private readonly host: ProtocolHost,
    private readonly by: Judge = 'check',
  ) {}

  /** How the check's reads are to be followed now. */
  get reading(): Reading {
    return this.whole ? 'whole' : 'single';
  }

  /**
   * Takes the answer for the end of a run into the tree, unless a handler threw: then the check has no say.
   * @param told what the check said of it before, if it was asked, its reads followed as `reading` says
   * @throws LdfiError 'impure-handler' if the check contradicts itself, 'bad-protocol' if it throws, or shows only now
   * that it cannot be followed
   */
  *learn(finals: readonly Final[], told?: Judgement): Work<void> {
    if (finals.some(({ failure }) => failure !== undefined)) return;
    let { outcome, followed } = told ?? (yield* this.judged(finals, this.reading));
    if (!this.whole) {
      if (followed && same(followed.outcome, outcome) && this.tree.grow(followed.reads, outcome)) return;
      this.giveUp();
      ({ followed } = yield* this.judged(finals, 'whole'));
    }
    if (!followed || !same(followed.outcome, outcome) || !this.tree.grow(followed.reads, outcome))
      throw contradiction(this.by);
  }

  /** The check must say the same when it is asked again. @throws LdfiError 'impure-handler' */
  *confirm(finals: readonly Final[], told: Outcome): Work<void> {
    const { outcome } = yield* this.judged(finals, 'none');
    if (!same(outcome, told)) throw contradiction(this.by);
  }

  /**
   * Looks for worlds of which the tree and the check say different things, because something was read that no probe
   * shows; gives up following reads if there is one.
   * @param parts by node: how it may end; what is made up of them need not be possible
   */
  *sample(parts: readonly (readonly Final[])[]): Work<void> {
    if (this.whole) return;
    const below = prng(1);
    const samples = Array.from({ length: SAMPLES }, () => parts.map((part) => part[below(part.length)] as Final))
      .map((finals) => ({ finals, outcome: this.tree.decide(finals).outcome }))
      .filter(({ outcome }) => outcome !== undefined);
    const worlds = samples.map(({ finals }) => finals);
    const judgements = yield* wait(this.host.judge(worlds, 'none', this.by));
    // Where the check throws: it may be that no run ever ends so. But that it does not return is bad everywhere.
    const differ = judgements.some((told, i) => {
      if (told instanceof LdfiError) return false;
      return !same(told.outcome, samples[i]?.outcome as Outcome);
    });
    if (differ) this.giveUp();
  }

  /** From now on what was learned is relied on. */
  rely(): void {
    this.relied = true;
  }

  private *judged(finals: readonly Final[], reading: Reading): Work<Judgement> {
    const [told] = yield* wait(this.host.judge([finals], reading, this.by));
    if (told === undefined || told instanceof LdfiError) throw told ?? contradiction(this.by);
    return told;
  }

  private giveUp(): void {
    if (this.relied)
      throw new LdfiError(
        'bad-protocol',
        `${this.by} looks at the world in a way that cannot be followed, which shows only now: let it compare copies (\`new Map(…)\`, \`[...list]\`), not the objects that world.state and world.log give`,
      );
    this.whole = true;
    this.tree.clear();
  }
}

const same = (a: Outcome, b: Outcome): boolean => JSON.stringify(a) === JSON.stringify(b);
