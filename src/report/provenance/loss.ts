/**
 * What faults do to messages and nodes, asked of the kinds: who lost this message, and what keeps this node down.
 */
import type { Fault, Scenario } from '../../faults/fault.js';
import type { Downtime, Slot } from '../../faults/kind.js';
import { kindOf } from '../../faults/kinds.js';
import { lossOf } from '../../faults/scenario.js';

/** The fault that loses what is sent from one node to another (numbers) at a tick, if one does. */
export const lostTo = (
  scenario: Scenario,
  nodes: readonly string[],
  { from, to, sent }: Slot<number>,
): Fault | undefined =>
  from === to ? undefined : lossOf(scenario, { from: nodes[from] ?? '', to: nodes[to] ?? '', sent });

/** Whether a fault hits messages, of one slot, and no node. */
export const hitsSlot = (fault: Fault): boolean => kindOf(fault).slot !== undefined;

/** When a fault takes a node down, if it does. */
export const downtimeOf = (fault: Fault): Downtime | undefined => kindOf(fault).downtime?.(fault);

export interface Down extends Downtime {
  readonly fault: Fault;
}

/** What keeps a node down at a tick. */
export function downAt(scenario: Scenario, node: string | undefined, tick: number): Down | undefined {
  for (const fault of scenario) {
    const down = downtimeOf(fault);
    if (down?.node === node && down && down.from <= tick && tick <= (down.until ?? tick)) return { ...down, fault };
  }
  return undefined;
}

/** Whether a lost message is to be seen at once: a fault hit it, and not merely its sender. */
export const isBold = ({ loss }: { readonly loss?: Fault }): boolean => loss !== undefined && hitsSlot(loss);

/** The CSS class of a message that is lost to a fault. */
export const lossClass = (fault: Fault): string => (hitsSlot(fault) ? 'omitted' : 'crashed');

/** What else there is to say of a lost message: `, a has crashed`, or nothing. */
export function lossDetail(fault: Fault): string {
  const { because } = kindOf(fault);
  return because ? `, ${because(fault)}` : '';
}
