/**
 * An extent: which tuples of a relation hold at one tick, in order of derivation, with indexes that grow along.
 *
 * Positions are the clock of the semi-naive fixpoint: 'new since round r' is a range of positions. Emptying an extent
 * is O(1): membership and bucket heads are stamped with an epoch. Buckets keep order of insertion, so joins are
 * deterministic.
 */
import { grown, SHORT } from '../core/sequences.js';
import type { Index, Relation } from './relation.js';

/** Index buckets over one extent: linked lists of positions threaded through arrays. */
export class Access {
  private heads = new Int32Array(SHORT);
  private tails = new Int32Array(SHORT);
  private stamps = new Int32Array(SHORT);
  private nexts = new Int32Array(SHORT);
  private epoch = 1;

  constructor(readonly index: Index) {}

  clear(): void {
    this.epoch++;
  }

  add(tuple: number, position: number): void {
    const key = this.index.keyOf(tuple);
    if (key >= this.heads.length) {
      this.heads = grown(this.heads, key + 1);
      this.tails = grown(this.tails, key + 1);
      this.stamps = grown(this.stamps, key + 1);
    }
    if (position >= this.nexts.length) this.nexts = grown(this.nexts, position + 1);
    this.nexts[position] = -1;
    if (this.stamps[key] === this.epoch) this.nexts[this.tails[key] as number] = position;
    else {
      this.stamps[key] = this.epoch;
      this.heads[key] = position;
    }
    this.tails[key] = position;
  }

  /** First position with this key, or -1. */
  first(key: number): number {
    return key >= 0 && key < this.heads.length && this.stamps[key] === this.epoch ? (this.heads[key] as number) : -1;
  }

  /** Next position with the same key, or -1. */
  next(position: number): number {
    return this.nexts[position] as number;
  }
}

export class Extent {
  /** How many tuples hold. */
  count = 0;
  private list = new Int32Array(SHORT);
  private stamps = new Int32Array(SHORT);
  private epoch = 1;
  private readonly accesses: Access[] = [];

  constructor(readonly relation: Relation) {}

  clear(): void {
    this.count = 0;
    this.epoch++;
    for (const access of this.accesses) access.clear();
  }

  has(tuple: number): boolean {
    return tuple >= 0 && tuple < this.stamps.length && this.stamps[tuple] === this.epoch;
  }

  /** Adds a tuple; false if it was there. */
  add(tuple: number): boolean {
    if (this.has(tuple)) return false;
    if (tuple >= this.stamps.length) this.stamps = grown(this.stamps, tuple + 1);
    if (this.count >= this.list.length) this.list = grown(this.list, this.count + 1);
    this.stamps[tuple] = this.epoch;
    const position = this.count++;
    this.list[position] = tuple;
    for (const access of this.accesses) access.add(tuple, position);
    return true;
  }

  /** The tuple at a position. */
  at(position: number): number {
    return this.list[position] as number;
  }

  /** The tuples that hold, in order of derivation; a copy. */
  snapshot(): Int32Array {
    return this.list.slice(0, this.count);
  }

  /** Buckets by `columns`, kept up to date from now on. */
  access(columns: readonly number[]): Access {
    const index = this.relation.index(columns);
    let access = this.accesses.find((known) => known.index === index);
    if (access === undefined) {
      access = new Access(index);
      for (let position = 0; position < this.count; position++) access.add(this.at(position), position);
      this.accesses.push(access);
    }
    return access;
  }
}
