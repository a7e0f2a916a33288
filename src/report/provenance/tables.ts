/**
 * State: what a node keeps at a tick as tables, with what changed since the tick before; and all facts of a tick, to
 * compare runs.
 */
import type { Case, History, Item } from './case.js';
import type { TableView } from './views.js';

/** The tables of a node at a tick; relations without rows are left out. */
export function tablesAt({ of, run }: Case, node: string, tick: number): TableView[] {
  const number = of.nodes.indexOf(node);
  if (number < 0) return [];
  const [now, before] = [run.items(number, tick), run.items(number, tick - 1)];
  const gone = [...before].flatMap(([key, item]) =>
    now.has(key) || item.quiet ? [] : [{ item, change: 'gone' as const }],
  );
  const here = [...now].map(([key, item]) => ({
    item,
    change: before.has(key) ? ('same' as const) : ('new' as const),
  }));
  const order = of.order(now, before);
  const all = [...gone, ...here].sort((a, b) => order(a.item, b.item));
  return of.relations.flatMap((relation) => {
    const rows = all
      .filter(({ item }) => item.relation === relation)
      .map(({ item: { row, cells }, change }) => ({ row, ...(cells && { cells }), change }));
    return rows.length > 0 ? [{ relation, rows }] : [];
  });
}

/** The facts of a tick of a run, by a key that is equal for equal facts. */
export type Rows = ReadonlyMap<string, Item>;

export function rowsAt(run: History, nodes: readonly string[], tick: number): Rows {
  const rows = new Map<string, Item>();
  for (const node of [-1, ...nodes.keys()])
    for (const [key, item] of run.items(node, tick)) if (!item.quiet) rows.set(`${node} ${key}`, item);
  return rows;
}
