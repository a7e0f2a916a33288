/**
 * A Bloom program as plain data: what comes out of the thread in which the user's module lives, and what is translated.
 *
 * A statement is one rule: rows of its sources, conditions on them, what must be absent, and the row that is made.
 */
import * as z from 'zod';

/** Kinds of collections: those of Bloom, and `view` for what only an observer of all nodes sees. */
const KINDS = ['table', 'scratch', 'channel', 'input', 'output', 'periodic', 'view'] as const;

/** When a statement's rows are there: now, in the next step, when a message arrives; or what it takes away. */
const MERGES = ['now', 'next', 'async', 'delete', 'upsert'] as const;

const value = z.union([z.string(), z.int()]);
const text = z.string().max(10_000);
const list = <T extends z.ZodType>(item: T) => z.array(item).max(10_000);

/** Where something stands in the user's module: a line from 1, and the method that was called there. */
const place = z.strictObject({ path: text, line: z.int().min(1), call: text });

const column = z.strictObject({ kind: z.literal('column'), source: z.int().min(0), column: text });
const constant = z.strictObject({ kind: z.literal('constant'), value });
const here = z.strictObject({ kind: z.literal('here') });

interface Arithmetic {
  readonly kind: 'arithmetic';
  readonly op: '+' | '-' | '*' | '/';
  readonly left: BloomTerm;
  readonly right: BloomTerm;
}

/** A column of the source of that number, a constant, the node at which the statement runs, or a sum of such. */
export type BloomTerm = z.infer<typeof column> | z.infer<typeof constant> | z.infer<typeof here> | Arithmetic;

const term: z.ZodType<BloomTerm> = z.lazy(() =>
  z.union([
    column,
    constant,
    here,
    z.strictObject({ kind: z.literal('arithmetic'), op: z.enum(['+', '-', '*', '/']), left: term, right: term }),
  ]),
);

const aggregate = z.strictObject({
  kind: z.literal('aggregate'),
  fn: z.enum(['count', 'min', 'max', 'sum', 'avg']),
  of: column.optional(),
});

const source = z.strictObject({ collection: text, everywhere: z.boolean(), tick: z.int().min(1).optional() });
const condition = z.strictObject({ op: z.enum(['==', '!=', '<', '>', '<=', '>=']), left: term, right: term });

/** A row that there must not be: what some of its columns are. */
const absent = z.strictObject({ source, columns: z.record(text, term) });

const statement = z.strictObject({
  into: text,
  merge: z.enum(MERGES),
  sources: list(source),
  conditions: list(condition),
  absent: list(absent),
  row: list(z.union([term, aggregate])),
  place: place.optional(),
});

const collection = z.strictObject({
  name: text,
  kind: z.enum(KINDS),
  /** Those of a channel begin with the address, those of a view with whatever comes first there. */
  columns: list(text),
  /** How many of the first columns are the key: what an upsert replaces. */
  keys: z.int().min(0),
  /** Of a periodic: it has its row every so many steps. */
  period: z.int().min(1).optional(),
  durable: z.boolean(),
  place: place.optional(),
});

const fact = z.strictObject({
  collection: text,
  node: text,
  tick: z.int().min(1),
  row: list(value),
  place: place.optional(),
});

const problem = z.strictObject({ message: text, hint: text.optional(), place: place.optional() });

/** As it is read back; checks are looked at where they become bounds. */
export const BLOOM = z.strictObject({
  name: text,
  nodes: list(text),
  collections: list(collection),
  statements: list(statement),
  facts: list(fact),
  checks: list(z.strictObject({ check: z.record(text, z.unknown()), place: place.optional() })),
  problems: list(problem),
});

export type BloomPlace = z.infer<typeof place>;
export type BloomSource = z.infer<typeof source>;
export type BloomAggregate = z.infer<typeof aggregate>;
export type BloomCondition = z.infer<typeof condition>;
export type BloomAbsent = z.infer<typeof absent>;
export type BloomStatement = z.infer<typeof statement>;
export type BloomCollection = z.infer<typeof collection>;
export type BloomFact = z.infer<typeof fact>;
export type BloomProgram = z.infer<typeof BLOOM>;
