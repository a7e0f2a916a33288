/**
 * Work that may wait until what the reader has asked for is on the screen: done step by step, each in a turn of its
 * own, so that a click never waits for it; given up for what is newer.
 */
import type { Work } from '../../core/work.js';

export class Background {
  private work: Work<void, void> | undefined;
  private turn = 0;
  /** A message is a turn without the delay that timers have. */
  private readonly turns = new MessageChannel();

  constructor() {
    this.turns.port1.onmessage = ({ data }) => this.step(data);
  }

  /** Does this instead of what is still to be done. */
  start(work: Work<void, void>): void {
    const turn = ++this.turn;
    this.work = work;
    // The second frame begins when the first one has been shown.
    requestAnimationFrame(() => requestAnimationFrame(() => this.step(turn)));
  }

  private step(turn: number): void {
    if (turn === this.turn && this.work?.next().done === false) this.turns.port2.postMessage(turn);
  }
}
