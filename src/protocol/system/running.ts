/**
 * Whose code runs in the virtual world: there is one node at a time.
 */
import { type StandIns, standIn } from '../guards/guarded-functions.js';

/** The one place where code of programs is called from. */
class Entrance {
  /** Whose turn it is: a life of a node. */
  current: object | undefined;
  /** What stands in the place of the clock, chance and timers. */
  standIns: StandIns | undefined;

  call(life: object, work: () => void): void {
    this.current = life;
    standIn(this.standIns);
    try {
      work();
    } finally {
      standIn(undefined);
      this.current = undefined;
    }
  }
}

export const enter = new Entrance();
