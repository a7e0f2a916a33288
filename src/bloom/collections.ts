/**
 * Collections, and the statements that merge rows into them.
 *
 * Every node has its own rows of each. A channel's rows begin with the address of the node that has them.
 */
import type { Value } from '../core/value.js';
import { MERGES_OF } from './merges.js';
import type { BloomCollection, BloomFact } from './model.js';
import { type Columns, type Conditions, type Made, Projection, type Readable, Rows, readingOf } from './rows.js';
import { type Mistakes, type Origin, originOf, Slip } from './slip.js';
import { type Aggregate, type Cell, isValue, type Occurrence, type Term } from './terms.js';

type Merge = keyof typeof MERGES_OF;

/** A statement as it was made. */
interface Statement {
  readonly into: Collection<string>;
  readonly merge: Merge;
  readonly made: Made;
  readonly origin: Origin;
}

/** What a program has been given so far. */
export interface Draft {
  readonly nodes: readonly string[];
  readonly mistakes: Mistakes;
  readonly statements: Statement[];
  readonly facts: (Omit<BloomFact, 'place'> & { readonly origin: Origin })[];
}

/** What a statement takes: new rows, or a collection's own. */
export type Rowish = Projection | Readable<unknown>;

export class Collection<C extends string> implements Readable<Columns<C>> {
  /** @internal */
  constructor(
    private readonly draft: Draft,
    readonly description: Omit<BloomCollection, 'place' | 'durable'>,
    readonly origin: Origin,
  ) {}

  get name(): string {
    return this.description.name;
  }

  /** @internal */
  rows(): Rows<[Columns<C>]> {
    return this.reading(this.description.kind === 'view', undefined, this.description.columns);
  }

  /** The rows that there were at that tick, looked up at any later one. */
  at(tick: number): Rows<[Columns<C>]> {
    return this.reading(this.description.kind === 'view', tick, this.description.columns);
  }

  /**
   * The rows of all nodes, `node` being whose they are: for what is promised, which nobody runs. Those of a channel have
   * their address for that.
   * @param tick those that there were at that tick
   */
  everywhere(tick?: number): Rows<[Columns<C> & { readonly node: Term }]> {
    const { kind, columns } = this.description;
    return this.reading(true, tick, kind === 'channel' ? columns : ['node', ...columns]) as never;
  }

  /** See `Rows.where`. */
  where(condition: (row: Columns<C>) => Conditions): Rows<[Columns<C>]> {
    return this.rows().where(condition);
  }

  /** See `Rows.notin`. */
  notin<S>(other: Readable<S>, fits?: (row: Columns<C>, other: S) => Conditions): Rows<[Columns<C>]> {
    return this.rows().notin(other, fits);
  }

  /** See `Rows.map`. */
  map(made: (row: Columns<C>) => readonly Cell[]): Projection {
    return this.rows().map(made);
  }

  /** See `Rows.group`. */
  group(made: (row: Columns<C>) => readonly (Cell | Aggregate)[]): Projection {
    return this.rows().group(made);
  }

  /** Instantaneous: the rows are there in the same step. Bloom writes `<=`. */
  now(rows: Rowish): void {
    this.merge('now', rows);
  }

  /** Deferred: the rows are there in the next step. Bloom writes `<+`. */
  next(rows: Rowish): void {
    this.merge('next', rows);
  }

  /** Asynchronous: each row travels to the node of its first column, and may be late or lost. Bloom writes `<~`. */
  async(rows: Rowish): void {
    this.merge('async', rows);
  }

  /** The rows are gone in the next step, unless they are inserted anew. Bloom writes `<-`. */
  delete(rows: Rowish): void {
    this.merge('delete', rows);
  }

  /** In the next step the rows stand in the place of those with their keys. Bloom writes `<+-`. */
  upsert(rows: Rowish): void {
    this.merge('upsert', rows);
  }

  /**
   * A row that comes from outside.
   * @param node whose it is; the address, for a channel
   * @param tick when it comes, from 1
   * @param row the columns, without the address of a channel
   */
  fact(node: string, tick: number, ...row: readonly Value[]): void {
    const origin = originOf('fact');
    const { kind, columns, name } = this.description;
    this.draft.mistakes.guard(origin, () => {
      const given = kind === 'channel' ? columns.slice(1) : columns;
      if (kind === 'output' || kind === 'view' || kind === 'periodic')
        throw new Slip(`\`${name}\` is ${article(kind)}, which takes no facts`, 'facts come to an input, say');
      if (!this.draft.nodes.includes(node))
        throw new Slip(`there is no node \`${String(node)}\``, `the nodes are ${this.draft.nodes.join(', ')}`);
      if (!Number.isInteger(tick) || tick < 1) throw new Slip('the tick of a fact is an integer from 1');
      if (row.length !== given.length)
        throw new Slip(`\`${name}\` has the columns ${given.join(', ')}, not ${row.length} values`);
      if (!row.every(isValue)) throw new Slip('values are strings, without quotes and line ends, and integers');
      this.draft.facts.push({ collection: name, node, tick, row: [...row], origin });
    });
  }

  private merge(merge: Merge, rows: Rowish): void {
    const origin = originOf(merge);
    const { kind, name, columns } = this.description;
    this.draft.mistakes.guard(origin, () => {
      if (!MERGES_OF[merge].includes(kind))
        throw new Slip(
          `\`${merge}\` is not for \`${name}\`, which is ${article(kind)}`,
          `it is for ${MERGES_OF[merge].map((one) => `a ${one}`).join(', ')}`,
        );
      const made = rows instanceof Projection ? rows.made : wholeRow(rows);
      if (!made) return;
      if (made.row.length !== columns.length)
        throw new Slip(
          `\`${name}\` has the columns ${columns.join(', ') || '(none)'}, and is given ${made.row.length} values`,
        );
      refuseOtherNodes(kind === 'view', made, name);
      this.draft.statements.push({ into: this as unknown as Collection<string>, merge, made, origin });
    });
  }

  private reading(everywhere: boolean, tick: number | undefined, columns: readonly string[]): Rows<[Columns<C>]> {
    const { name, kind } = this.description;
    const { mistakes } = this.draft;
    const sources = mistakes.guard(originOf('at'), () => {
      if (tick !== undefined && (!Number.isInteger(tick) || tick < 1)) throw new Slip('a tick is an integer from 1');
      // The rows of a view have no node of their own.
      const own = kind === 'view' ? this.description.columns : columns;
      const address = kind === 'channel' && !everywhere ? own[0] : undefined;
      return [{ collection: name, columns: own, everywhere, tick, address } satisfies Occurrence];
    });
    return new Rows(mistakes, sources && { sources, conditions: [], absent: [] });
  }
}

/** `a table`, `an input`. */
export const article = (kind: string): string => `${/^[aeiou]/.test(kind) ? 'an' : 'a'} ${kind}`;

const isHere = (cell: Made['row'][number]): boolean =>
  cell.kind === 'here' || (cell.kind === 'arithmetic' && (isHere(cell.left) || isHere(cell.right)));

/** Rows as they are. @throws Slip for joined ones */
function wholeRow(rows: unknown): Made | undefined {
  const parts = readingOf(rows);
  const [source, ...others] = parts?.sources ?? [];
  if (!parts || !source) return undefined;
  if (others.length > 0) throw new Slip('joined rows are no row', 'say what of them: .map((a, b) => [a.x, b.y])');
  return { ...parts, row: source.columns.map((column) => ({ kind: 'column', source: 0, column })) };
}

/** Statements that nodes run read what is at their node; those of observers, what is anywhere. */
function refuseOtherNodes(isView: boolean, { sources, absent, row }: Made, name: string): void {
  const stranger = [...sources, ...absent.map(({ of }) => of)].find(({ everywhere }) => everywhere !== isView);
  if (stranger && isView)
    throw new Slip(
      `\`${stranger.collection}\` is at every node, and \`${name}\` at none`,
      `write ${stranger.collection}.everywhere()`,
    );
  if (stranger)
    throw new Slip(
      `\`${name}\` is at every node, and no node sees all of \`${stranger.collection}\``,
      'send what is needed over a channel; `everywhere` is for what is promised',
    );
  if (isView && row.some(isHere))
    throw new Slip('`here` is no node where nobody runs the statement', 'take the column `node` of a row');
}
