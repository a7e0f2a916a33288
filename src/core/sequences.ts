/**
 * Interning of short integer sequences (hash-consing; Ershov 1958).
 *
 * Tuples, index keys and circuit gates are all sequences of small integers. Each distinct sequence gets a dense id,
 * 0, 1, 2 …, in order of first appearance; everything else then works on ids and flat arrays.
 * Invariant: `intern(a) === intern(b)` exactly when a and b are equal, for the life of the table.
 */
/** Length of an array that may stay short, and most do: engines keep so short a one within the object. */
export const SHORT = 16;

export class Sequences {
  private data = new Int32Array(SHORT);
  private starts = new Int32Array(SHORT);
  private used = 0;
  private slots = new Int32Array(SHORT).fill(-1);
  /** How many distinct sequences are interned. */
  size = 0;

  /** The id of `items[from..to)`, a new one if it was not seen before. */
  intern(items: ArrayLike<number>, from = 0, to = items.length): number {
    let slot = this.probe(items, from, to);
    const known = this.slots[slot] as number;
    if (known >= 0) return known;
    if (2 * (this.size + 1) > this.slots.length) {
      this.rehash();
      slot = this.probe(items, from, to);
    }
    return this.append(slot, items, from, to);
  }

  /** The id of `items[from..to)`, or -1 if it was never interned. */
  find(items: ArrayLike<number>, from = 0, to = items.length): number {
    return this.slots[this.probe(items, from, to)] as number;
  }

  /** Number of items in sequence `id`. */
  length(id: number): number {
    return this.end(id) - (this.starts[id] as number);
  }

  /** Item `index` of sequence `id`. */
  at(id: number, index: number): number {
    return this.data[(this.starts[id] as number) + index] as number;
  }

  /** A copy of sequence `id`. */
  get(id: number): number[] {
    const items: number[] = [];
    for (let i = this.starts[id] as number, end = this.end(id); i < end; i++) items.push(this.data[i] as number);
    return items;
  }

  private end(id: number): number {
    return id + 1 < this.size ? (this.starts[id + 1] as number) : this.used;
  }

  private probe(items: ArrayLike<number>, from: number, to: number): number {
    const mask = this.slots.length - 1;
    let slot = hash(items, from, to) & mask;
    for (;;) {
      const id = this.slots[slot] as number;
      if (id < 0 || this.equals(id, items, from, to)) return slot;
      slot = (slot + 1) & mask;
    }
  }

  private equals(id: number, items: ArrayLike<number>, from: number, to: number): boolean {
    const start = this.starts[id] as number;
    if (this.end(id) - start !== to - from) return false;
    for (let i = from; i < to; i++) if (this.data[start + i - from] !== items[i]) return false;
    return true;
  }

  private append(slot: number, items: ArrayLike<number>, from: number, to: number): number {
    const id = this.size++;
    if (id >= this.starts.length) this.starts = grown(this.starts, id + 1);
    const end = this.used + to - from;
    if (end > this.data.length) this.data = grown(this.data, end);
    this.starts[id] = this.used;
    for (let i = from; i < to; i++) this.data[this.used++] = items[i] as number;
    this.slots[slot] = id;
    return id;
  }

  private rehash(): void {
    const slots = new Int32Array(this.slots.length * 2).fill(-1);
    const mask = slots.length - 1;
    for (let id = 0; id < this.size; id++) {
      let slot = hash(this.data, this.starts[id] as number, this.end(id)) & mask;
      while ((slots[slot] as number) >= 0) slot = (slot + 1) & mask;
      slots[slot] = id;
    }
    this.slots = slots;
  }
}

/** FNV-1a over 32-bit items with a final avalanche, so that dense ids spread over the table. */
function hash(items: ArrayLike<number>, from: number, to: number): number {
  let h = 0x811c9dc5;
  for (let i = from; i < to; i++) h = Math.imul(h ^ (items[i] as number), 0x01000193);
  h ^= h >>> 15;
  h = Math.imul(h, 0x2c1b3c6d);
  return (h ^ (h >>> 12)) >>> 0;
}

/** A copy of `array` with room for at least `length` items; doubles, so that growth is linear overall. */
export function grown(array: Int32Array, length: number): Int32Array<ArrayBuffer> {
  const bigger = new Int32Array(Math.max(length, array.length * 2));
  bigger.set(array);
  return bigger;
}
