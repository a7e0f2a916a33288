/**
 * What faults do to messages and nodes, asked of the kinds: who lost this message, who brought it at this tick, and
 * what keeps this node down.
 */
import type { Fault, Scenario } from '../../faults/fault.js';
import type { Downtime, Slot } from '../../faults/kind.js';
import { kindOf } from '../../faults/kinds.js';
import { hitsSlot, lossOf, tickOf } from '../../faults/scenario.js';

/** A slot, or the message of it that is meant, by the names of its nodes. */
export const named = (nodes: readonly string[], { from, to, sent, nth }: Slot<number>): Slot => ({
  from: nodes[from] ?? '',
  to: nodes[to] ?? '',
  sent,
  nth,
});

/** The tick at which a fault of a slot brings its messages. */
const broughtAt = (fault: Fault): number => (kindOf(fault).last?.(fault) ?? tickOf(fault)) + 1;

/**
 * The fault that loses what is sent from one node to another at a tick, if one does: on its way, or because
 * its receiver is down, and does nothing at all, when it comes.
 */
export function lostTo(scenario: Scenario, slot: Slot): Fault | undefined {
  const ticks = scenario.filter((fault) => hitsSlot(fault, slot)).map(broughtAt);
  return [slot.sent + 1, ...ticks].map((at) => deniedAt(scenario, slot, at)).find((fault) => fault);
}

/** The fault that loses what would arrive at a tick. */
function deniedAt(scenario: Scenario, slot: Slot, at: number): Fault | undefined {
  const { from, to, sent } = slot;
  const loss = from === to ? undefined : lossOf(scenario, slot);
  return loss ?? stoppedAt(scenario, to, at) ?? (from === to ? stoppedAt(scenario, from, sent) : undefined);
}

/** The fault that keeps a message that is sent from arriving at a tick: it is lost, or comes at another one. */
export const keptFrom = (scenario: Scenario, slot: Slot, at: number): Fault | undefined =>
  deniedAt(scenario, slot, at) ??
  scenario.find((fault) => !kindOf(fault).repeats && hitsSlot(fault, slot) && broughtAt(fault) !== at);

/** The fault that brings a message at a tick that is not the usual one. */
export function movedBy(scenario: Scenario, slot: Slot, at: number): Fault | undefined {
  if (at === slot.sent + 1) return undefined;
  const hits = scenario.filter((fault) => hitsSlot(fault, slot));
  return hits.find((fault) => broughtAt(fault) === at) ?? hits[0];
}

/** The name of a message that arrives at a tick: its own if that is the usual one. */
export const copyId = (id: string, sent: number, at: number): string => (at === sent + 1 ? id : `${id} ${at}`);

/** Whether a fault hits messages of one slot: such losses are to be seen at once. */
export const isOfSlot = (fault: Fault): boolean => kindOf(fault).slot !== undefined;

export interface Down extends Downtime {
  readonly fault: Fault;
}

/** Whether a node is down at a tick. */
const isDownAt = ({ node, from, until = Number.POSITIVE_INFINITY }: Downtime, name: string, tick: number): boolean =>
  node === name && from <= tick && tick <= until;

/** What keeps a node down at a tick. */
export function downAt(scenario: Scenario, node: string | undefined, tick: number): Down | undefined {
  for (const fault of scenario) {
    const down = kindOf(fault).downtime?.(fault);
    if (down && node !== undefined && isDownAt(down, node, tick)) return { ...down, fault };
  }
  return undefined;
}

/** The node that a fault itself strikes: it is down, its clock stands still, it takes its messages in another order. */
export function nodeOf(fault: Fault): string | undefined {
  const { downtime, standstill, precedence } = kindOf(fault);
  return (downtime?.(fault) ?? standstill?.(fault) ?? precedence?.(fault))?.node;
}

/** The fault that keeps a node from doing anything at a tick, also in a Dedalus program. */
export const stoppedAt = (scenario: Scenario, node: string | undefined, tick: number): Fault | undefined =>
  downAt(
    scenario.filter((fault) => kindOf(fault).stops),
    node,
    tick,
  )?.fault;

/** The fault that makes the clock of a node stand still at a tick. */
export const stillAt = (scenario: Scenario, node: string | undefined, tick: number): Fault | undefined =>
  scenario.find((fault) => {
    const still = kindOf(fault).standstill?.(fault);
    return still && node !== undefined && isDownAt(still, node, tick);
  });

interface Fated {
  readonly fate: string;
  readonly loss?: Fault | undefined;
}

/** Whether a message is lost so that it is to be seen at once. */
export const isBold = ({ loss }: Fated): boolean => loss !== undefined && isOfSlot(loss);

/** The name of a fate in pictures: `omitted` or `crashed` of what is lost. */
export const fateClass = ({ fate, loss }: Fated): string => (!loss ? fate : isOfSlot(loss) ? 'omitted' : 'crashed');

/** What else there is to say of a message that arrives at another tick than usual: `, late`, or nothing. */
export const movedDetail = (fault: Fault | undefined): string => {
  const hit = fault && kindOf(fault).hit;
  return hit === undefined ? '' : `, ${hit.toLowerCase()}`;
};

/** What else there is to say of a lost message: `, a has crashed`, or nothing. */
export const lossDetail = (fault: Fault): string => {
  const because = kindOf(fault).because?.(fault);
  return because === undefined ? '' : `, ${because}`;
};
