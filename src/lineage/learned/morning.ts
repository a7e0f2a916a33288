/**
 * From the end of one tick to the beginning of the next: timers come nearer, unless the clock stands still or the node
 * is down.
 */
import type { Delivery } from '../../protocol/runtime/delivery.js';
import type { Sigma, Table } from './table.js';

/** The σ with which a node begins a tick, before it comes back or its timers fire. */
export function nextMorning(table: Table, before: Sigma, node: number, tick: number, clock: Delivery): Sigma {
  if (tick === 1) return before;
  const isStill = clock.away(node, tick) || clock.away(node, tick - 1) || clock.standing(node, tick - 1);
  return isStill ? table.still(before) : table.morning(before);
}
