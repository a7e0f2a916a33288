/**
 * Random programs in Bloom, as data: collections of all kinds, and statements of all merges over them.
 */

import { MERGES_OF } from '../../src/bloom/merges.js';
import type {
  BloomAggregate,
  BloomCollection,
  BloomCondition,
  BloomFact,
  BloomProgram,
  BloomSource,
  BloomStatement,
  BloomTerm,
} from '../../src/bloom/model.js';
import { prng } from '../../src/core/prng.js';
import type { Value } from '../../src/core/value.js';

const NODES = ['a', 'b', 'c'];
const VALUES: readonly Value[] = [...NODES, 1, 2];
const KINDS = [
  'table',
  'table',
  'table',
  'scratch',
  'scratch',
  'channel',
  'channel',
  'input',
  'input',
  'view',
] as const;

export function randomBloom(seed: number): BloomProgram {
  const below = prng(seed);
  const one = <T>(items: readonly T[]): T => items[below(items.length)] as T;
  const chance = (percent: number): boolean => below(100) < percent;
  const some = <T>(most: number, make: () => T): T[] => Array.from({ length: below(most + 1) }, make);

  const collections = KINDS.map((kind, i): BloomCollection => {
    const columns = Array.from({ length: 1 + below(3) }, (_, n) => `x${n}`);
    return { name: `${kind}${i}`, kind, columns, keys: 1 + below(columns.length), durable: false };
  });
  if (chance(30))
    collections.push({ name: 'beat', kind: 'periodic', columns: [], keys: 0, period: 1 + below(3), durable: false });

  const columnsOf = ({ collection, everywhere }: BloomSource): string[] => {
    const { kind, columns } = collections.find(({ name }) => name === collection) as BloomCollection;
    return [...(everywhere && kind !== 'view' && kind !== 'channel' ? ['node'] : []), ...columns];
  };

  function source(isView: boolean): BloomSource {
    const { name } = one(collections.filter(({ kind }) => isView || kind !== 'view'));
    return { collection: name, everywhere: isView, ...(chance(8) && { tick: 1 + below(3) }) };
  }

  function statement(): BloomStatement {
    const into = one(collections.filter(({ kind }) => kind !== 'input' && kind !== 'periodic'));
    const merge = one(
      (Object.keys(MERGES_OF) as BloomStatement['merge'][]).filter((name) => MERGES_OF[name].includes(into.kind)),
    );
    const isView = into.kind === 'view';
    const sources = [source(isView), ...some(1, () => source(isView))];
    const all = sources.flatMap((it, i) =>
      columnsOf(it).map((column) => ({ kind: 'column', source: i, column }) as const),
    );
    const simple = (): BloomTerm => {
      if (all.length > 0 && chance(80)) return one(all);
      return !isView && chance(30) ? { kind: 'here' } : { kind: 'constant', value: one(VALUES) };
    };
    const term = (): BloomTerm =>
      chance(15) ? { kind: 'arithmetic', op: one(['+', '-', '*', '/']), left: simple(), right: simple() } : simple();
    const condition = (): BloomCondition => ({
      op: chance(60) ? '==' : one(['!=', '<', '>', '<=', '>=']),
      left: simple(),
      right: term(),
    });
    const absent = () => {
      const other = source(isView);
      // The address of what a node has is that node.
      const isHere = !isView && collections.find(({ name }) => name === other.collection)?.kind === 'channel';
      const names = columnsOf(other)
        .slice(isHere ? 1 : 0)
        .filter(() => chance(60));
      return { source: other, columns: Object.fromEntries(names.map((name) => [name, term()])) };
    };
    // What is computed and at once read again may never come to an end.
    const cell = (): BloomTerm => (merge === 'now' ? simple() : term());
    const row: (BloomTerm | BloomAggregate)[] = into.columns.map((_, i) =>
      into.kind === 'channel' && i === 0 && chance(50) ? { kind: 'constant', value: one(NODES) } : cell(),
    );
    if (chance(20) && all.length > 0 && into.kind !== 'channel') {
      const fn = one(['count', 'min', 'max', 'sum', 'avg'] as const);
      row[below(row.length)] = { kind: 'aggregate', fn, ...((fn !== 'count' || chance(50)) && { of: one(all) }) };
    }
    return { into: into.name, merge, sources, conditions: some(2, condition), absent: some(1, absent), row };
  }

  /** What one collection has, merged into a table in some ways at once: they compete for the same rows. */
  function competing(): BloomStatement[] {
    const into = one(collections.filter(({ kind }) => kind === 'table'));
    const alike = collections.filter(({ kind, columns }) => kind !== 'view' && columns.length === into.columns.length);
    const { name, columns } = one(alike);
    const row = columns.map((column): BloomTerm => ({ kind: 'column', source: 0, column }));
    const sources = [{ collection: name, everywhere: false }];
    return (['next', 'delete', 'upsert'] as const)
      .filter(() => chance(60))
      .map((merge) => ({ into: into.name, merge, sources, conditions: [], absent: [], row }));
  }

  function fact(): BloomFact {
    const { name, kind, columns } = one(collections.filter(({ kind }) => kind !== 'view' && kind !== 'periodic'));
    const row = columns.slice(kind === 'channel' ? 1 : 0).map(() => one(VALUES));
    return { collection: name, node: one(NODES), tick: 1 + below(3), row };
  }

  return {
    name: `random ${seed}`,
    nodes: NODES,
    collections,
    statements: [...Array.from({ length: 3 + below(7) }, statement), ...competing(), ...competing()],
    facts: Array.from({ length: 4 + below(10) }, fact),
    checks: [],
    problems: [],
  };
}
