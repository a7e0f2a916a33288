/**
 * Delay: all messages of one slot arrive some ticks later than usual, and may be overtaken by what is sent after them.
 */
import type { FaultKind } from './kind.js';
import { NO_LIMIT, whatOf } from './kind.js';
import {
  atMostOf,
  LATE_FIELDS,
  type Late,
  lateOutside,
  latePossible,
  lateSize,
  longest,
  named,
  slotOfLate,
} from './late.js';
import type { FiniteFailures } from './omission.js';

/** All that `from` sends to `to` at `tick` arrives at tick + 1 + by. */
export interface Delay extends Late {
  readonly kind: 'delay';
}

export interface DelayBounds {
  /** Longest delay, in ticks; none if left out. */
  readonly delay?: number;
  /** At most this many slots are delayed; no limit if left out. */
  readonly delays?: number;
}

export const delay: FaultKind<Delay, DelayBounds & Partial<FiniteFailures>, DelayBounds> = {
  kind: 'delay',
  rate: 1e-3,
  fields: LATE_FIELDS,
  bounds: {
    delay: longest('delays', 'messages may arrive up to so many ticks late'),
    delays: atMostOf('delay', 'delays'),
  },
  chosen: { in: (ticks = 1) => ({ delay: ticks }), out: { delay: 0 } },

  order: ({ tick, from, to, by, nth = 0 }) => [tick, from, to, by, nth],
  last: ({ tick, by }) => tick + by,
  possible: (bounds) => latePossible(bounds.delay ?? 0, bounds).map((late) => ({ kind: 'delay', ...late })),
  size: (bounds) => lateSize(bounds.delay ?? 0, bounds),
  most: ({ delays = NO_LIMIT }) => (delays < NO_LIMIT ? delays : undefined),
  many: (count) => `${count} ${count === 1 ? 'slot is' : 'slots are'} delayed`,
  outside: (fault, bounds) => lateOutside(fault, bounds.delay ?? 0, 'delay', bounds),
  admitting: (faults) => ({ delay: Math.max(0, ...faults.map(({ by }) => by)) }),

  slot: slotOfLate,
  arrives({ bounds, circuit, variable }, slot, arrivals) {
    const { delay: most = 0 } = bounds;
    const base = named(bounds, slot);
    const late = Array.from({ length: most }, (_, i) => i + 1).map((by) => ({
      by,
      when: variable<Delay>({ kind: 'delay', ...base, by }),
    }));
    const onTime = -circuit.or(late.map(({ when }) => when));
    return arrivals.flatMap(({ at, when }) => [
      { at, when: circuit.and([when, onTime]) },
      ...late.map((one) => ({ at: at + one.by, when: circuit.and([when, one.when]) })),
    ]);
  },
  denies: () => false,

  inWords: ({ from, to, tick, by, nth }) =>
    `${whatOf(nth)} ${from} sends to ${to} at tick ${tick} arrives ${by} ${by === 1 ? 'tick' : 'ticks'} late`,
  absence: ({ from, to, tick, nth }) => `${whatOf(nth)} ${from} sends to ${to} at tick ${tick} arrives in time`,
  short: 'delay {from}→{to}@{tick}{nth}+{by}',
  command: 'delay {from}>{to}@{tick}{nth}+{by}',
  hit: 'LATE',
};
