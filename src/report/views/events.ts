/**
 * Events: per node and tick, the facts that are new against the tick before, and those that begin to be missing against the good run.
 *
 * A fact belongs to the node in its first column; facts at what is no node are left out, and so is `crash`, which holds from the first tick on.
 */
import type { Relation } from '../../simulator/relation.js';
import type { EventView, FactView } from '../views.js';
import type { Case } from './case.js';
import type { Slice } from './slice.js';
import type { Traced } from './traced.js';

type Event = { facts: (FactView & { readonly slice: boolean })[]; missing: FactView[] };

/** Events by tick, then node; only those in which something happens. */
export function events(it: Case, slice: Slice): EventView[] {
  const { schema, run, names } = it;
  const grid: Event[][] = Array.from({ length: run.eot + 1 }, () =>
    schema.nodes.map(() => ({ facts: [], missing: [] })),
  );
  for (const relation of schema.relations) {
    if (relation.id === schema.crash.id) continue;
    for (const [tick, tuple] of fresh(relation, run))
      at(it, grid, relation, tick, tuple)?.facts.push({
        ...names.fact(relation.id, tuple, tick),
        slice: slice.facts.has(run.key(relation.id, tuple, tick)),
      });
    if (it.isGood) continue;
    for (const [tick, tuple] of missing(it, relation))
      at(it, grid, relation, tick, tuple)?.missing.push(names.fact(relation.id, tuple, tick));
  }
  return grid.flatMap((row, tick) =>
    row.flatMap((event, node) => {
      if (event.facts.length + event.missing.length === 0) return [];
      return [{ node: names.node(node), tick, facts: sorted(event.facts), missing: sorted(event.missing) }];
    }),
  );
}

function at({ schema }: Case, grid: Event[][], { tuples }: Relation, tick: number, tuple: number): Event | undefined {
  return grid[tick]?.[schema.nodeOf(tuples.at(tuple, 0))];
}

const sorted = <F extends FactView>(facts: F[]): F[] =>
  facts.sort((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : 0));

/** Ticks and tuples that hold then and not the tick before. */
function* fresh({ id }: Relation, run: Traced): Generator<[number, number]> {
  const last = new Map<number, number>();
  for (let tick = 1; tick <= run.eot; tick++) {
    const tuples = run.tuples(id, tick);
    for (let i = 0; i < tuples.length; i++) {
      const tuple = tuples[i] as number;
      if (last.get(tuple) !== tick - 1 || tick === 1) yield [tick, tuple];
      last.set(tuple, tick);
    }
  }
}

/** Ticks and tuples that only the good run has then, and not the tick before. */
function* missing({ run, good }: Case, { id }: Relation): Generator<[number, number]> {
  const last = new Map<number, number>();
  for (let tick = 1; tick <= good.eot; tick++) {
    const tuples = good.tuples(id, tick);
    if (tuples === run.tuples(id, tick)) continue;
    for (let i = 0; i < tuples.length; i++) {
      const tuple = tuples[i] as number;
      if (run.has(id, tuple, tick)) continue;
      if (last.get(tuple) !== tick - 1 || tick === 1) yield [tick, tuple];
      last.set(tuple, tick);
    }
  }
}
