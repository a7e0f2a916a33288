/**
 * The ways in which nodes can split in two so that a message does not get across.
 *
 * ```ts
 * sidesAt({ from: 'n0', to: 'n1' }, ['n0', 'n1', 'n2']); // [['n0'], ['n1']]
 * ```
 * Up to five nodes every split in two is one of them, as in the models (docs/faults.md): of five there are eight at a
 * message. Of more nodes it is the sender or the addressee alone against the others.
 */
import { subsetsOfSize } from '../../core/subsets.js';
import type { Route } from './effects.js';

/** Most nodes of which every split is tried. */
const MOST_NODES = 5;

/** For each split its smaller side, that of the sender if both are alike: the smallest first, then in order of nodes. */
export function sidesAt({ from, to }: Route, nodes: readonly string[]): (readonly string[])[] {
  const half = nodes.length / 2;
  const most = nodes.length > MOST_NODES ? 1 : Math.floor(half);
  const isSide = (side: readonly string[]): boolean =>
    side.includes(from) !== side.includes(to) && (side.length < half || side.includes(from));
  return Array.from({ length: most }, (_, i) => [...subsetsOfSize(nodes, i + 1)].filter(isSide)).flat();
}
