/**
 * Faults that change nothing for a protocol: they hit slots in which no scenario sends anything.
 *
 * Of faults that strike nodes nothing is said: the check may see that a node is down.
 */
import { kindOf } from '../../faults/kinds.js';
import type { FaultSpace } from '../../faults/space.js';
import type { Outbox } from './outbox.js';

/**
 * @param sent by tick, then node: what may be sent in it, by receiver, in any scenario
 * @returns positions in the space of the faults that change nothing in any scenario within the bounds
 */
export function idleIn({ faults, bounds }: FaultSpace, sent: readonly (readonly Outbox[])[]): Set<number> {
  const number = (node: string): number => bounds.nodes.indexOf(node);
  const idle = new Set<number>();
  for (const [i, fault] of faults.entries()) {
    const slot = kindOf(fault).slot?.(fault);
    if (slot && !sent[slot.sent]?.[number(slot.from)]?.has(number(slot.to))) idle.add(i);
  }
  return idle;
}
