/**
 * Who lost this message: the one answer that everything else asks for.
 */
import type { Fault, Scenario } from '../../faults/fault.js';

/** Whether a fault loses what node `from` sends to node `to` at tick `sent`. */
export function denies(fault: Fault, from: string | undefined, to: string | undefined, sent: number): boolean {
  if (from === to) return false;
  return fault.kind === 'crash'
    ? fault.node === from && fault.tick <= sent
    : fault.from === from && fault.to === to && fault.tick === sent;
}

/** The fault that loses what is sent from one node to another (numbers) at a tick, if one does. */
export const lossOf = (
  scenario: Scenario,
  nodes: readonly string[],
  { from, to, sent }: { readonly from: number; readonly to: number; readonly sent: number },
): Fault | undefined => scenario.find((fault) => denies(fault, nodes[from], nodes[to], sent));

export type Crash = Fault & { readonly kind: 'crash' };

/** The crash of a node at a tick or before. */
export const crashOf = (scenario: Scenario, node: string | undefined, tick: number): Crash | undefined =>
  scenario.find((fault): fault is Crash => fault.kind === 'crash' && fault.node === node && fault.tick <= tick);
