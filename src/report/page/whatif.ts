/**
 * What if: a scenario with one fault more or less. Pure; a scenario outside the bounds is refused with a sentence.
 */
import { invariant } from '../../core/invariant.js';
import type { Bounds, Fault, Scenario } from '../../faults/fault.js';
import type { Gesture } from '../../faults/kind.js';
import { kindOf, kinds } from '../../faults/kinds.js';
import { admit, canonical, downOf, formatFault, lossOf, tickOf } from '../../faults/scenario.js';
import type { MessageView } from '../provenance/views.js';

export type Change = { readonly scenario: Scenario } | { readonly refused: string };

const isSame = (a: Fault, b: Fault): boolean => formatFault(a) === formatFault(b);

export const without = (scenario: Scenario, fault: Fault): Scenario =>
  scenario.filter((other) => !isSame(other, fault));

/** The gesture of the first kind that has one there. */
export function gestureOn<On extends Gesture<Fault>['on']>(on: On): Gesture<Fault> & { readonly on: On } {
  const found = kinds().find(({ gesture }) => gesture?.on === on)?.gesture;
  invariant(found?.on === on, `a fault kind can be injected by a click on a ${on}`);
  return found as unknown as Gesture<Fault> & { readonly on: On };
}

/** What clicks do: `a message to lose it, a lane to crash the node`. */
export const gestureHints = (): string =>
  kinds()
    .flatMap(({ gesture }) => gesture?.hint ?? [])
    .join(', ');

/** Hits what is sent in a message's slot, or restores it. */
export function toggleMessage(message: MessageView, scenario: Scenario, bounds: Bounds): Change {
  const { from, to, fate } = message;
  if (from === to) return { refused: 'A message to oneself is never lost.' };
  const fault = gestureOn('message').at(message);
  if (scenario.some((other) => isSame(other, fault))) return { scenario: without(scenario, fault) };
  const other = lossOf(scenario, message);
  if (other) {
    const { because, gesture } = kindOf(other);
    return { refused: `It is lost because ${because?.(other)}. ${gesture?.undo(other)} to let it arrive.` };
  }
  if (fate === 'ghost')
    return { refused: 'It is sent in the good run only: here nothing is sent that could be lost or restored.' };
  return admitted([...scenario, fault], bounds);
}

/** Takes a node down at a tick; brings it back if it is down by then, moves the fault earlier if it comes later. */
export function toggleNode(node: string, tick: number, scenario: Scenario, bounds: Bounds): Change {
  const present = downOf(scenario, node);
  if (present && tickOf(present) <= tick) return { scenario: without(scenario, present) };
  const others = present ? without(scenario, present) : scenario;
  return admitted([...others, gestureOn('lane').at(node, tick)], bounds);
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
