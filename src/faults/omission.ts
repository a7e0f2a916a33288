/**
 * Omission: all messages of one slot (from, to, tick) are lost. Possible at ticks before EFF (finite failures).
 */
import { groupBy } from '../core/memo.js';
import { ranges } from '../core/ranges.js';
import {
  type FaultKind,
  FIRST_TICK,
  isSameSlot,
  NO_LIMIT,
  numbersOf,
  slotTexts,
  unknownNode,
  type World,
  whatOf,
  wrongNumber,
} from './kind.js';

/** All that `from` sends to `to` at `tick` is lost. */
export interface Omission {
  readonly kind: 'omission';
  readonly from: string;
  readonly to: string;
  readonly tick: number;
  /** The message of the slot that is lost, where messages have fates of their own. */
  readonly nth?: number | undefined;
}

export interface FiniteFailures {
  /** End of finite failures: omissions may hit slots sent at ticks < eff. */
  readonly eff: number;
  /** At most this many slots are lost; no limit if left out. */
  readonly omissions?: number;
}

/** The last tick whose messages a fault may hit so that it shows. */
export const lastTick = ({ eot, eff = 0 }: World & Partial<FiniteFailures>): number =>
  Math.max(0, Math.min(eff, eot) - 1);

/** The first tick after EFF, at which nothing that is bounded by it strikes any more. */
export const endOf = (bounds: World & Partial<FiniteFailures>): number => lastTick(bounds) + 1;

/** That faults of a kind are over at a tick: `message losses end at tick 3 (EFF); this one is sent at tick 5`. */
export const isOver = (what: string, bounds: World & Partial<FiniteFailures>, when: string): string =>
  `${what} end at tick ${endOf(bounds)} (${(bounds.eff ?? 0) > bounds.eot ? 'EOT' : 'EFF'}); this one ${when}`;

export const omission: FaultKind<Omission, FiniteFailures> = {
  kind: 'omission',
  rate: 1e-3,
  fields: { from: 'node', to: 'node', tick: 'tick', nth: 'nth' },
  bounds: {
    eff: {
      least: 0,
      most: 1000,
      default: 3,
      value: 'ticks',
      help: 'end of finite failures: messages sent before this tick may be lost',
      excess: (eff, { eot }) =>
        eff > eot
          ? `eff ${eff} lies beyond eot ${eot}: no message arrives after that, so eff ${eot} means the same.`
          : undefined,
      inWords: (eff) => `eff ${eff}`,
    },
    omissions: {
      least: 0,
      most: NO_LIMIT,
      default: NO_LIMIT,
      optional: true,
      value: 'n',
      help: 'at most this many slots are lost (default: any number)',
      inWords: (n) => (n === 0 ? 'no omissions' : `at most ${n} ${n === 1 ? 'omission' : 'omissions'}`),
    },
  },
  chosen: { in: (most) => (most === undefined ? {} : { omissions: most }), out: { omissions: 0 } },

  order: ({ tick, from, to, nth = 0 }) => [tick, from, to, nth],

  possible(bounds) {
    const faults: Omission[] = [];
    if (bounds.omissions === 0) return faults;
    for (let tick = 1; tick <= lastTick(bounds); tick++)
      for (const from of bounds.nodes)
        for (const to of bounds.nodes)
          if (from !== to)
            for (const nth of numbersOf(bounds.perMessage))
              faults.push({ kind: 'omission', from, to, tick, ...(nth && { nth }) });
    return faults;
  },
  size: ({ nodes, ...bounds }) =>
    bounds.omissions === 0
      ? 0
      : nodes.length * (nodes.length - 1) * lastTick({ nodes, ...bounds }) * (bounds.perMessage || 1),
  most: ({ omissions = NO_LIMIT }) => (omissions < NO_LIMIT ? omissions : undefined),
  many: (count) => `${count} ${count === 1 ? 'slot is' : 'slots are'} lost`,

  noun: 'message losses',
  idle: 'no message is ever sent where one may be lost',
  end: endOf,
  outside({ from, to, tick, nth }, bounds) {
    const { omissions, nodes, perMessage } = bounds;
    if (omissions === 0 || endOf(bounds) <= 1) return 'no message may be lost within these bounds';
    if (from === to) return 'a message to oneself is never lost';
    const number = wrongNumber(nth, perMessage);
    if (number !== undefined) return number;
    if (tick < 1) return FIRST_TICK;
    if (tick >= endOf(bounds)) return isOver('message losses', bounds, `is sent at tick ${tick}`);
    return unknownNode([from, to], nodes);
  },
  admitting: (faults) => ({ eff: Math.max(0, ...faults.map(({ tick }) => tick + 1)) }),

  slot: ({ from, to, tick, nth }) => ({ from, to, sent: tick, nth }),
  undoes: ({ from, to, tick, nth }, bounds) => slotTexts({ from, to, sent: tick, nth }, bounds),

  arrives({ bounds: { nodes }, circuit, variable }, { from, to, sent, nth }, arrivals) {
    const lost = variable<Omission>({
      kind: 'omission',
      from: nodes[from] ?? '',
      to: nodes[to] ?? '',
      tick: sent,
      ...(nth && { nth }),
    });
    return arrivals.map(({ at, when }) => ({ at, when: circuit.and([when, -lost]) }));
  },
  denies: ({ from, to, tick, nth }, slot) => isSameSlot({ from, to, sent: tick, nth }, slot),

  together(faults) {
    const links = groupBy(faults, ({ from, to, nth }) => `${from}→${to}${nth ? ` (number ${nth})` : ''}`);
    const ticksOf = (own: readonly Omission[]): string => ranges(own.map(({ tick }) => tick));
    return [...groupBy(links, ([, own]) => ticksOf(own))].map(([ticks, alike]) => {
      const names = alike.map(([link]) => link);
      const list = names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${names.at(-1)}` : names.join();
      const times = alike[0][1].length > 1 ? 'ticks' : 'tick';
      const one = names.length === 1 && times === 'tick';
      return `the ${one ? 'message' : 'messages'} ${list} of ${times} ${ticks} ${one ? 'is' : 'are'} lost`;
    });
  },
  inWords: ({ from, to, tick, nth }) => `${whatOf(nth)} ${from} sends to ${to} at tick ${tick} is lost`,
  short: '{from}→{to}@{tick}{nth}',
  command: 'omit {from}>{to}@{tick}{nth}',
  hit: 'LOST',
  gesture: {
    on: 'message',
    hint: 'a message to lose it',
    isFirst: true,
    at: ({ from, to, sent, nth }) => ({ kind: 'omission', from, to, tick: sent, ...(nth && { nth }) }),
    inject: ({ from, to, tick }) => `Lose ${from}→${to} of tick ${tick}`,
    undo: ({ from, to, tick }) => `Restore ${from}→${to} of tick ${tick}`,
  },
};
