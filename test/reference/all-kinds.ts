/**
 * All kinds of faults as the tables of the documentation define them: which there are, which may be together, and what
 * they do to the clock. Enumerated and evaluated apart from the engine.
 */
import { scenarioCount } from '../../src/faults/count.js';
import type { Bounds, Fault, Partition, Scenario } from '../../src/faults/fault.js';

/** What the naive evaluators ask of a scenario. */
export interface NaiveClock {
  /** The ticks at which what is sent arrives, those after the end of time too. */
  arrivals(from: string, to: string, sent: number, number?: number): number[];
  /** Whether the node is down for a reason that stops it (a crash does not stop a Dedalus node). */
  isStopped(node: string, tick: number): boolean;
  /** Whether the node is down for any reason. */
  isDown(node: string, tick: number): boolean;
  /** Whether its timers come no nearer at this tick. */
  isSlow(node: string, tick: number): boolean;
  /** Whose messages come first at a node and tick. */
  first(node: string, tick: number): string | undefined;
}

const range = (from: number, until: number): number[] =>
  Array.from({ length: Math.max(0, until - from) }, (_, i) => from + i);

/** Every fault of every kind that the bounds ask for, but for those of nodes and links that may not fail so. */
export function everyFault(bounds: Bounds): Fault[] {
  const never = new Set(bounds.reliable);
  const { crashable: crash, haltable: halt, restartable: restart, skewable: skew, orderable: order } = bounds;
  const only: Partial<Record<Fault['kind'], readonly string[] | undefined>> = { crash, halt, restart, skew, order };
  return faultsAnywhere(bounds).filter((fault) => {
    if ('node' in fault && only[fault.kind] && !only[fault.kind]?.includes(fault.node)) return false;
    if ('to' in fault) return !never.has(`${fault.from}>${fault.to}`);
    return fault.kind === 'order' || !('node' in fault) || !never.has(fault.node);
  });
}

function faultsAnywhere(bounds: Bounds): Fault[] {
  const { nodes, eot } = bounds;
  const last = Math.min(bounds.eff, eot) - 1;
  const ticks = range(1, last + 1);
  const links = nodes.flatMap((from) => nodes.filter((to) => to !== from).map((to) => ({ from, to })));
  const windows = ticks.flatMap((from) => range(from + 1, last + 2).map((until) => ({ from, until })));
  /** Messages of a slot that have fates of their own, or the slot as one. */
  const parts = bounds.perMessage ? range(1, bounds.perMessage + 1).map((nth) => ({ nth })) : [{}];
  const late = (most: number | undefined): { from: string; to: string; tick: number; by: number; nth?: number }[] =>
    ticks.flatMap((tick) =>
      links.flatMap((link) =>
        range(1, (most ?? 0) + 1)
          .filter((by) => tick + 1 + by <= eot)
          .flatMap((by) => parts.map((part) => ({ ...link, tick, by, ...part }))),
      ),
    );
  const all: Fault[] = [];
  if (bounds.omissions !== 0)
    for (const tick of ticks)
      for (const link of links) for (const part of parts) all.push({ kind: 'omission', ...link, tick, ...part });
  if (bounds.crashes > 0)
    for (const tick of range(1, eot)) for (const node of nodes) all.push({ kind: 'crash', node, tick });
  if (bounds.halts) for (const tick of range(1, eot)) for (const node of nodes) all.push({ kind: 'halt', node, tick });
  for (const it of late(bounds.delay)) all.push({ kind: 'delay', ...it });
  for (const it of late(bounds.dup)) all.push({ kind: 'dup', ...it });
  if (bounds.restarts)
    for (const window of windows) for (const node of nodes) all.push({ kind: 'restart', node, ...window });
  if (bounds.skews) for (const window of windows) for (const node of nodes) all.push({ kind: 'skew', node, ...window });
  if (bounds.orders)
    for (const tick of range(1, eot + 1))
      for (const node of nodes) for (const first of nodes) all.push({ kind: 'order', node, tick, first });
  if (bounds.partitions) for (const window of windows) for (const cut of cuts(bounds)) all.push({ ...cut, ...window });
  return all;
}

/** Both ways: the smaller group leads; of equal ones that of the first node. One way: both. Named groups stay whole. */
function cuts({ nodes: known, groups, oneWay }: Bounds): Omit<Partition, 'from' | 'until'>[] {
  const whole = groups ? Object.values(groups) : known.map((node) => [node]);
  const nodes = known.filter((node) => whole.some((group) => group.includes(node)));
  let chosen: string[][] = [[]];
  for (const group of whole) chosen = chosen.flatMap((side) => [side, [...side, ...group]]);
  return chosen.flatMap((members) => {
    const side = nodes.filter((node) => members.includes(node));
    const other = nodes.filter((node) => !side.includes(node));
    if (side.length === 0 || other.length === 0) return [];
    const cut: Omit<Partition, 'from' | 'until'>[] = [];
    if (side.length < other.length || (side.length === other.length && side.includes(nodes[0] as string)))
      cut.push({ kind: 'partition', side, way: '|', other });
    if (oneWay) cut.push({ kind: 'partition', side, way: '>', other });
    return cut;
  });
}

/** When a node is down, or its clock stands still: first and last tick. */
function span(fault: Fault): { node: string; from: number; to: number; what: string } | undefined {
  if (fault.kind === 'crash' || fault.kind === 'halt')
    return { node: fault.node, from: fault.tick, to: Number.POSITIVE_INFINITY, what: 'down' };
  if (fault.kind === 'restart') return { node: fault.node, from: fault.from, to: fault.until - 1, what: 'down' };
  if (fault.kind === 'skew') return { node: fault.node, from: fault.from, to: fault.until - 1, what: 'slow' };
  return undefined;
}

/** Whether two faults may not be together. */
function exclude(a: Fault, b: Fault): boolean {
  const [one, other] = [span(a), span(b)];
  if (one && other && one.node === other.node && one.what === other.what)
    return one.from <= other.to + 1 && other.from <= one.to + 1;
  if ((a.kind === 'delay' && b.kind === 'delay') || (a.kind === 'dup' && b.kind === 'dup'))
    return a.from === b.from && a.to === b.to && a.tick === b.tick && a.nth === b.nth;
  if (a.kind === 'order' && b.kind === 'order') return a.node === b.node && a.tick === b.tick;
  return false;
}

/** What faults cost together. */
const costOf = (faults: readonly Fault[], { costs }: Bounds): number =>
  faults.reduce((sum, fault) => sum + (costs?.[fault.kind] ?? 1), 0);

/** Whether a set of faults is within the bounds. */
function isAllowed(faults: readonly Fault[], bounds: Bounds): boolean {
  const count = (kind: Fault['kind']): number => faults.filter((fault) => fault.kind === kind).length;
  const cost = costOf(faults, bounds);
  const most = (limit: number | undefined): number => (limit === undefined ? Number.POSITIVE_INFINITY : limit);
  return (
    cost <= most(bounds.maxCost) &&
    faults.every((a, i) => faults.slice(i + 1).every((b) => !exclude(a, b))) &&
    count('omission') <= most(bounds.omissions) &&
    count('delay') <= most(bounds.delays) &&
    count('dup') <= most(bounds.dups) &&
    count('partition') <= most(bounds.partitions ?? 0) &&
    count('order') <= most(bounds.orders ?? 0) &&
    count('crash') <= bounds.crashes &&
    count('halt') <= most(bounds.halts ?? 0) &&
    count('restart') <= most(bounds.restarts ?? 0) &&
    count('skew') <= most(bounds.skews ?? 0)
  );
}

/** The clock that a scenario makes. */
export function clockOf(scenario: readonly Fault[], perMessage = 0): NaiveClock {
  const isDown = (node: string, tick: number, kinds: readonly string[]): boolean =>
    scenario.some((fault) => {
      const it = kinds.includes(fault.kind) ? span(fault) : undefined;
      return it !== undefined && it.node === node && it.from <= tick && tick <= it.to;
    });
  const isStopped = (node: string, tick: number): boolean => isDown(node, tick, ['halt', 'restart']);
  /**
   * Whether a fault of some messages is about this one: the last that has a fate of its own stands for all after it.
   */
  const isMeant = (nth: number | undefined, number: number): boolean =>
    nth === undefined || nth === Math.min(number, perMessage);
  const isCut = (from: string, to: string, sent: number, number: number): boolean =>
    scenario.some((fault) => {
      if (fault.kind === 'omission')
        return fault.from === from && fault.to === to && fault.tick === sent && isMeant(fault.nth, number);
      if (fault.kind !== 'partition' || sent < fault.from || sent >= fault.until) return false;
      const there = fault.side.includes(from) && fault.other.includes(to);
      return there || (fault.way === '|' && fault.side.includes(to) && fault.other.includes(from));
    });
  return {
    arrivals(from, to, sent, number = 1) {
      if (from === to) return isStopped(from, sent) || isStopped(to, sent + 1) ? [] : [sent + 1];
      if (isDown(from, sent, ['crash', 'halt', 'restart']) || isCut(from, to, sent, number)) return [];
      const ticks = new Set<number>();
      let usual = sent + 1;
      for (const fault of scenario) {
        if (fault.kind !== 'delay' && fault.kind !== 'dup') continue;
        if (fault.from !== from || fault.to !== to || fault.tick !== sent || !isMeant(fault.nth, number)) continue;
        if (fault.kind === 'delay') usual += fault.by;
        else ticks.add(sent + 1 + fault.by);
      }
      ticks.add(usual);
      return [...ticks].filter((tick) => !isStopped(to, tick)).sort((a, b) => a - b);
    },
    isStopped,
    isDown: (node, tick) => isDown(node, tick, ['crash', 'halt', 'restart']),
    isSlow: (node, tick) => isDown(node, tick, ['skew']),
    first: (node, tick) => {
      const found = scenario.find((fault) => fault.kind === 'order' && fault.node === node && fault.tick === tick);
      return found?.kind === 'order' ? found.first : undefined;
    },
  };
}

/** Every set of at most so many faults within the bounds, smaller ones first. */
export function* everyScenario(bounds: Bounds, most: number): Generator<Scenario> {
  const faults = everyFault(bounds);
  let sets: { readonly set: Scenario; readonly next: number }[] = [{ set: [], next: 0 }];
  for (let size = 0; size <= most; size++) {
    for (const { set } of sets) yield set;
    if (size === most) return;
    sets = sets.flatMap(({ set, next }) =>
      range(next, faults.length)
        .map((i) => ({ set: [...set, faults[i] as Fault], next: i + 1 }))
        .filter((longer) => isAllowed(longer.set, bounds)),
    );
  }
}

const keysOf = (scenario: Scenario): Set<string> =>
  new Set(scenario.map((fault) => JSON.stringify(fault, Object.keys(fault).sort())));

/** Whether the bounds ask for more than omissions and crashes in any number. */
export const isBeyondUsual = ({ eot: _, eff: __, crashes: ___, nodes: ____, ...more }: Bounds): boolean =>
  Object.values(more).some((value) => value !== undefined);

/** The same bounds, or with as many faults less as it takes to have at most so many scenarios. */
export function withinReach(bounds: Bounds, most: number): Bounds {
  const { maxCost = Number.POSITIVE_INFINITY } = bounds;
  const fewer = [3, 2, 1].filter((cost) => cost < maxCost).map((cost) => ({ ...bounds, maxCost: cost }));
  return [bounds, ...fewer].find((one) => scenarioCount(one) <= BigInt(most)) ?? { ...bounds, maxCost: 1 };
}

/** The violated sets of at most so many faults of which no part is violated. */
export function minimalSets(
  bounds: Bounds,
  most: number,
  isViolated: (scenario: Scenario) => boolean,
): { readonly sets: Scenario[]; readonly runs: number } {
  const found: { readonly scenario: Scenario; readonly keys: Set<string> }[] = [];
  let runs = 0;
  for (const scenario of everyScenario(bounds, most)) {
    const keys = keysOf(scenario);
    if (found.some((it) => [...it.keys].every((key) => keys.has(key)))) continue;
    runs++;
    if (isViolated(scenario)) found.push({ scenario, keys });
  }
  return {
    sets: leastOf(
      bounds,
      found.map(({ scenario }) => scenario),
    ),
    runs,
  };
}

/** What a fault undoes: slots, ticks of nodes, ticks of clocks; whatever else, itself alone. */
function undone(fault: Fault, { nodes, perMessage = 0 }: Bounds): string[] {
  const numbers = perMessage > 0 ? range(1, perMessage + 1) : [0];
  const slots = (from: string, to: string, tick: number): string[] =>
    numbers.map((number) => `slot ${from} ${to} ${tick} ${number}`);
  if (fault.kind === 'omission')
    return slots(fault.from, fault.to, fault.tick).filter((text) => !fault.nth || text.endsWith(` ${fault.nth}`));
  if (fault.kind === 'skew') return range(fault.from, fault.until).map((tick) => `slow ${fault.node} ${tick}`);
  if (fault.kind === 'restart')
    return range(fault.from, fault.until).flatMap((tick) => [
      `down ${fault.node} ${tick}`,
      ...nodes.flatMap((other) => [...slots(fault.node, other, tick), ...slots(other, fault.node, tick - 1)]),
    ]);
  if (fault.kind !== 'partition') return [JSON.stringify(fault)];
  const pairs = fault.side.flatMap((a) => fault.other.map((b) => [a, b] as const));
  return range(fault.from, fault.until).flatMap((tick) =>
    pairs.flatMap(([a, b]) => [...slots(a, b, tick), ...(fault.way === '|' ? slots(b, a, tick) : [])]),
  );
}

/** Without those that undo more than another one of the same size or less. */
function leastOf(bounds: Bounds, sets: readonly Scenario[]): Scenario[] {
  const undoes = sets.map((set) => new Set(set.flatMap((fault) => undone(fault, bounds))));
  const isPart = (small: Set<string>, large: Set<string>): boolean =>
    small.size < large.size && [...small].every((part) => large.has(part));
  return sets.filter((set, i) =>
    sets.every(
      (other, j) =>
        costOf(other, bounds) > costOf(set, bounds) || !isPart(undoes[j] as Set<string>, undoes[i] as Set<string>),
    ),
  );
}
