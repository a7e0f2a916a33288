/**
 * A relation's tuples, interned once and for all runs, and the keys of the indexes over them.
 *
 * A tuple's id is dense; for each index, a tuple's key is dense as well and computed once. An extent (`extent.ts`) can
 * then be indexed by plain arrays: no hashing of tuples while joining, only of the key that is looked for.
 */
import { grown, Sequences, SHORT } from '../core/sequences.js';
import type { Row } from '../core/value.js';
import type { Values } from './values.js';

/** The projection of a relation's tuples to some columns. */
export class Index {
  private readonly keys = new Sequences();
  private keyOfTuple = new Int32Array(SHORT).fill(-1);
  private readonly buffer: number[];

  constructor(
    private readonly relation: Relation,
    readonly columns: readonly number[],
  ) {
    this.buffer = columns.map(() => 0);
  }

  /** The key of a tuple. */
  keyOf(tuple: number): number {
    if (tuple >= this.keyOfTuple.length) {
      const before = this.keyOfTuple.length;
      this.keyOfTuple = grown(this.keyOfTuple, tuple + 1).fill(-1, before);
    }
    let key = this.keyOfTuple[tuple] as number;
    if (key < 0) {
      for (let i = 0; i < this.columns.length; i++)
        this.buffer[i] = this.relation.tuples.at(tuple, this.columns[i] as number);
      key = this.keys.intern(this.buffer);
      this.keyOfTuple[tuple] = key;
    }
    return key;
  }

  /** The key of these column values, or -1 if no tuple ever had it. */
  find(columnValues: ArrayLike<number>): number {
    return this.keys.find(columnValues);
  }
}

export class Relation {
  readonly tuples = new Sequences();
  private readonly indexes = new Map<string, Index>();

  constructor(
    readonly name: string,
    readonly arity: number,
    /** Position among the relations of the program. */
    readonly id: number,
  ) {}

  /** The index over `columns`, shared by all extents. */
  index(columns: readonly number[]): Index {
    const name = columns.join(',');
    let index = this.indexes.get(name);
    if (index === undefined) {
      index = new Index(this, columns);
      this.indexes.set(name, index);
    }
    return index;
  }

  /** The id of a row of values. */
  intern(row: Row, values: Values): number {
    return this.tuples.intern(row.map((value) => values.intern(value)));
  }

  /** A tuple as values. */
  row(tuple: number, values: Values): Row {
    return this.tuples.get(tuple).map((id) => values.get(id));
  }
}
