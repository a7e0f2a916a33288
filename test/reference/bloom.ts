/**
 * A direct interpreter of Bloom, written apart from the translation: every node goes through timesteps of its own
 * collections. It knows nothing of rules.
 *
 * A timestep, after Alvaro et al., "Consistency Analysis in Bloom" (2011): what was deferred or has arrived is taken in;
 * instantaneous merges are made until nothing new comes; then it is noted what is to be inserted, deleted and sent.
 */

import type { BloomProgram, BloomStatement, BloomTerm } from '../../src/bloom/model.js';
import type { Value } from '../../src/core/value.js';
import type { Fault } from '../../src/faults/fault.js';
import { clockOf } from './all-kinds.js';
import { holds, orderValues, rowKey, safeInteger } from './values.js';

/** A row, and whose it is; that of a view is nobody's. */
interface Held {
  readonly node: string;
  readonly row: readonly Value[];
}

class Rows {
  private readonly all = new Map<string, Held>();

  add(held: Held): boolean {
    const key = keyOf(held);
    if (this.all.has(key)) return false;
    this.all.set(key, held);
    return true;
  }

  delete(held: Held): void {
    this.all.delete(keyOf(held));
  }

  list(): Held[] {
    return [...this.all.values()];
  }
}

const keyOf = ({ node, row }: Held): string => rowKey([node, ...row]);

type Step = ReadonlyMap<string, Rows>;

/** One combination of source rows, the node at which a statement runs, and the columns of what must be absent. */
interface Match {
  readonly node: string;
  readonly rows: readonly Held[];
}

/** The rows of each collection by tick, as facts are written: the node first. Index 0 is empty. */
export function runBloom(
  program: BloomProgram,
  eot: number,
  scenario: readonly Fault[],
): readonly ReadonlyMap<string, readonly (readonly Value[])[]>[] {
  const { collections, nodes } = program;
  const kindOf = new Map(collections.map((one) => [one.name, one.kind]));
  const clock = clockOf(scenario);
  const arrivals = new Map<number, { readonly channel: string; readonly held: Held }[]>();
  const history: Step[] = [new Map()];
  let next: Step = empty(program);
  for (let tick = 1; tick <= eot; tick++) {
    const now = next;
    history.push(now);
    for (const { channel, held } of arrivals.get(tick) ?? []) now.get(channel)?.add(held);
    for (const { collection, node, row, tick: at } of program.facts)
      if (at === tick)
        now.get(collection)?.add({ node, row: kindOf.get(collection) === 'channel' ? [node, ...row] : row });
    for (const { name, kind, period = 1 } of collections)
      if (kind === 'periodic' && (tick - 1) % period === 0)
        for (const node of nodes) now.get(name)?.add({ node, row: [] });
    const maker = new Maker(program, history, tick);
    maker.makeAll();
    next = empty(program);
    for (const { name, kind } of collections)
      if (kind === 'table') for (const held of now.get(name)?.list() ?? []) next.get(name)?.add(held);
    const of = (merge: BloomStatement['merge']) => program.statements.filter((one) => one.merge === merge);
    for (const one of of('delete')) for (const held of maker.made(one)) next.get(one.into)?.delete(held);
    for (const one of of('upsert')) {
      const { keys = 0 } = collections.find(({ name }) => name === one.into) ?? {};
      const key = ({ node, row }: Held): string => rowKey([node, ...row.slice(0, keys)]);
      const replaced = new Set(maker.made(one).map(key));
      for (const held of now.get(one.into)?.list() ?? []) if (replaced.has(key(held))) next.get(one.into)?.delete(held);
    }
    // What is inserted stays, whatever is deleted.
    for (const one of [...of('next'), ...of('upsert')])
      for (const held of maker.made(one)) next.get(one.into)?.add(held);
    for (const one of of('async'))
      for (const { node, row } of maker.made(one)) {
        const [to] = row;
        if (!nodes.includes(String(to))) continue;
        for (const at of clock.arrivals(node, String(to), tick))
          arrivals.set(at, [...(arrivals.get(at) ?? []), { channel: one.into, held: { node: String(to), row } }]);
      }
  }
  const isBare = (name: string): boolean => kindOf.get(name) === 'channel' || kindOf.get(name) === 'view';
  return history.map(
    (step) =>
      new Map(
        [...step].map(([name, rows]) => [
          name,
          rows.list().map(({ node, row }) => (isBare(name) ? row : [node, ...row])),
        ]),
      ),
  );
}

const empty = ({ collections }: BloomProgram): Step => new Map(collections.map(({ name }) => [name, new Rows()]));

/** Makes the rows of statements in one timestep. */
class Maker {
  constructor(
    private readonly program: BloomProgram,
    private readonly history: readonly Step[],
    private readonly tick: number,
  ) {}

  /** All instantaneous merges: what is not monotone in a collection waits until that is complete. */
  makeAll(): void {
    const instantaneous = this.program.statements.filter(({ merge }) => merge === 'now');
    const levels = levelsOf(instantaneous);
    for (let level = 0; level <= Math.max(0, ...levels.values()); level++) {
      const statements = instantaneous.filter(({ into }) => levels.get(into) === level);
      for (let isNew = true; isNew; ) {
        isNew = false;
        for (const one of statements)
          for (const held of this.made(one)) if (this.step(this.tick).get(one.into)?.add(held)) isNew = true;
      }
    }
  }

  /** The rows of a statement, as far as there are sources now. */
  made(statement: BloomStatement): Held[] {
    const matches = this.matches(statement);
    if (statement.row.some((cell) => cell.kind === 'aggregate')) return this.grouped(statement, matches);
    return matches.flatMap((match) => {
      const row = statement.row.map((cell) =>
        cell.kind === 'aggregate' ? undefined : this.value(cell, match, statement),
      );
      return row.every((value) => value !== undefined) ? [{ node: match.node, row }] : [];
    });
  }

  private step(tick: number): Step {
    return this.history[tick] ?? new Map();
  }

  private read({ collection, tick = this.tick }: BloomStatement['sources'][number]): Held[] {
    return tick > this.tick ? [] : (this.step(tick).get(collection)?.list() ?? []);
  }

  private matches(statement: BloomStatement): Match[] {
    const { nodes } = this.program;
    const isGlobal = statement.sources.every(({ everywhere }) => everywhere);
    return (isGlobal ? [''] : nodes).flatMap((node) => {
      let found: Match[] = [{ node, rows: [] }];
      for (const [i, source] of statement.sources.entries()) {
        const rows = this.read(source).filter((held) => source.everywhere || held.node === node);
        // Whoever runs a statement is a node: an observer begins with a row that some node has.
        const here = rows.filter((held) => i > 0 || nodes.includes(String(this.firstOf(held, source.collection))));
        found = found.flatMap((match) => here.map((held) => ({ node, rows: [...match.rows, held] })));
      }
      return found.filter((match) => this.isMeant(match, statement));
    });
  }

  private firstOf({ node, row }: Held, collection: string): Value | undefined {
    const kind = this.program.collections.find(({ name }) => name === collection)?.kind;
    return kind === 'view' ? row[0] : node;
  }

  private isMeant(match: Match, statement: BloomStatement): boolean {
    for (const { op, left, right } of statement.conditions) {
      const [a, b] = [this.value(left, match, statement), this.value(right, match, statement)];
      if (a === undefined || b === undefined || !holds(op, a, b)) return false;
    }
    for (const { source, columns } of statement.absent) {
      const asked = Object.entries(columns).map(
        ([column, term]) => [column, this.value(term, match, statement)] as const,
      );
      if (asked.some(([, value]) => value === undefined)) return false;
      const isThere = this.read(source)
        .filter((held) => source.everywhere || held.node === match.node)
        .some((held) => asked.every(([column, value]) => this.column(held, source.collection, column) === value));
      if (isThere) return false;
    }
    return true;
  }

  private column({ node, row }: Held, collection: string, column: string): Value | undefined {
    const { columns = [] } = this.program.collections.find(({ name }) => name === collection) ?? {};
    const i = columns.indexOf(column);
    return i < 0 && column === 'node' ? node : row[i];
  }

  /** Undefined where arithmetic is. */
  private value(term: BloomTerm, match: Match, statement: BloomStatement): Value | undefined {
    if (term.kind === 'constant') return term.value;
    if (term.kind === 'here') return match.node;
    if (term.kind === 'column')
      return this.column(
        match.rows[term.source] as Held,
        statement.sources[term.source]?.collection ?? '',
        term.column,
      );
    const [left, right] = [this.value(term.left, match, statement), this.value(term.right, match, statement)];
    if (typeof left !== 'number' || typeof right !== 'number') return undefined;
    const [a, b] = [BigInt(left), BigInt(right)];
    if (term.op === '+') return safeInteger(a + b);
    if (term.op === '-') return safeInteger(a - b);
    if (term.op === '*') return safeInteger(a * b);
    return b === 0n ? undefined : safeInteger(a / b);
  }

  private grouped(statement: BloomStatement, matches: readonly Match[]): Held[] {
    const groups = new Map<string, Match[]>();
    const keys = (match: Match): (Value | undefined)[] =>
      statement.row.map((cell) => (cell.kind === 'aggregate' ? '' : this.value(cell, match, statement)));
    for (const match of matches) {
      const key = keys(match);
      if (key.includes(undefined)) continue;
      const text = rowKey([match.node, ...(key as Value[])]);
      groups.set(text, [...(groups.get(text) ?? []), match]);
    }
    return [...groups.values()].flatMap((group) => {
      const [first] = group as [Match];
      const own = keys(first);
      const row = statement.row.map((cell, i) => {
        if (cell.kind !== 'aggregate') return own[i];
        const { of, fn } = cell;
        if (!of) return new Set(group.map(({ rows }) => JSON.stringify(rows.map(keyOf)))).size;
        return aggregated(fn, [...new Set(group.map((match) => this.value(of, match, statement) as Value))]);
      });
      return row.every((value) => value !== undefined) ? [{ node: first.node, row }] : [];
    });
  }
}

/** Of the different values of a column. */
function aggregated(fn: string, values: readonly Value[]): Value | undefined {
  const sorted = [...values].sort(orderValues);
  if (fn === 'count') return values.length;
  if (fn === 'min') return sorted[0];
  if (fn === 'max') return sorted.at(-1);
  const numbers = values.filter((value) => typeof value === 'number');
  if (numbers.length === 0) return undefined;
  const sum = numbers.reduce((total, value) => total + BigInt(value), 0n);
  if (fn === 'sum') return safeInteger(sum);
  return safeInteger(sum) === undefined ? undefined : safeInteger(sum / BigInt(numbers.length));
}

/** How many times each collection must wait for others to be complete. */
function levelsOf(statements: readonly BloomStatement[]): Map<string, number> {
  const levels = new Map(statements.map(({ into }) => [into, 0]));
  for (let round = 0; round <= levels.size; round++)
    for (const { into, sources, absent, row } of statements) {
      const waits = row.some((cell) => cell.kind === 'aggregate') ? 1 : 0;
      const least = Math.max(
        levels.get(into) ?? 0,
        ...sources.map(({ collection }) => (levels.get(collection) ?? -1) + waits),
        ...absent.map(({ source }) => (levels.get(source.collection) ?? -1) + 1),
      );
      levels.set(into, least);
    }
  return levels;
}
