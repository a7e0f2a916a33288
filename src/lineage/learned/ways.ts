/**
 * Ways: by σ that a node may be in during a tick, what it may have sent on the way there.
 *
 * Two slots of which each may send something need not be able to do so in one scenario: a node that says hello when its
 * timer fires may not be the one that passes it on when it first hears of it. Following σ's from slot to slot shows
 * most of that, without a question to a solver. Invariant: whatever some scenario sends to a receiver up to σ is in the
 * set of σ; NOTHING stands for nothing.
 */
import { NOTHING, type Sends, type Sigma } from './table.js';

/** By receiver. */
type Way = readonly ReadonlySet<number>[];

export type Ways = ReadonlyMap<Sigma, Way>;

/** Ways through one slot more. */
export class WaysCollector {
  readonly ways = new Map<Sigma, Set<number>[]>();
  private readonly pairs = new Set<string>();
  private readonly nothing: Way;

  /**
   * @param before ways up to this slot; σ's that are not there have sent nothing
   * @param joined two batches as one
   */
  constructor(
    private readonly before: Ways,
    private readonly joined: (first: number, second: number) => number,
    nodes: number,
  ) {
    this.nothing = Array.from({ length: nodes }, () => new Set([NOTHING]));
  }

  /** From one σ to another, and what is sent in between. */
  add(from: Sigma, to: Sigma, sends: Sends): void {
    const reached = this.ways.get(to) ?? this.nothing.map(() => new Set());
    this.ways.set(to, reached);
    const before = this.before.get(from) ?? this.nothing;
    const sent: number[] = [];
    for (const { to: receiver, batch } of sends) sent[receiver] = batch;
    for (const [receiver, set] of reached.entries()) {
      const second = sent[receiver] ?? NOTHING;
      for (const first of before[receiver] ?? []) {
        set.add(this.joined(first, second));
        if (first !== NOTHING && second !== NOTHING) this.pairs.add(`${receiver} ${first} ${second}`);
      }
    }
  }

  /** Whether a node may send both to a receiver, one after the other. */
  has(receiver: number, first: number, second: number): boolean {
    return this.pairs.has(`${receiver} ${first} ${second}`);
  }
}
