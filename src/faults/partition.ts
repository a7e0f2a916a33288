/**
 * Partition: for a while nothing gets from one group of nodes to another, both ways or one way. One fault.
 *
 * `partition a|b,c@[2,5)` loses every slot between a and the others that is sent at ticks 2, 3 and 4; `a>b,c` only what
 * a sends.
 */
import type { Clock, FaultKind, Slot, Wall, World } from './kind.js';
import { NO_LIMIT, slotTexts, ticksInWords } from './kind.js';
import { endOf, type FiniteFailures } from './omission.js';
import { effOf, windowCount, windowOver, windowsOf } from './window.js';

/** What `side` and `other` send each other at ticks from ≤ t < until is lost; with the way `>`, what `side` sends. */
export interface Partition extends Wall {
  readonly kind: 'partition';
  readonly from: number;
  readonly until: number;
}

export interface PartitionBounds {
  /** At most this many partitions; none if left out. */
  readonly partitions?: number;
  /** 1 if there are one-way partitions, too. */
  readonly oneWay?: number;
}

type All = World & PartitionBounds & Partial<FiniteFailures>;

/** Nodes up to which every split into two groups is a partition; of more nodes, each alone against the others. */
const MOST_SPLIT = 5;

/**
 * The same two groups the other way round are the same partition: the smaller one, or that of the first node, leads.
 */
const leads = (side: readonly string[], other: readonly string[], first: string): boolean =>
  side.length < other.length || (side.length === other.length && side.includes(first));

/** What may be cut off, each with all the others: of groups that have names, any of them; else of nodes. */
function cuts({ nodes: all, groups, oneWay = 0 }: All): Pick<Partition, 'side' | 'way' | 'other'>[] {
  const units = groups ? Object.values(groups) : all.map((node) => [node]);
  // A node of no group is on neither side.
  const nodes = units.flat().sort();
  const without = (side: readonly string[]): string[] => nodes.filter((node) => !side.includes(node));
  const sides =
    groups || nodes.length <= MOST_SPLIT
      ? Array.from({ length: 2 ** units.length }, (_, bits) =>
          units
            .filter((_unit, i) => (bits >> i) % 2 === 1)
            .flat()
            .sort(),
        )
      : [...nodes.map((node) => [node]), ...nodes.map((node) => without([node]))];
  return sides
    .filter((side) => side.length > 0 && side.length < nodes.length)
    .flatMap((side) => {
      const [other, first] = [without(side), nodes[0] as string];
      return [
        ...(leads(side, other, first) ? [{ side, way: '|' as const, other }] : []),
        ...(oneWay > 0 ? [{ side, way: '>' as const, other }] : []),
      ];
    });
}

const separates = ({ side, way, other }: Partition, { from, to }: Slot): boolean =>
  (side.includes(from) && other.includes(to)) || (way === '|' && other.includes(from) && side.includes(to));

/** Of a clock: what cuts off a slot, by its nodes and tick. */
const CUT = new WeakMap<object, Map<number, number[]>>();

function cutBy({ bounds, faults, variable }: Clock<PartitionBounds & Partial<FiniteFailures>>): Map<number, number[]> {
  const cut = new Map<number, number[]>();
  const { nodes, eot } = bounds;
  for (const fault of faults as readonly Partition[]) {
    if (fault.kind !== 'partition') continue;
    const when = variable(fault);
    for (const [f, from] of nodes.entries())
      for (const [t, to] of nodes.entries())
        if (separates(fault, { from, to, sent: 0 }) && !bounds.reliable?.includes(`${from}>${to}`))
          for (let sent = fault.from; sent < fault.until; sent++) {
            const key = (f * nodes.length + t) * eot + sent;
            const known = cut.get(key);
            if (known) known.push(when);
            else cut.set(key, [when]);
          }
  }
  return cut;
}

const group = (nodes: readonly string[]): string => nodes.join(', ');

export const partition: FaultKind<Partition, PartitionBounds & Partial<FiniteFailures>, PartitionBounds> = {
  kind: 'partition',
  rate: 1e-6,
  fields: { side: 'nodes', way: 'way', other: 'nodes', from: 'tick', until: 'tick' },
  bounds: {
    partitions: {
      least: 0,
      most: NO_LIMIT,
      default: 0,
      optional: true,
      value: 'n',
      help: 'at most this many partitions',
      inWords: (n) => (n === 0 ? 'no partitions' : `at most ${n} ${n === 1 ? 'partition' : 'partitions'}`),
    },
    oneWay: {
      least: 0,
      most: 1,
      default: 0,
      optional: true,
      value: '0|1',
      help: '1: partitions may also be one way',
      inWords: (n) => (n === 0 ? 'both ways' : 'also one way'),
    },
  },
  chosen: { in: (most = 1) => ({ partitions: most }), out: { partitions: 0 } },
  renamed(fault) {
    const { side, way, other } = fault;
    const [first = ''] = [...side, ...other].sort();
    return way === '>' || leads(side, other, first) ? fault : { ...fault, side: other, other: side };
  },
  hitsMany: true,

  order: ({ from, until, side, way, other }) => [from, until, ...side, way, ...other],
  last: ({ until }) => until - 1,
  possible(bounds) {
    if (!bounds.partitions) return [];
    return cuts(bounds).flatMap((cut) => windowsOf(bounds).map((window) => ({ kind: 'partition', ...cut, ...window })));
  },
  size: (bounds) => (bounds.partitions ? cuts(bounds).length * windowCount(bounds) : 0),
  most: ({ partitions = 0 }) => partitions,
  many: (count) => `there are ${count} partitions`,
  noun: 'partitions',
  idle: 'nothing is ever sent across one while it lasts',
  end: endOf,
  outside(fault, bounds) {
    if (!bounds.partitions) return 'no nodes may be cut off from each other within these bounds';
    const { side, way, other } = fault;
    const over = windowOver(fault, bounds, 'partitions');
    if (over !== undefined) return over;
    if (way === '>' && !bounds.oneWay) return 'no partition may be one way within these bounds (oneWay: 1)';
    const same = (a: readonly string[], b: readonly string[]): boolean => a.join('\0') === b.join('\0');
    const known = cuts(bounds).some((cut) => cut.way === way && same(cut.side, side) && same(cut.other, other));
    return known
      ? undefined
      : `the nodes ${group(side)} and ${group(other)} are not what may be cut off from each other`;
  },
  admitting: (faults) => ({
    eff: effOf(faults),
    partitions: faults.length,
    ...(faults.some(({ way }) => way === '>') && { oneWay: 1 }),
  }),

  arrives(clock, { from, to, sent }, arrivals) {
    const { bounds, circuit } = clock;
    if (!bounds.partitions) return arrivals;
    const cut = CUT.get(clock) ?? cutBy(clock);
    CUT.set(clock, cut);
    const lost = circuit.or(cut.get((from * bounds.nodes.length + to) * bounds.eot + sent) ?? []);
    return arrivals.map(({ at, when }) => ({ at, when: circuit.and([when, -lost]) }));
  },
  denies: (fault, slot) => fault.from <= slot.sent && slot.sent < fault.until && separates(fault, slot),

  isWide: true,
  undoes(fault, bounds) {
    const { nodes } = bounds;
    const links = nodes.flatMap((from) => nodes.map((to) => ({ from, to, sent: 0 })));
    const cut = links.filter((link) => separates(fault, link));
    const ticks = Array.from({ length: fault.until - fault.from }, (_, i) => fault.from + i);
    return ticks.flatMap((sent) => cut.flatMap((link) => slotTexts({ ...link, sent }, bounds)));
  },

  family: ({ side, way, other }) => [...side, way, ...other].join(' '),
  varies: 'windows of partitions',

  inWords({ side, way, other, from, until }) {
    const ticks = ticksInWords(from, until);
    return way === '>'
      ? `nothing gets from ${group(side)} to ${group(other)} ${ticks}`
      : `${group(side)} and ${group(other)} are cut off from each other ${ticks}`;
  },
  short: 'partition {side}{way}{other}@[{from},{until})',
  command: 'partition {side}{way}{other}@[{from},{until})',
  because: () => 'a partition is between them',
  wall: ({ side, way, other }) => ({ side, way, other }),
  lane: {
    symbol: '‖',
    label: 'partition',
    state: 'cut off',
    effect: 'what is sent meanwhile is lost',
    over: 'the partition is over',
  },
};
