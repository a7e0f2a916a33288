/**
 * A traced run with the look-ups that explanations need: what holds, what matches a pattern, what fired for a fact.
 *
 * All indexes are made when first asked for. Invariant: matches and firings come in the order of evaluation, so equal runs give equal views.
 */
import type { Relation } from '../../simulator/relation.js';
import type { RawFiring, RawRun, Run } from '../../simulator/run.js';
import type { Schema } from '../../simulator/schema.js';
import { OPEN, type Pattern } from './pattern.js';

const NOTHING: readonly number[] = [];

export class Traced {
  readonly raw: RawRun;
  readonly eot: number;
  private readonly members = new Map<number, Set<number>>();
  private readonly buckets = new Map<number, Map<number, number[]>>();
  /** First firing per fact, and per firing the next one of the same fact. */
  private heads: Map<number, number> | undefined;
  private nexts = new Int32Array();

  /** @param run with firings */
  constructor(
    readonly schema: Schema,
    readonly run: Run,
  ) {
    this.raw = run.raw;
    this.eot = run.eot;
  }

  /** Tuples of a relation at a tick. */
  tuples(relation: number, tick: number): ArrayLike<number> {
    return this.raw.ticks[tick]?.[relation] ?? NOTHING;
  }

  has(relation: number, tuple: number, tick: number): boolean {
    if (tuple < 0) return false;
    const key = tick * this.schema.relations.length + relation;
    let members = this.members.get(key);
    if (!members) {
      members = new Set(Array.from(this.tuples(relation, tick)));
      this.members.set(key, members);
    }
    return members.has(tuple);
  }

  /** Tuples that match a pattern. */
  matches({ relation, columns, tick, equal }: Pattern): readonly number[] {
    const { tuples } = this.schema.relations[relation] as Relation;
    const bound = columns.findIndex((value) => value !== OPEN);
    if (bound < 0 && !equal) return Array.from(this.tuples(relation, tick));
    if (!columns.includes(OPEN)) {
      const tuple = tuples.find(columns);
      return this.has(relation, tuple, tick) ? [tuple] : NOTHING;
    }
    const candidates =
      bound < 0 ? Array.from(this.tuples(relation, tick)) : this.bucket(relation, tick, bound, columns);
    return candidates.filter(
      (tuple) =>
        columns.every((value, i) => value === OPEN || tuples.at(tuple, i) === value) &&
        (equal ?? []).every(([i, j]) => tuples.at(tuple, i) === tuples.at(tuple, j)),
    );
  }

  holds(pattern: Pattern): boolean {
    return this.matches(pattern).length > 0;
  }

  /** What fired for a fact, in order of evaluation. */
  firings(relation: number, tuple: number, tick: number): RawFiring[] {
    this.heads ??= this.indexFirings();
    const found: RawFiring[] = [];
    for (let i = this.heads.get(this.key(relation, tuple, tick)) ?? -1; i >= 0; i = this.nexts[i] as number)
      found.push(this.raw.firings[i] as RawFiring);
    return found;
  }

  /** A number per fact. */
  key(relation: number, tuple: number, tick: number): number {
    return (tick * this.schema.relations.length + relation) * 2 ** 31 + tuple;
  }

  private bucket(relation: number, tick: number, column: number, columns: readonly number[]): readonly number[] {
    const key = (tick * this.schema.relations.length + relation) * 256 + column;
    let buckets = this.buckets.get(key);
    if (!buckets) {
      const { tuples } = this.schema.relations[relation] as Relation;
      buckets = new Map();
      for (const tuple of Array.from(this.tuples(relation, tick))) {
        const value = tuples.at(tuple, column);
        const bucket = buckets.get(value);
        if (bucket) bucket.push(tuple);
        else buckets.set(value, [tuple]);
      }
      this.buckets.set(key, buckets);
    }
    return buckets.get(columns[column] as number) ?? NOTHING;
  }

  private indexFirings(): Map<number, number> {
    const { firings } = this.raw;
    const heads = new Map<number, number>();
    const relationOf = this.schema.rules.map(({ rule }) => this.schema.relation(rule.head.relation).id);
    this.nexts = new Int32Array(firings.length);
    for (let i = firings.length - 1; i >= 0; i--) {
      const { rule, tuple, headTick } = firings[i] as RawFiring;
      const key = this.key(relationOf[rule] as number, tuple, headTick);
      this.nexts[i] = heads.get(key) ?? -1;
      heads.set(key, i);
    }
    return heads;
  }
}
