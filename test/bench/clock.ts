/**
 * Two clocks. Wall time says how long a person waits, and grows when others use the machine; CPU time of this process
 * (all its threads, garbage collector included) does not, and is about the wall time of an idle machine.
 */
export interface Span {
  /** Milliseconds. */
  readonly wall: number;
  readonly cpu: number;
}

/** Starts both clocks; each call of the result gives the time since. */
export function stopwatch(): () => Span {
  const cpu = process.cpuUsage();
  const wall = performance.now();
  return () => {
    // Reading CPU time is a slow system call here and there; it is kept out of the wall time.
    const spent = performance.now() - wall;
    const { user, system } = process.cpuUsage(cpu);
    return { wall: spent, cpu: (user + system) / 1000 };
  };
}

/**
 * The lesser of the two: no less than the wall time of an idle machine, because a search never waits for anything. What
 * is compared with a figure.
 */
export const lesser = ({ wall, cpu }: Span): number => Math.min(wall, cpu);

/** Adds up the wall time of many short pieces of work. */
export class Meter {
  total = 0;
  count = 0;

  time<T>(work: () => T): T {
    const from = performance.now();
    try {
      return work();
    } finally {
      this.total += performance.now() - from;
      this.count++;
    }
  }

  async wait<T>(work: () => Promise<T>): Promise<T> {
    const from = performance.now();
    try {
      return await work();
    } finally {
      this.total += performance.now() - from;
      this.count++;
    }
  }
}
