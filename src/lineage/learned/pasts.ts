/**
 * Pasts: what became of a node's operations, and when, as numbers that are equal where that is equal.
 *
 * A transition adds to a past without knowing it, nor the tick: so it is learned once, and holds after every past.
 */
import type { Sequences } from '../../core/sequences.js';
import type { Snapshot } from '../../protocol/data/plain.js';
import type { Recorded, Stamped } from '../../protocol/runtime/recorded.js';
import type { Interner } from './interner.js';

/** Instead of a tick, in what a transition adds. */
export const NOW = 0;

export class Pasts {
  /**
   * @param lists [rest, tick, whether it is an answer, number of the operation, value] each; 0 is the empty one
   * @param values operations and results
   */
  constructor(
    private readonly lists: Sequences,
    private readonly values: Interner<Snapshot>,
  ) {}

  /** A past, and what was recorded after it. */
  after(past: number, recorded: readonly Recorded[], tick: number): number {
    let all = past;
    for (const { kind, number, value } of recorded)
      all = this.lists.intern([all, tick, kind === 'complete' ? 1 : 0, number, this.values.intern(value.text, value)]);
    return all;
  }

  /** A past, and after it what a transition adds at a tick. */
  joined(past: number, added: number, tick: number): number {
    if (added === 0) return past;
    const [rest = 0, , ...event] = this.lists.get(added);
    return this.lists.intern([this.joined(past, rest, tick), tick, ...event]);
  }

  /** In order. */
  events(past: number): Stamped[] {
    const events: Stamped[] = [];
    for (let at = past; at !== 0; at = this.lists.at(at, 0)) {
      const [, tick = NOW, isAnswer, number = 0, value = 0] = this.lists.get(at);
      events.push({ kind: isAnswer ? 'complete' : 'invoke', number, tick, value: this.values.get(value) });
    }
    return events.reverse();
  }
}
