/**
 * The extents of a run in progress: one per relation for the current tick, one per fixed-tick look-up of the program.
 *
 * At tick k, a fixed extent `rel@k` fills along with the current extent of `rel`, position by position; before k it is empty, afterwards it
 * stays. So a join compiled once reads the right tuples at every tick.
 */
import type { Rule } from '../dedalus/ast.js';
import { Extent } from './extent.js';
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

  /** Forgets everything. */
  clear(): void {
    for (const at of this.fixed.values()) for (const extent of at.values()) extent.clear();
    this.beginTick(0);
  }

  /** Empties the current extents for tick `tick`. */
  beginTick(tick: number): void {
    this.tick = tick;
    this.recording = this.fixed.get(tick);
    for (const extent of this.current) extent.clear();
  }

  /** Adds a tuple to the current tick; false if it was there. */
  add(relation: number, tuple: number): boolean {
    if (!(this.current[relation] as Extent).add(tuple)) return false;
    this.recording?.get(relation)?.add(tuple);
    return true;
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
