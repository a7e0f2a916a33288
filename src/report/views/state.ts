/**
 * State: the tables of every relation at a node and tick, with what changed since the tick before.
 */
import { compareRows } from '../../core/value.js';
import type { TableView } from '../views.js';
import type { Case } from './case.js';

/** Tables by relation name, rows in order; relations without rows at either tick are left out. */
export function stateAt(it: Case, node: string, tick: number): TableView[] {
  const { schema, names, run } = it;
  const number = schema.nodes.indexOf(node);
  return schema.relations.flatMap(({ id, name, tuples }): TableView[] => {
    const here = (at: number): number[] =>
      Array.from(run.tuples(id, at)).filter((tuple) => schema.nodeOf(tuples.at(tuple, 0)) === number);
    if (number < 0) return [];
    const [now, before] = [here(tick), here(tick - 1)];
    const kept = new Set(before);
    const present = new Set(now);
    const rows = [
      ...now.map((tuple) => ({ row: names.row(id, tuple), change: kept.has(tuple) ? 'same' : 'new' }) as const),
      ...before
        .filter((tuple) => !present.has(tuple))
        .map((tuple) => ({ row: names.row(id, tuple), change: 'gone' }) as const),
    ];
    return rows.length === 0 ? [] : [{ relation: name, rows: rows.sort((a, b) => compareRows(a.row, b.row)) }];
  });
}
