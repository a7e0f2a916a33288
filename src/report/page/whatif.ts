/**
 * What if: a scenario with one fault more or less. Pure. A scenario outside the bounds is refused in plain sentences,
 * and may be tried all the same.
 */
import { invariant } from '../../core/invariant.js';
import type { Bounds, Fault, Scenario } from '../../faults/fault.js';
import type { Downtime, Gesture } from '../../faults/kind.js';
import { kindOf, kinds } from '../../faults/kinds.js';
import { canonical, formatFault, hitsSlot, problemsOf, tickOf, widened } from '../../faults/scenario.js';
import { lostTo, nodeOf } from '../provenance/loss.js';
import type { MessageView } from '../provenance/views.js';
import { faultInWords } from '../words.js';
import { possibleIn } from './reach.js';

/** Why something is not done, in sentences. */
export interface Refusal {
  readonly refused: string;
  /** What was asked for, if it can be tried though the bounds do not admit it. */
  readonly beyond?: Scenario | undefined;
}

export type Change = { readonly scenario: Scenario } | Refusal;

const isSame = (a: Fault, b: Fault): boolean => formatFault(a) === formatFault(b);

export const without = (scenario: Scenario, fault: Fault): Scenario =>
  scenario.filter((other) => !isSame(other, fault));

type On = Gesture<Fault>['on'];

/** The gestures of all kinds on messages or lanes, those that a click does first before others. */
const gesturesOn = <O extends On>(on: O): (Gesture<Fault> & { readonly on: O })[] =>
  kinds()
    .flatMap(({ gesture }) => (gesture?.on === on ? [gesture as unknown as Gesture<Fault> & { readonly on: O }] : []))
    .sort((a, b) => Number(b.isFirst ?? false) - Number(a.isFirst ?? false));

/** The gesture of the first kind that has one there. */
export function gestureOn<O extends On>(on: O): Gesture<Fault> & { readonly on: O } {
  const [first] = gesturesOn(on);
  invariant(first !== undefined, `a fault kind can be injected by a click on a ${on}`);
  return first;
}

/** What clicks do first within the bounds: `a message to lose it, a lane to crash the node`. */
export function gestureHints(bounds: Bounds): string {
  const known = new Set<unknown>(possibleIn(bounds).map(({ kind }) => kindOf({ kind }).gesture));
  const firstOn = (on: On): Gesture<Fault> => gesturesOn(on).find((gesture) => known.has(gesture)) ?? gestureOn(on);
  return `${firstOn('message').hint}, ${firstOn('lane').hint}`;
}

/** A scenario with a further message lost, a late one, if the bounds admit that. */
export function oneMore(scenario: Scenario, bounds: Bounds): Scenario | undefined {
  const fault = possibleIn(bounds).findLast((one) => kindOf(one).slot !== undefined);
  const change = fault && admitted([...scenario, fault], bounds);
  return change && 'scenario' in change ? change.scenario : undefined;
}

/**
 * The next of some faults in the place of the present one, and none of them after the last; those that cannot be beside
 * the others are passed over.
 */
function cycle(options: readonly Fault[], present: Fault | undefined, others: Scenario, bounds: Bounds): Change {
  const next = options.slice(present ? options.findIndex((option) => isSame(option, present)) + 1 : 0);
  const changes = next.map((option) => admitted([...others, option], bounds));
  const admissible = changes.find((change) => 'scenario' in change);
  return admissible ?? (present ? { scenario: others } : (changes[0] as Change));
}

/** Of what a click may mean, what the bounds have most to say of: a kind that they admit at other ticks. */
function nearest(meant: readonly Fault[], bounds: Bounds): Fault[] {
  const known = new Set(possibleIn(bounds).map(({ kind }) => kind));
  const found = meant.find(({ kind }) => known.has(kind)) ?? meant[0];
  return found ? [found] : [];
}

/** Hits what is sent in a message's slot in the first way there is, then in the next, at last not at all. */
export function toggleMessage(message: MessageView, scenario: Scenario, bounds: Bounds): Change {
  const { from, to, fate } = message;
  if (from === to) return { refused: 'A message to oneself is never lost.' };
  const present = scenario.find((fault) => hitsSlot(fault, message));
  const other = lostTo(scenario, message);
  if (!present && other)
    return { refused: `It is lost because ${becauseOf(other)}. ${undoOf(other)} to let it arrive.` };
  if (!present && fate === 'ghost')
    return { refused: 'It is sent in the good run only: here nothing is sent that could be lost or restored.' };
  const options = possibleIn(bounds).filter((fault) => hitsSlot(fault, message));
  const others = present ? without(scenario, present) : scenario;
  const meant = options.length > 0 ? options : gesturesOn('message').map((gesture) => gesture.at(message));
  return cycle(options.length > 0 ? options : nearest(meant, bounds), present, others, bounds);
}

/** The words for why a message is lost, and for taking a fault back. */
const becauseOf = (fault: Fault): string => kindOf(fault).because?.(fault) ?? faultInWords(fault);
export const undoOf = (fault: Fault): string => kindOf(fault).gesture?.undo(fault) ?? `Remove "${formatFault(fault)}"`;

/** The fault that a node is under at a tick, or under which it comes later: down, or slow. */
export function strikeAt(scenario: Scenario, node: string, tick: number): Fault | undefined {
  const windows = scenario.flatMap((fault) => {
    const { downtime, standstill } = kindOf(fault);
    const window: Downtime | undefined = downtime?.(fault) ?? standstill?.(fault);
    return window?.node === node && (window.until ?? tick) >= tick ? [{ fault, from: window.from }] : [];
  });
  return windows.find(({ from }) => from <= tick)?.fault ?? windows[0]?.fault;
}

/**
 * Takes a node down at a tick, then the next thing that may happen to it there for as short as can be; takes back what
 * goes on since before that tick, and moves earlier what comes later.
 */
export function toggleNode(node: string, tick: number, scenario: Scenario, bounds: Bounds): Change {
  const present = strikeAt(scenario, node, tick);
  const others = present ? without(scenario, present) : scenario;
  if (present && tickOf(present) < tick) return { scenario: others };
  const options = possibleIn(bounds).filter((fault) => {
    const { downtime, standstill } = kindOf(fault);
    return (downtime ?? standstill) !== undefined && nodeOf(fault) === node && tickOf(fault) === tick;
  });
  const shortest = options.filter(({ kind }, i) => options.findIndex((other) => other.kind === kind) === i);
  const isHere = present !== undefined && tickOf(present) === tick;
  const current = isHere ? shortest.find(({ kind }) => kind === present.kind) : undefined;
  if (isHere && !current) return { scenario: others };
  const meant = gesturesOn('lane').map((gesture) => gesture.at(node, tick));
  return cycle(shortest.length > 0 ? shortest : nearest(meant, bounds), current, others, bounds);
}

/** Whatever may begin at a tick at a node, with what it sends then, or between nodes. */
export const beginningAt = (node: string, tick: number, bounds: Bounds): Fault[] =>
  possibleIn(bounds).filter((fault) => {
    if (tickOf(fault) !== tick) return false;
    const { slot } = kindOf(fault);
    return (slot?.(fault).from ?? nodeOf(fault) ?? node) === node;
  });

/** What the bounds do not admit and a click cannot reach: what else may strike a node at a tick. */
export const strikesBeyond = (node: string, tick: number, bounds: Bounds): Fault[] =>
  gesturesOn('lane')
    .map((gesture) => gesture.at(node, tick))
    .filter((fault) => 'refused' in admitted([fault], bounds) && widerFor([fault], bounds) !== undefined);

/** The scenario, if the bounds admit it. */
export function admitted(faults: Scenario, bounds: Bounds): Change {
  const scenario = canonical(faults);
  const refused = problemsInWords(faults, bounds);
  if (refused === '') return { scenario };
  return { refused, beyond: widerFor(scenario, bounds) && scenario };
}

/** Why faults lie outside the bounds, in sentences; nothing if they lie within. */
export const problemsInWords = (faults: Scenario, bounds: Bounds): string =>
  [...new Set(problemsOf(faults, bounds).map(({ why }) => why))]
    .map((why) => `${why.charAt(0).toUpperCase()}${why.slice(1)}.`)
    .join(' ');

/** Bounds in which the same run can be tried all the same; none if no bounds admit it, or time would have to be longer. */
export function widerFor(scenario: Scenario, bounds: Bounds): Bounds | undefined {
  try {
    const wide = widened(bounds, scenario);
    return wide.eot === bounds.eot && problemsOf(scenario, wide).length === 0 ? wide : undefined;
  } catch {
    return undefined;
  }
}
