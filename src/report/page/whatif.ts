/**
 * What if: a scenario with one fault more or less. Pure; a scenario outside the bounds is refused with a sentence.
 */
import type { Bounds, Fault, Scenario } from '../../faults/fault.js';
import { admit, canonical, formatFault } from '../../faults/scenario.js';
import { hitsSlot } from '../provenance/loss.js';
import type { MessageView } from '../provenance/views.js';

export type Change = { readonly scenario: Scenario } | { readonly refused: string };

const isSame = (a: Fault, b: Fault): boolean => formatFault(a) === formatFault(b);

export const without = (scenario: Scenario, fault: Fault): Scenario =>
  scenario.filter((other) => !isSame(other, fault));

/** Loses what is sent in a message's slot, or restores it. */
export function toggleMessage(message: MessageView, scenario: Scenario, bounds: Bounds): Change {
  const { from, to, sent, fate, loss } = message;
  if (from === to) return { refused: 'A message to oneself is never lost.' };
  const fault: Fault = { kind: 'omission', from, to, tick: sent };
  if (scenario.some((other) => isSame(other, fault))) return { scenario: without(scenario, fault) };
  if (loss && !hitsSlot(loss))
    return { refused: `It is lost because ${from} has crashed. Revive ${from} to let it arrive.` };
  if (fate === 'ghost')
    return { refused: 'It is sent in the good run only: here nothing is sent that could be lost or restored.' };
  return admitted([...scenario, fault], bounds);
}

/** Crashes a node at a tick; revives it if it has crashed by then, moves the crash earlier if it comes later. */
export function toggleCrash(node: string, tick: number, scenario: Scenario, bounds: Bounds): Change {
  const present = scenario.find((fault) => fault.kind === 'crash' && fault.node === node);
  if (present && present.tick <= tick) return { scenario: without(scenario, present) };
  const others = present ? without(scenario, present) : scenario;
  return admitted([...others, { kind: 'crash', node, tick }], bounds);
}

/** The scenario, if the bounds admit it. */
export function admitted(faults: Scenario, bounds: Bounds): Change {
  try {
    return { scenario: admit(canonical(faults), bounds) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const [, ...problems] = message.split('\n').map((line) => line.trim());
    return { refused: `Outside the bounds of this check: ${problems.join('; ') || message}.` };
  }
}
