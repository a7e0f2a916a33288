/**
 * Symbols that stand for values while a program is put together: `gt(c.votes, 2)` compares nothing, it notes that
 * there is to be a comparison.
 *
 * JavaScript's own operators cannot be noted, so a symbol that is added or compared by them refuses with what to write.
 */
import type { Value } from '../core/value.js';
import type { BloomAggregate, BloomCondition, BloomTerm } from './model.js';
import { Slip } from './slip.js';

/** One row of a collection in a statement: what its columns are columns of. */
export interface Occurrence {
  readonly collection: string;
  readonly columns: readonly string[];
  readonly everywhere: boolean;
  readonly tick: number | undefined;
  /** The column that is `here`: a channel's address, where only that node's rows are read. */
  readonly address: string | undefined;
}

type Content =
  | { readonly kind: 'column'; readonly of: Occurrence; readonly column: string }
  | { readonly kind: 'constant'; readonly value: Value }
  | { readonly kind: 'here' }
  | {
      readonly kind: 'arithmetic';
      readonly op: '+' | '-' | '*' | '/';
      readonly left: Content;
      readonly right: Content;
    };

/** A value that will be known when the program runs: a column, `here`, or what `plus` and its like make of them. */
export class Term {
  /** @internal */
  constructor(readonly content: Content) {
    Object.freeze(this);
  }

  /** JavaScript asks for this when it adds, compares by size, or puts into a text. */
  [Symbol.toPrimitive](): never {
    const what = this.content.kind === 'column' ? `\`${this.content.column}\`` : 'this value';
    throw new Slip(
      `${what} is known only when the program runs, so JavaScript cannot compute with it`,
      'write plus, minus, times, over for arithmetic, and eq, ne, lt, le, gt, ge in `where`',
    );
  }
}

/** What may stand in a row: a symbol, a string, or an integer. */
export type Cell = Term | Value;

/** A comparison that was noted. */
export class Condition {
  /** @internal */
  constructor(
    readonly op: BloomCondition['op'],
    readonly left: Content,
    readonly right: Content,
  ) {}
}

/** `count()` and its like, in the row of a group. */
export class Aggregate {
  /** @internal */
  constructor(
    readonly fn: BloomAggregate['fn'],
    readonly of: Content | undefined,
  ) {}
}

/** A string as it can be written in a spec, or a safe integer. */
export function isValue(value: unknown): value is Value {
  return typeof value === 'string' ? !/["\r\n\0]/.test(value) : Number.isSafeInteger(value);
}

/** @throws Slip for what is neither a symbol nor a value */
export function contentOf(cell: unknown): Content {
  if (cell instanceof Term) return cell.content;
  if (isValue(cell)) return { kind: 'constant', value: cell };
  if (cell instanceof Condition)
    throw new Slip('a comparison is no value', 'conditions stand in `where`, not in a row');
  if (cell instanceof Aggregate)
    throw new Slip(`\`${cell.fn}\` stands only in the row of a group`, 'write .group((row) => [row.key, count()])');
  const what = typeof cell === 'string' ? 'a string with quotes or line ends' : inWords(cell);
  throw new Slip(`${what} cannot be a value of a row`, 'values are columns, strings and integers');
}

function inWords(value: unknown): string {
  if (value === undefined || value === null || typeof value === 'boolean' || typeof value === 'number')
    return String(value);
  return Array.isArray(value) ? 'a list' : `a ${typeof value}`;
}

const compare = (op: BloomCondition['op']) => (left: Cell, right: Cell) =>
  new Condition(op, contentOf(left), contentOf(right));

const compute = (op: '+' | '-' | '*' | '/') => (left: Cell, right: Cell) =>
  new Term({ kind: 'arithmetic', op, left: contentOf(left), right: contentOf(right) });

const aggregate = (fn: BloomAggregate['fn']) => (of: Term) => new Aggregate(fn, columnOf(fn, of));

function columnOf(fn: string, of: unknown): Content {
  if (of instanceof Term && of.content.kind === 'column') return of.content;
  throw new Slip(`\`${fn}\` is of a column`, `put what is computed into a scratch first, and write ${fn}(row.column)`);
}

/** The functions that make terms, conditions and aggregates. */
export const COMBINATORS = {
  eq: compare('=='),
  ne: compare('!='),
  lt: compare('<'),
  le: compare('<='),
  gt: compare('>'),
  ge: compare('>='),
  plus: compute('+'),
  minus: compute('-'),
  times: compute('*'),
  over: compute('/'),
  min: aggregate('min'),
  max: aggregate('max'),
  sum: aggregate('sum'),
  avg: aggregate('avg'),
  /** How many different values of a column there are in the group; without a column, how many rows. */
  count: (of?: Term): Aggregate => new Aggregate('count', of === undefined ? undefined : columnOf('count', of)),
  /** The node at which a statement runs. */
  here: new Term({ kind: 'here' }),
} as const;

/** As data. @param sources of the statement, in their order @throws Slip for a column of another statement's row */
export function termOf(content: Content, sources: readonly Occurrence[]): BloomTerm {
  switch (content.kind) {
    case 'column': {
      const source = sources.indexOf(content.of);
      if (source >= 0) return { kind: 'column', source, column: content.column };
      throw new Slip(
        `\`${content.column}\` is a column of a row of \`${content.of.collection}\` that is not in this statement`,
        'join that collection, and use the row that the function is given',
      );
    }
    case 'arithmetic':
      return { ...content, left: termOf(content.left, sources), right: termOf(content.right, sources) };
    default:
      return content;
  }
}
