/**
 * `bloom`: a program from collections and statements over them.
 *
 * ```ts
 * export default bloom('chat', ['server', 'ann', 'bob'], ({ channel, table, join }) => {
 *   const connect = channel('connect', ['@to', 'client']);
 *   const message = channel('message', ['@to', 'text']);
 *   const members = table('members', ['client']);
 *   members.now(connect.map((c) => [c.client]));
 *   message.async(join(message, members).map((m, c) => [c.client, m.text]));
 * });
 * ```
 *
 * After Alvaro, Conway, Hellerstein, Marczak, "Consistency Analysis in Bloom: a CALM and Collected Approach" (2011).
 */
import { CRASH, NEVER, POST, PRE } from '../dedalus/builtin.js';
import type { ProtocolCheck } from '../protocol/types.js';
import { checksProblems, nodeProblems } from '../protocol/validate.js';
import { article, Collection, type Draft, type Rowish } from './collections.js';
import type { BloomCollection } from './model.js';
import { joined, Projection, readingOf } from './rows.js';
import { Mistakes, type Origin, originOf, Slip } from './slip.js';
import { COMBINATORS } from './terms.js';
import type { Builder } from './types.js';

/** Marks programs, also those made by another copy of this package. */
const MARK = Symbol.for('ldfi.bloom');

const NAME = /^[A-Za-z][A-Za-z0-9_]*$/;
const RESERVED: readonly string[] = [CRASH, PRE, POST, NEVER];

/** A program as `bloom` returns it. */
export interface Bloom {
  readonly kind: 'bloom';
  readonly name: string;
  /** @internal */
  readonly draft: FullDraft;
}

/** All that a program was given. */
interface FullDraft extends Draft {
  readonly collections: Map<string, Collection<string>>;
  readonly durable: Set<string>;
  readonly checks: { readonly check: ProtocolCheck; readonly origin: Origin }[];
}

/**
 * A program for `ldfi` to run and to search, which every node runs.
 * @param name of the program, as reports have it
 * @param nodes their names
 * @param define is called once, and makes collections and statements
 * @returns also where there are mistakes: they are kept, and said all at once when the program is used
 */
export function bloom(name: string, nodes: readonly string[], define: (builder: Builder) => void): Bloom {
  const mistakes = new Mistakes();
  const origin = originOf('bloom');
  for (const { message, hint } of nodeProblems({ nodes })) mistakes.add(message, hint, origin);
  if (typeof name !== 'string' || name === '') mistakes.add('the program has no name', "bloom('chat', …)", origin);
  const draft: FullDraft = {
    nodes: Array.isArray(nodes) ? Object.freeze([...nodes]) : [],
    mistakes,
    statements: [],
    facts: [],
    checks: [],
    collections: new Map(),
    durable: new Set(),
  };
  if (typeof define === 'function') mistakes.guard(origin, () => define(builderOf(draft)));
  else mistakes.add('the function that makes the program is missing', 'bloom(name, nodes, (b) => { … })', origin);
  const program: Bloom = { kind: 'bloom', name: String(name), draft };
  Object.defineProperty(program, MARK, { value: true });
  return Object.freeze(program);
}

/** Whether a value (a module's export, say) was made by `bloom`. */
export function isBloom(value: unknown): value is Bloom {
  return typeof value === 'object' && value !== null && (value as Record<symbol, unknown>)[MARK] === true;
}

function builderOf(draft: FullDraft): Builder {
  const { mistakes } = draft;
  const make = (kind: BloomCollection['kind']) => (name: string, key: readonly string[], others?: readonly string[]) =>
    declared(draft, { kind, name, columns: [...key, ...(others ?? [])], keys: key.length }, originOf(kind));
  const promise = (name: string) => (rows: Rowish) => {
    const arity = mistakes.guard(originOf(name), () => arityOf(rows));
    if (arity === undefined) return;
    const columns = Array.from({ length: arity }, (_, i) => `c${i + 1}`);
    const known = draft.collections.get(name);
    const into = known ?? new Collection(draft, { name, kind: 'view', columns, keys: arity }, originOf(name));
    draft.collections.set(name, into);
    into.now(rows);
  };
  const seen = { name: CRASH, kind: 'view', columns: ['seer', 'crashed', 'tick'], keys: 3 } as const;
  const builder = {
    ...COMBINATORS,
    table: (name: string, key: readonly string[], others?: readonly string[]) => {
      const table = make('table')(name, key, others);
      return Object.assign(table, {
        durable: () => {
          draft.durable.add(name);
          return table;
        },
      });
    },
    scratch: make('scratch'),
    channel: (name: string, columns: readonly string[]) => channel(draft, name, columns),
    input: make('input'),
    output: make('output'),
    periodic: (name: string, period: number) =>
      declared(draft, { kind: 'periodic', name, columns: [], keys: 0, period }, originOf('periodic')),
    view: make('view'),
    crash: new Collection(draft, { ...seen, columns: [...seen.columns] }, originOf(CRASH)),
    join: (...readables: readonly unknown[]) => joined(mistakes, readables),
    pre: promise(PRE),
    post: promise(POST),
    never: promise(NEVER),
    check: (check: ProtocolCheck) => {
      const origin = originOf('check');
      const problems = checksProblems({ checks: [check] });
      for (const { message, hint } of problems) mistakes.add(message.replace('checks[0]', 'check'), hint, origin);
      if (problems.length === 0) draft.checks.push({ check, origin });
    },
    nodes: draft.nodes,
  };
  return builder as unknown as Builder;
}

/** How long the rows are. @throws Slip for what is no rows */
function arityOf(rows: unknown): number | undefined {
  if (rows instanceof Projection) return rows.made?.row.length;
  return readingOf(rows)?.sources[0]?.columns.length;
}

function channel(draft: FullDraft, name: string, columns: readonly string[]): Collection<string> {
  const [address = '', ...others] = columns;
  const origin = originOf('channel');
  if (!address.startsWith('@'))
    draft.mistakes.add(
      `the first column of the channel \`${name}\` is no address`,
      `begin it with @: ['@to', …]`,
      origin,
    );
  return declared(draft, { kind: 'channel', name, columns: [address.replace('@', ''), ...others], keys: 1 }, origin);
}

function declared(
  draft: FullDraft,
  description: Omit<BloomCollection, 'place' | 'durable'>,
  origin: Origin,
): Collection<string> {
  const { mistakes, collections } = draft;
  const { name, kind, columns, period = 1 } = description;
  const collection = new Collection<string>(draft, description, origin);
  mistakes.guard(origin, () => {
    if (typeof name !== 'string' || !NAME.test(name))
      throw new Slip(`${article(kind)} needs a name of letters, digits and _`, `like ${kind}('name', ['column'])`);
    if (RESERVED.includes(name)) throw new Slip(`the name \`${name}\` is taken: it says what is promised, or crashes`);
    if (collections.has(name)) throw new Slip(`there are two collections named \`${name}\``);
    collections.set(name, collection);
    for (const [i, column] of columns.entries()) {
      if (typeof column !== 'string' || !NAME.test(column))
        throw new Slip(`\`${String(column)}\` is no name of a column`, 'names are letters, digits and _');
      if (columns.indexOf(column) < i) throw new Slip(`\`${name}\` has two columns named \`${column}\``);
      if (column === 'node' && kind !== 'view')
        throw new Slip(
          'a column cannot be named `node`',
          'that is what `everywhere()` calls the node that has the row',
        );
    }
    if (!Number.isInteger(period) || period < 1) throw new Slip('a period is an integer from 1, in ticks');
    if (columns.length === 0 && kind === 'view') throw new Slip('a view has at least one column');
  });
  return collection;
}
