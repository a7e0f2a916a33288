/**
 * What the faults of a scenario must satisfy together, whatever their kinds: as a formula for the search, and as
 * sentences for people.
 *
 * 1. A slot takes one fault of a kind. 2. A node goes down once at a time: its downtimes neither overlap nor touch, so
 *   that between two of them it is up; the same of standstills. One sender comes first at a node and tick.
 * 3. A kind may have a limit, and all of them together. `count.ts` counts by the same laws.
 */
import { FALSE, type Formula } from '../core/circuit.js';
import { atMost } from '../core/threshold.js';
import type { Bounds } from './fault.js';
import { filled } from './forms.js';
import { type AnyFault, type Clock, type FaultKind, NO_LIMIT, type Slot } from './kind.js';
import { costOf, keyOf, kindOf, kinds, ofKind, totalCost } from './kinds.js';

/** What a fault hits as text, equal for those that may exclude each other; undefined where none can. */
function targetOf(fault: AnyFault): string | undefined {
  const kind = kindOf(fault);
  const slot = kind.slot?.(fault);
  if (slot) return isItsSlot(kind) ? undefined : `${kind.kind} ${slotKey(slot)}`;
  const down = kind.downtime?.(fault);
  if (down) return `down ${down.node}`;
  const still = kind.standstill?.(fault);
  if (still) return `still ${still.node}`;
  const first = kind.precedence?.(fault);
  return first && keyOf([first.node, first.tick]);
}

const slotKey = ({ from, to, sent, nth = 0 }: Slot): string => keyOf([from, to, sent, nth]);

/** First tick of a fault's downtime or standstill, and the tick after which the node may go down again. */
function downtimeOf(fault: AnyFault): readonly [from: number, until: number] {
  const kind = kindOf(fault);
  const { from = 0, until = Number.POSITIVE_INFINITY } = kind.downtime?.(fault) ?? kind.standstill?.(fault) ?? {};
  return [from, until + 1];
}

/** Whether faults of a kind have nothing but their slot, so that there is one for each. */
const isItsSlot = ({ fields }: FaultKind): boolean =>
  Object.keys(fields).every((name) => ['from', 'to', 'tick', 'nth'].includes(name));

/** Groups of faults of which any two may exclude each other, in order of appearance. */
function rivals<F extends AnyFault>(faults: readonly F[]): F[][] {
  const groups = new Map<string, F[]>();
  for (const fault of faults) {
    const target = targetOf(fault);
    if (target === undefined) continue;
    const group = groups.get(target);
    if (group) group.push(fault);
    else groups.set(target, [fault]);
  }
  return [...groups.values()];
}

/** Whether a fault takes a node down for good. */
const isForEver = (fault: AnyFault): boolean => downtimeOf(fault)[1] === Number.POSITIVE_INFINITY;

/** Faults of one kind as they are counted: those that exclude each other anyway as one. */
function counted<F extends AnyFault>(faults: readonly F[]): F[][] {
  const alone = faults.filter((fault) => targetOf(fault) === undefined || !isForEver(fault));
  return [...rivals(faults.filter(isForEver)), ...alone.map((fault) => [fault])];
}

/** Whether two rivals do: always in a slot, where their downtimes meet at a node. */
function exclude(a: AnyFault, b: AnyFault): boolean {
  const [[from, until], [otherFrom, otherUntil]] = [downtimeOf(a), downtimeOf(b)];
  return from <= otherUntil && otherFrom <= until;
}

/** The variables of faults, each as often as the fault costs: sums of costs are numbers of them. */
export const weighted = (
  faults: readonly AnyFault[],
  bounds: Bounds,
  variable: (fault: AnyFault) => Formula,
): Formula[] => faults.flatMap((fault) => Array.from({ length: costOf(fault, bounds) }, () => variable(fault)));

/** True in exactly the scenarios that keep the laws. */
export function lawful({ circuit, bounds, variable }: Clock<Bounds>, faults: readonly AnyFault[]): Formula {
  const laws = rivals(faults).flatMap((group) => {
    const forEver = group.filter(isForEver);
    const passing = group.filter((fault) => !isForEver(fault));
    // Of a kind of which there is one at most no two need be told that they exclude each other.
    const isOne = passing.every(({ kind }) => kind === passing[0]?.kind && kindOf({ kind }).most?.(bounds) === 1);
    const pairs = passing.flatMap((a, i) =>
      [...forEver, ...(isOne ? [] : passing.slice(0, i))].filter((b) => exclude(a, b)).map((b) => [a, b]),
    );
    return [atMost(circuit, forEver.map(variable), 1), ...pairs.map((pair) => -circuit.and(pair.map(variable)))];
  });
  return circuit.and([...laws, ...limits({ circuit, bounds, variable }, faults)]);
}

/** That there are no more faults of a kind, and that they cost no more, than the bounds allow. */
export function limits(
  { circuit, bounds, variable }: Pick<Clock<Bounds>, 'circuit' | 'bounds' | 'variable'>,
  faults: readonly AnyFault[],
): Formula[] {
  const all: Formula[] = [];
  for (const kind of kinds()) {
    const most = kind.most?.(bounds);
    if (most === undefined) continue;
    const own = ofKind(faults, kind);
    // Fault by fault, as the clock has it, to share its gates.
    const hit = counted(own).map((group) =>
      group.map(variable).reduce((before, now) => circuit.or([before, now]), FALSE),
    );
    all.push(atMost(circuit, hit, most));
  }
  const { maxCost } = bounds;
  if (maxCost !== undefined && maxCost < NO_LIMIT)
    all.push(atMost(circuit, weighted(faults, bounds, variable), maxCost));
  return all;
}

/** The laws that faults break, each of them within the bounds, in words. */
export function* broken(faults: readonly AnyFault[], bounds: Bounds): Generator<string> {
  const short = (fault: AnyFault): string => filled(kindOf(fault).short, fault);
  for (const group of rivals(faults))
    for (const [i, a] of group.entries())
      for (const b of group.slice(0, i))
        if (exclude(a, b)) yield `there is only one of them: ${short(b)} and ${short(a)} exclude each other`;
  for (const kind of kinds()) {
    const most = kind.most?.(bounds);
    const count = counted(ofKind(faults, kind)).length;
    if (most !== undefined && count > most)
      yield `${kind.many?.(count) ?? `${count} faults of kind ${kind.kind}`}; these bounds allow ${most}`;
  }
  const { maxCost = NO_LIMIT } = bounds;
  const cost = totalCost(faults, bounds);
  if (maxCost < NO_LIMIT && cost > maxCost) yield `the faults cost ${cost}; these bounds allow ${maxCost}`;
}

export const isLawful = (faults: readonly AnyFault[], bounds: Bounds): boolean =>
  broken(faults, bounds).next().done === true;

/** As many of the faults as may be together, the first ones first. */
export function lawfulPart<F extends AnyFault>(faults: readonly F[], bounds: Bounds): readonly F[] {
  const chosen: F[] = [];
  const groups = new Map<string, F[]>();
  const left = new Map(kinds().map((kind) => [kind.kind, kind.most?.(bounds) ?? Number.POSITIVE_INFINITY]));
  const { maxCost = NO_LIMIT } = bounds;
  for (const fault of faults) {
    if (maxCost < NO_LIMIT && totalCost([...chosen, fault], bounds) > maxCost) continue;
    const target = targetOf(fault);
    const group = target === undefined ? [] : (groups.get(target) ?? []);
    const most = left.get(fault.kind) ?? 0;
    if (most <= 0 || group.some((other) => exclude(other, fault))) continue;
    chosen.push(fault);
    left.set(fault.kind, most - 1);
    if (target !== undefined) groups.set(target, [...group, fault]);
  }
  return chosen;
}
