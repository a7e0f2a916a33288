/**
 * The right side of a statement: rows of one or more collections, filtered, joined, and made into new rows.
 *
 * ```ts
 * join(mcast, members).where((m, p) => ne(m.from, p.client)).map((m, p) => [p.client, m.text])
 * ```
 */
import { called } from './functions.js';
import type { BloomAbsent, BloomAggregate, BloomCondition, BloomTerm } from './model.js';
import { type Mistakes, originOf, Slip } from './slip.js';
import { Aggregate, type Cell, Condition, contentOf, type Occurrence, type Term, termOf } from './terms.js';

/** The columns of a row, by name. */
export type Columns<C extends string> = { readonly [K in C]: Term };

/** What `where` takes: a comparison, or several that all must hold. */
export type Conditions = Condition | readonly Condition[];

/** What is read of a collection: once for each time that it is named. */
export interface Readable<R> {
  /** @internal */
  rows(): Rows<[R]>;
}

/** Rows as they are made. */
export interface Made {
  readonly sources: readonly Occurrence[];
  readonly conditions: readonly BloomCondition[];
  readonly absent: readonly { readonly of: Occurrence; readonly columns: BloomAbsent['columns'] }[];
  readonly row: readonly (BloomTerm | BloomAggregate)[];
}

/** Rows that can be merged into a collection; without `made` there was a mistake, which has been noted. */
export class Projection {
  /** @internal */
  constructor(readonly made: Made | undefined) {}
}

type Parts = Omit<Made, 'row'>;

/** Combinations of rows: one of each source. */
export class Rows<R extends readonly unknown[]> {
  /** @internal */
  constructor(
    readonly mistakes: Mistakes,
    /** Undefined after a mistake. */
    readonly parts: Parts | undefined,
  ) {}

  /** @internal */
  rows(): this {
    return this;
  }

  /** Only those for which the conditions hold: `where((v) => gt(v.votes, 2))`. */
  where(condition: (...rows: R) => Conditions): Rows<R> {
    return this.changed('where', (parts) => {
      const found = conditionsOf(called(condition, parts.sources));
      return { ...parts, conditions: [...parts.conditions, ...found.map((one) => asData(one, parts.sources))] };
    });
  }

  /**
   * Only those for which another collection has no row that fits: `notin(acked, (m, a) => eq(m.id, a.id))`.
   * @param fits equalities of columns of the other row; left out, all columns of the first row are equal, by position
   */
  notin<S>(other: Readable<S>, fits?: (...rows: [...R, S]) => Conditions): Rows<R> {
    return this.changed('notin', (parts) => {
      const [of] = readingOf(other)?.sources ?? [];
      if (!of) return undefined;
      const equalities = fits
        ? conditionsOf(called(fits, [...parts.sources, of])).map((one) => equality(one, parts.sources, of))
        : sameRow(parts.sources, of);
      const columns: Record<string, BloomTerm> = {};
      for (const [column, term] of equalities) {
        if (columns[column]) throw new Slip(`\`${column}\` is compared twice`, 'put one of the two into `where`');
        if (column !== of.address) columns[column] = term;
        else refuseElsewhere(term, parts.sources, of);
      }
      return { ...parts, absent: [...parts.absent, { of, columns }] };
    });
  }

  /** New rows: `map((m, p) => [p.client, m.text])`. */
  map(made: (...rows: R) => readonly Cell[]): Projection {
    return this.projected('map', made as never, false);
  }

  /** One row for each group: `group((v) => [v.candidate, count()])`. What is not aggregated is what they have in common. */
  group(made: (...rows: R) => readonly (Cell | Aggregate)[]): Projection {
    return this.projected('group', made as never, true);
  }

  private changed(call: string, change: (parts: Parts) => Parts | undefined): Rows<R> {
    const { parts, mistakes } = this;
    return new Rows(mistakes, parts && mistakes.guard(originOf(call), () => change(parts)));
  }

  private projected(call: string, made: () => unknown, groups: boolean): Projection {
    const { parts } = this;
    if (!parts) return new Projection(undefined);
    const row = this.mistakes.guard(originOf(call), () => {
      const cells = called(made, parts.sources);
      if (!Array.isArray(cells)) throw new Slip('the function gives no row', 'give a list: (row) => [row.a, row.b]');
      return cells.map((cell: unknown): BloomTerm | BloomAggregate => {
        if (!groups || !(cell instanceof Aggregate)) return termOf(contentOf(cell), parts.sources);
        const of = cell.of && termOf(cell.of, parts.sources);
        return { kind: 'aggregate', fn: cell.fn, ...(of?.kind === 'column' && { of }) };
      });
    });
    return new Projection(row && { ...parts, row });
  }
}

/** What a collection or rows of it are, as far as that is known. @throws Slip for anything else */
export function readingOf(readable: unknown): Parts | undefined {
  const rows = (readable as Readable<unknown> | undefined)?.rows;
  const found: unknown = typeof rows === 'function' ? rows.call(readable) : undefined;
  if (found instanceof Rows) return found.parts;
  if (readable instanceof Projection)
    throw new Slip('what `map` or `group` has made can only be merged', 'put it into a scratch, and read that');
  throw new Slip('a collection is missing here', 'like a table or a channel of this program');
}

/** The combinations of rows of several collections. */
export function joined(mistakes: Mistakes, readables: readonly unknown[]): Rows<never> {
  const parts = mistakes.guard(originOf('join'), () => {
    const all = readables.map(readingOf);
    const known = all.flatMap((one) => one ?? []);
    return known.length < all.length
      ? undefined
      : {
          sources: known.flatMap(({ sources }) => sources),
          conditions: shifted(known),
          absent: absentOf(known),
        };
  });
  return new Rows(mistakes, parts);
}

/** Conditions count sources from the first one of all. */
const shifted = (all: readonly Parts[]): BloomCondition[] =>
  all.flatMap(({ conditions }, i) =>
    conditions.map(({ op, left, right }) => ({ op, left: moved(left, all, i), right: moved(right, all, i) })),
  );

const absentOf = (all: readonly Parts[]): Made['absent'] =>
  all.flatMap(({ absent }, i) =>
    absent.map(({ of, columns }) => ({
      of,
      columns: Object.fromEntries(Object.entries(columns).map(([name, term]) => [name, moved(term, all, i)])),
    })),
  );

function moved(term: BloomTerm, all: readonly Parts[], i: number): BloomTerm {
  const by = all.slice(0, i).reduce((sum, { sources }) => sum + sources.length, 0);
  if (term.kind === 'column') return { ...term, source: term.source + by };
  if (term.kind !== 'arithmetic') return term;
  return { ...term, left: moved(term.left, all, i), right: moved(term.right, all, i) };
}

function conditionsOf(answer: unknown): readonly Condition[] {
  const all: readonly unknown[] = Array.isArray(answer) ? answer : [answer];
  const conditions = all.filter((one) => one instanceof Condition);
  if (conditions.length === all.length) return conditions;
  throw new Slip('the function gives no condition', 'write eq(a, b), ne, lt, le, gt, ge, or a list of them');
}

const asData = ({ op, left, right }: Condition, sources: readonly Occurrence[]): BloomCondition => ({
  op,
  left: termOf(left, sources),
  right: termOf(right, sources),
});

/** Which column of an absent row is to be what. */
function equality(
  { op, left, right }: Condition,
  sources: readonly Occurrence[],
  of: Occurrence,
): readonly [string, BloomTerm] {
  const isOf = (side: typeof left): boolean => side.kind === 'column' && side.of === of;
  const [own, other] = isOf(left) ? [left, right] : [right, left];
  if (op !== '==' || !isOf(own) || isOf(other) || own.kind !== 'column')
    throw new Slip(
      `\`notin\` takes equalities, each of one column of \`${of.collection}\` and something known`,
      'put the rows that are in the way into a scratch, and write `notin` of that',
    );
  return [own.column, termOf(other, sources)];
}

/** What a node has of a channel is addressed to it. */
function refuseElsewhere(term: BloomTerm, sources: readonly Occurrence[], { collection, address }: Occurrence): void {
  const isHere = term.kind === 'here' || (term.kind === 'column' && sources[term.source]?.address === term.column);
  if (!isHere)
    throw new Slip(
      `\`${address}\` is \`here\` in every row of \`${collection}\` that a node has`,
      'leave it out, or compare it in `where`',
    );
}

function sameRow(sources: readonly Occurrence[], of: Occurrence): (readonly [string, BloomTerm])[] {
  const [first, ...others] = sources;
  if (!first || others.length > 0 || first.columns.length !== of.columns.length)
    throw new Slip(
      `what of \`${of.collection}\` must be absent is not said`,
      'write notin(other, (row, it) => eq(row.key, it.key))',
    );
  return of.columns.map((column, i) => [column, { kind: 'column', source: 0, column: first.columns[i] ?? '' }]);
}
