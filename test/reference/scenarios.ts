/**
 * Admissible scenarios as the bounds define them: counted, enumerated, ordered and compared, apart from the engine.
 */
import type { Bounds, Crash, Fault, Omission, Scenario } from '../../src/faults/fault.js';

/** A fault as text; equal for equal faults only. */
function faultKey(fault: Fault): string {
  if (fault.kind === 'omission') return JSON.stringify(['omission', fault.from, fault.to, fault.tick]);
  return fault.kind === 'crash' ? JSON.stringify(['crash', fault.node, fault.tick]) : JSON.stringify(fault);
}

/** A scenario as text, the same for every order of its faults. */
export function scenarioKey(scenario: readonly Fault[]): string {
  return scenario.map(faultKey).sort().join(' ');
}

/** The first tick of a fault. */
const tickOf = (fault: Fault): number => ('tick' in fault ? fault.tick : fault.from);

/** The order of faults in this folder: by tick, omissions before crashes, then by sender and receiver. */
export function orderFaults(a: Fault, b: Fault): number {
  const [tickA, tickB] = [tickOf(a), tickOf(b)];
  if (tickA !== tickB) return tickA - tickB;
  if (a.kind !== b.kind) return a.kind === 'omission' ? -1 : 1;
  const [keyA, keyB] = [faultKey(a), faultKey(b)];
  return keyA < keyB ? -1 : keyA > keyB ? 1 : 0;
}

/** Smaller scenarios first, then fault by fault. */
export function orderScenarios(a: Scenario, b: Scenario): number {
  if (a.length !== b.length) return a.length - b.length;
  for (let i = 0; i < a.length; i++) {
    const order = orderFaults(a[i] as Fault, b[i] as Fault);
    if (order !== 0) return order;
  }
  return 0;
}

/** Is every fault of `small` also in `large`? */
export function isSubset(small: Scenario, large: Scenario): boolean {
  const keys = new Set(large.map(faultKey));
  return small.every((fault) => keys.has(faultKey(fault)));
}

/** All omissions that the bounds admit, in order. */
export function omissions(bounds: Bounds): Omission[] {
  const all: Omission[] = [];
  for (let tick = 1; tick < bounds.eff && tick <= bounds.eot - 1; tick++) {
    for (const from of bounds.nodes) {
      for (const to of bounds.nodes) if (from !== to) all.push({ kind: 'omission', from, to, tick });
    }
  }
  return all.sort(orderFaults);
}

/** All sets of crashes that the bounds admit: at most `crashes` nodes, each at one tick. */
export function crashSets(bounds: Bounds): Crash[][] {
  let sets: Crash[][] = [[]];
  for (const node of bounds.nodes) {
    const longer: Crash[][] = [];
    for (const set of sets) {
      if (set.length >= bounds.crashes) continue;
      for (let tick = 1; tick <= bounds.eot - 1; tick++) longer.push([...set, { kind: 'crash', node, tick }]);
    }
    sets = [...sets, ...longer];
  }
  return sets;
}

/** Would this omission change nothing because its sender has crashed by then? */
export function isRedundant(omission: Omission, crashes: readonly Fault[]): boolean {
  return crashes.some((it) => it.kind === 'crash' && it.node === omission.from && it.tick <= omission.tick);
}

/**
 * The ticks at which what one node sends to another arrives in a scenario.
 * @param number of the message in its slot, where messages have fates of their own
 */
export type Clock = (
  scenario: readonly Fault[],
  from: string,
  to: string,
  sent: number,
  number?: number,
) => readonly number[];

/**
 * A message arrives a tick later, unless its slot is omitted or its sender has crashed by then; to oneself it always
 * does.
 */
export const usualClock: Clock = (scenario, from, to, sent) => {
  const isLost = scenario.some((fault) => {
    if (fault.kind === 'crash') return fault.node === from && fault.tick <= sent;
    return fault.kind === 'omission' && fault.from === from && fault.to === to && fault.tick === sent;
  });
  return from !== to && isLost ? [] : [sent + 1];
};

/** How many canonical scenarios the bounds admit. */
export function scenarioCount(bounds: Bounds): number {
  const slots = omissions(bounds);
  let count = 0;
  for (const crashes of crashSets(bounds)) count += 2 ** slots.filter((slot) => !isRedundant(slot, crashes)).length;
  return count;
}

/** All canonical scenarios, smaller first. Call it only when `scenarioCount` is small. */
export function allScenarios(bounds: Bounds): Scenario[] {
  const slots = omissions(bounds);
  const all: Scenario[] = [];
  for (const crashes of crashSets(bounds)) {
    let sets: Fault[][] = [[...crashes]];
    for (const slot of slots) {
      if (!isRedundant(slot, crashes)) sets = [...sets, ...sets.map((set) => [...set, slot])];
    }
    all.push(...sets.map((set) => set.sort(orderFaults)));
  }
  return all.sort(orderScenarios);
}
