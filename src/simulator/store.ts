/**
 * The extents of a run in progress: one per relation for the current tick, one per fixed-tick look-up of the program.
 *
 * At tick k, a fixed extent `rel@k` fills along with the current extent of `rel`, position by position; before k it is
 * empty, afterwards it stays. So a join compiled once reads the right tuples at every tick.
 */
import type { Rule } from '../dedalus/ast.js';
import { Extent } from './extent.js';
import { isEqual } from './precedent.js';
import { type Schema, subgoal } from './schema.js';

export class Store {
  /** Current extents, by relation id. */
  readonly current: readonly Extent[];
  /** Fixed extents by tick, then relation id. */
  private readonly fixed = new Map<number, Map<number, Extent>>();
  private tick = 0;
  private recording: Map<number, Extent> | undefined;

  constructor(private readonly schema: Schema) {
    this.current = schema.relations.map((relation) => new Extent(relation));
    for (const { rule } of schema.rules)
      for (const literal of rule.body)
        if (literal.kind === 'subgoal' && literal.tick !== undefined)
          this.addFixed(literal.tick, literal.atom.relation);
  }

  /** Forgets everything; from now on exactly these `crash` tuples hold, at every tick. */
  reset(crashes: Iterable<number>): void {
    for (const at of this.fixed.values()) for (const extent of at.values()) extent.clear();
    for (const extent of this.current) extent.clear();
    for (const tuple of crashes) this.crash.add(tuple);
  }

  /** Empties the current extents, but that of `crash`, for tick `tick`. */
  beginTick(tick: number): void {
    this.tick = tick;
    this.recording = this.fixed.get(tick);
    for (const extent of this.current) if (extent !== this.crash) extent.clear();
    const recorded = this.recording?.get(this.schema.crash.id);
    for (let i = 0; recorded && i < this.crash.count; i++) recorded.add(this.crash.at(i));
  }

  private get crash(): Extent {
    return this.current[this.schema.crash.id] as Extent;
  }

  /** Adds a tuple to the current tick; false if it was there. */
  add(relation: number, tuple: number): boolean {
    if (!(this.current[relation] as Extent).add(tuple)) return false;
    this.recording?.get(relation)?.add(tuple);
    return true;
  }

  /** Fills the look-ups at the current tick with what held then, by relation id. */
  look(held: readonly Int32Array[]): void {
    for (const [relation, extent] of this.recording ?? []) for (const tuple of held[relation] ?? []) extent.add(tuple);
  }

  /** Whether the look-ups at the current tick find what held at it elsewhere, in the same order. */
  looksLike(held: readonly Int32Array[]): boolean {
    if (!this.recording) return true;
    return [...this.recording].every(([relation, extent]) => isEqual(extent.snapshot(), held[relation] ?? []));
  }

  /** The extent that a body subgoal reads. */
  extentOf(rule: Rule, literal: number): Extent {
    const { atom, tick } = subgoal(rule, literal);
    const { id } = this.schema.relation(atom.relation);
    const extent = tick === undefined ? this.current[id] : this.fixed.get(tick)?.get(id);
    return extent as Extent;
  }

  /** Whether the extent of a body subgoal is filled during the current tick. */
  isGrowing(rule: Rule, literal: number): boolean {
    const { tick } = subgoal(rule, literal);
    return tick === undefined || tick === this.tick;
  }

  private addFixed(tick: number, name: string): void {
    const at = this.fixed.get(tick) ?? new Map<number, Extent>();
    this.fixed.set(tick, at);
    const relation = this.schema.relation(name);
    if (!at.has(relation.id)) at.set(relation.id, new Extent(relation));
  }
}
