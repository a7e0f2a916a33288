/**
 * A traced run with the look-ups that explanations need: what holds, what matches a pattern, what fired for a fact.
 *
 * All indexes are made when first asked for. Invariant: matches and firings come in the order of evaluation, so equal
 * runs give equal views.
 */
import { distinctBy } from '../../../core/distinct.js';
import { getOrMake, groupBy } from '../../../core/memo.js';
import type { Outcome } from '../../../core/outcome.js';
import type { Row } from '../../../core/value.js';
import type { Scenario } from '../../../faults/fault.js';
import type { Relation } from '../../../simulator/relation.js';
import type { RawFiring, RawMessage, RawRun, RawTick, Run } from '../../../simulator/run.js';
import type { Schema } from '../../../simulator/schema.js';
import type { History, Item, Items, Key, Mail } from '../case.js';
import type { FactKey } from '../views.js';
import type { Names } from './names.js';
import { OPEN, type Pattern } from './pattern.js';

const NOTHING: readonly number[] = [];
const NO_FIRINGS: readonly RawFiring[] = [];

/**
 * Indexes over the tuples of a relation at a tick, by the list of these, which runs share for ticks that are alike: as
 * a set, and by column.
 */
const MEMBERS = new WeakMap<object, ReadonlySet<number>>();
const BUCKETS = new WeakMap<object, Map<number, readonly number[]>[]>();

/** What nodes keep at a tick, by the tick's lists of tuples. */
const GRIDS = new WeakMap<object, readonly Map<Key, Item>[]>();

/** Firings by their facts, in order of evaluation. */
type Fired = ReadonlyMap<number, readonly RawFiring[]>;

/** By the tick of the head, which runs share for ticks that are alike. */
const FIRED = new WeakMap<RawTick, ReadonlyMap<number, Fired>>();
const MAILS = new WeakMap<RawTick, readonly Mail[]>();

const NONE: Items = new Map();

export class Traced implements History {
  readonly schema: Schema;
  readonly raw: RawRun;
  readonly eot: number;
  readonly scenario: Scenario;
  readonly outcome: Outcome;
  /** By tick, what fired for its facts, a map for each tick at which that was evaluated. */
  private fired: readonly Fired[][] | undefined;

  /** @param run with firings */
  constructor(
    readonly names: Names,
    readonly run: Run,
  ) {
    this.schema = names.schema;
    this.raw = run.raw;
    this.eot = run.eot;
    this.scenario = run.scenario;
    this.outcome = run.outcome;
  }

  mails(tick: number): readonly Mail[] {
    const made = this.raw.made[tick];
    if (!made) return [];
    return getOrMake(MAILS, made, () =>
      distinctBy(
        made.messages.map((message) => this.mail(message)),
        ({ id }) => id,
      ),
    );
  }

  private mail({ from, to, sent, nth, at, relation, tuple, rule, lost }: RawMessage): Mail {
    const { names } = this;
    const [id, label] = [names.message(from, to, sent, relation, tuple), names.text(relation, tuple)];
    return { id, from, to, sent, nth, at, lost, label, source: () => names.rule(rule) };
  }

  items(node: number, tick: number): Items {
    const held = this.raw.ticks[tick];
    const grid = held && getOrMake(GRIDS, held, () => this.grid(held));
    return grid?.[node < 0 ? this.schema.nodes.length : node] ?? NONE;
  }

  private grid(held: RawRun['ticks'][number]): Map<Key, Item>[] {
    const { nodes, relations } = this.schema;
    const grid = [...nodes, ''].map(() => new Map<Key, Item>());
    for (const { id, tuples } of relations)
      for (const tuple of held[id] ?? NOTHING) {
        const node = this.schema.nodeOf(tuples.at(tuple, 0));
        grid[node < 0 ? nodes.length : node]?.set(this.key(id, tuple), this.names.item(id, tuple));
      }
    return grid;
  }

  start(): Items {
    return NONE;
  }

  /** Durable facts, those that no fault can change last. */
  survivors(node: number, tick: number): string[] {
    const { durable, unaffected } = this.names;
    const now = this.items(node, tick);
    const kept = [...this.items(node, tick - 1)].flatMap(([key, item]) =>
      durable.has(item.relation) && now.has(key) ? [item] : [],
    );
    const isFixed = ({ relation }: Item): number => Number(unaffected.has(this.schema.relation(relation).id));
    return kept.sort((a, b) => isFixed(a) - isFixed(b)).map(({ text }) => text);
  }

  /** The tables of a node go on when it has crashed. */
  acts(): boolean {
    return true;
  }

  /** The rows that are promised at the end, and kept. */
  keptRows(): Row[] {
    const kept = new Set(this.run.rows('post', this.eot).map((row) => JSON.stringify(row)));
    return this.run.rows('pre', this.eot).filter((row) => kept.has(JSON.stringify(row)));
  }

  /** Tuples of a relation at a tick. */
  tuples(relation: number, tick: number): ArrayLike<number> & Iterable<number> {
    return this.raw.ticks[tick]?.[relation] ?? NOTHING;
  }

  has(relation: number, tuple: number, tick: number): boolean {
    if (tuple < 0) return false;
    const tuples = this.tuples(relation, tick);
    return getOrMake(MEMBERS, tuples, () => new Set(tuples)).has(tuple);
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

  matched(pattern: Pattern): boolean {
    return this.matches(pattern).length > 0;
  }

  holds(fact: FactKey): boolean {
    const pattern = this.names.pattern(fact);
    return pattern !== undefined && this.matched(pattern);
  }

  /** What fired for a fact, in order of evaluation. */
  firings(relation: number, tuple: number, tick: number): readonly RawFiring[] {
    this.fired ??= this.byHead();
    const key = this.key(relation, tuple);
    let all: readonly RawFiring[] = NO_FIRINGS;
    for (const fired of this.fired[tick] ?? []) {
      const found = fired.get(key);
      if (found) all = all.length > 0 ? [...all, ...found] : found;
    }
    return all;
  }

  /** The nodes that are down at a tick, so that durable facts of a relation stay at them. */
  carried(relation: number, tick: number): readonly number[] {
    const { stops } = this.names.system.space.has;
    const running = stops ? (this.raw.made[tick]?.running ?? []).slice(0, this.schema.nodes.length) : [];
    if (!running.includes(false) || !this.schema.stopped.carried.some(({ id }) => id === relation)) return NOTHING;
    return running.flatMap((runs, node) => (runs ? [] : [node]));
  }

  /** A number per fact of a tick. */
  key(relation: number, tuple: number): number {
    return tuple * this.schema.relations.length + relation;
  }

  private bucket(relation: number, tick: number, column: number, columns: readonly number[]): readonly number[] {
    const held = this.tuples(relation, tick);
    const columnsOf = getOrMake(BUCKETS, held, () => []);
    const { tuples } = this.schema.relations[relation] as Relation;
    columnsOf[column] ??= groupBy(held, (tuple) => tuples.at(tuple, column));
    return columnsOf[column].get(columns[column] as number) ?? NOTHING;
  }

  private byHead(): Fired[][] {
    const { made, ticks } = this.raw;
    const fired = ticks.map((): Fired[] => []);
    for (const tick of made)
      for (const [headTick, firings] of getOrMake(FIRED, tick, () => this.firedAt(tick)))
        fired[headTick]?.push(firings);
    return fired;
  }

  /** What fired at a tick, by the tick of its head. */
  private firedAt({ firings }: RawTick): Map<number, Fired> {
    const { rules } = this.schema;
    const headOf = rules.map(({ rule }) => this.schema.relation(rule.head.relation).id);
    const byTick = [...groupBy(firings, ({ headTick }) => headTick)];
    const byFact = (list: readonly RawFiring[]): Fired =>
      groupBy(list, ({ rule, tuple }) => this.key(headOf[rule] as number, tuple));
    return new Map(byTick.map(([headTick, list]) => [headTick, byFact(list)]));
  }
}
