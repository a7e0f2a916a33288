/**
 * Slots: leaves of ways that say the same have the same number, and it is known which slot becomes which when two nodes change places.
 */
import type { Swap } from './merge.js';

export class Slots<L> {
  private readonly numbers = new Map<string, number>();
  /** A leaf of each slot. */
  private readonly examples: L[] = [];
  private readonly swapped = new Map<string, number>();

  /** @param keyOf equal for leaves that say the same, once the nodes of the swap have changed places */
  constructor(private readonly keyOf: (leaf: L, swap: Swap | undefined) => string) {}

  of(leaf: L): number {
    const key = this.keyOf(leaf, undefined);
    const slot = this.numbers.get(key) ?? this.examples.push(leaf) - 1;
    this.numbers.set(key, slot);
    return slot;
  }

  /** The slot that is this one with two nodes exchanged; -1 if no leaf so far has it. */
  exchanged(slot: number, swap: Swap): number {
    const key = `${slot}:${swap[0]}:${swap[1]}`;
    let other = this.swapped.get(key);
    if (other === undefined) {
      other = this.numbers.get(this.keyOf(this.examples[slot] as L, swap)) ?? -1;
      this.swapped.set(key, other);
    }
    return other;
  }
}

/** A node's number once two have changed places. */
export const exchange = (node: number, swap: Swap | undefined): number =>
  node === swap?.[0] ? swap[1] : node === swap?.[1] ? swap[0] : node;
