/**
 * Choices from a seed, for the generator.
 */
import { prng } from '../../../src/core/prng.js';

export class Dice {
  private readonly below: (bound: number) => number;

  constructor(seed: number) {
    this.below = prng(seed);
  }

  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)] as T;
  }

  chance(percent: number): boolean {
    return this.below(100) < percent;
  }

  /** An integer in `[from, to]`. */
  between(from: number, to: number): number {
    return from + this.below(to - from + 1);
  }

  /** `[from, to]` results of `make`. */
  several<T>(from: number, to: number, make: () => T): T[] {
    return Array.from({ length: this.between(from, to) }, make);
  }
}
