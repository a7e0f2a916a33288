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

/** Whether a fault hits messages of one slot: such losses are to be seen at once. */
export const isOfSlot = (fault: Fault): boolean => kindOf(fault).slot !== undefined;

export interface Down extends Downtime {
  readonly fault: Fault;
}

/** What keeps a node down at a tick. */
export function downAt(scenario: Scenario, node: string | undefined, tick: number): Down | undefined {
  for (const fault of scenario) {
    const down = kindOf(fault).downtime?.(fault);
    if (down?.node === node && down && down.from <= tick && tick <= (down.until ?? tick)) return { ...down, fault };
  }
  return undefined;
}

interface Fated {
  readonly fate: string;
  readonly loss?: Fault | undefined;
}

/** Whether a message is lost so that it is to be seen at once. */
export const isBold = ({ loss }: Fated): boolean => loss !== undefined && isOfSlot(loss);

/** The name of a fate in pictures: `omitted` or `crashed` of what is lost. */
export const fateClass = ({ fate, loss }: Fated): string => (!loss ? fate : isOfSlot(loss) ? 'omitted' : 'crashed');

/** What else there is to say of a lost message: `, a has crashed`, or nothing. */
export const lossDetail = (fault: Fault): string => {
  const because = kindOf(fault).because?.(fault);
  return because === undefined ? '' : `, ${because}`;
};
