/**
 * What a Bloom program is made with, as users see it: collections by kind, each with the merges that it has.
 */
import type { ProtocolCheck } from '../protocol/types.js';
import type { Collection, Rowish } from './collections.js';
import type { Columns, Rows } from './rows.js';
import type { COMBINATORS } from './terms.js';

type Reading<C extends string> = Pick<
  Collection<C>,
  'name' | 'rows' | 'at' | 'everywhere' | 'where' | 'notin' | 'map' | 'group'
>;

/** Keeps its rows until they are deleted. */
type Table<C extends string> = Reading<C> &
  Pick<Collection<C>, 'now' | 'next' | 'delete' | 'upsert' | 'fact'> & {
    /** Its rows are still there when the node comes back after a restart. */
    durable(): Table<C>;
  };

/** Has its rows for one step. */
type Scratch<C extends string> = Reading<C> & Pick<Collection<C>, 'now' | 'next' | 'fact'>;

/** Messages: what is merged into it at one node arrives at another. */
type Channel<C extends string> = Omit<Reading<C>, 'everywhere'> &
  Pick<Collection<C>, 'async' | 'fact'> & {
    /** The messages of all nodes. */
    everywhere(tick?: number): Rows<[Columns<C>]>;
  };

/** What comes from outside: it has facts, and no statements. */
type Input<C extends string> = Reading<C> & Pick<Collection<C>, 'fact'>;

/** What goes outside: nobody has to read it. */
type Output<C extends string> = Reading<C> & Pick<Collection<C>, 'now' | 'next'>;

/** Has one row, without columns, at tick 1 and then every so many ticks, at every node. */
type Periodic = Reading<never>;

/** What an observer sees who sees all nodes: made of `everywhere()` and of other views. */
type View<C extends string> = Pick<Reading<C>, 'name' | 'rows' | 'at' | 'where' | 'notin' | 'map' | 'group'> &
  Pick<Collection<C>, 'now'>;

type Plain<C extends string> = C extends `@${infer Name}` ? Name : C;

/** Rows that are combined, from what is joined. */
type Joined<R extends readonly unknown[]> = R extends readonly [infer First, ...infer Others]
  ? First extends { rows(): Rows<infer Of> }
    ? [...Of, ...Joined<Others>]
    : never
  : [];

/** What the function of `bloom` is given. Its parts may be taken apart: `({ table, join }) => …`. */
export type Builder = typeof COMBINATORS & {
  /**
   * @param key columns; `upsert` replaces rows with the same
   * @param others the other columns
   */
  readonly table: <const C extends string, const D extends string = never>(
    name: string,
    key: readonly C[],
    others?: readonly D[],
  ) => Table<C | D>;
  readonly scratch: <const C extends string>(name: string, columns: readonly C[]) => Scratch<C>;
  /** The first column, which begins with `@`, is the address. */
  readonly channel: <const C extends string>(name: string, columns: readonly C[]) => Channel<Plain<C>>;
  readonly input: <const C extends string>(name: string, columns: readonly C[]) => Input<C>;
  readonly output: <const C extends string>(name: string, columns: readonly C[]) => Output<C>;
  /** @param period in ticks, at least 1 */
  readonly periodic: (name: string, period: number) => Periodic;
  readonly view: <const C extends string>(name: string, columns: readonly C[]) => View<C>;
  /** The crashes of a run: who (`crashed`) crashes when (`tick`), which every node (`seer`) is told. */
  readonly crash: Pick<View<'seer' | 'crashed' | 'tick'>, 'name' | 'rows' | 'where' | 'notin' | 'map'>;
  /** Every combination of rows, at one node: `join(a, b).where((a, b) => eq(a.key, b.key))`. */
  readonly join: <const R extends readonly { rows(): unknown }[]>(...readables: R) => Rows<Joined<R>>;
  /** What is promised if it is so at the end: every row of it must be a row of `post`. */
  readonly pre: (rows: Rowish) => void;
  readonly post: (rows: Rowish) => void;
  /** A row of this at any tick breaks the promise. */
  readonly never: (rows: Rowish) => void;
  /** Bounds to check within, and the verdict that is expected. */
  readonly check: (check: ProtocolCheck) => void;
  readonly nodes: readonly string[];
};
