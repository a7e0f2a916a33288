/**
 * Delay: all messages of one slot arrive some ticks later than usual, and may be overtaken by what is sent after them.
 */
import type { FaultKind } from './kind.js';
import { NO_LIMIT, whatOf } from './kind.js';
import { atMostOf, type Late, lateAt, lateKind, longest } from './late.js';
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
  ...lateKind<Delay, DelayBounds>(
    'delay',
    { noun: 'delays', how: 'late', usual: 'in time' },
    ({ delay = 0 }) => delay,
    ({ delays = NO_LIMIT }) => delays,
  ),
  kind: 'delay',
  rate: 1e-3,
  bounds: {
    delay: longest('delays', 'messages may arrive up to so many ticks late'),
    delays: atMostOf('delay', 'delays'),
  },
  chosen: { in: (ticks = 1) => ({ delay: ticks }), out: { delay: 0 } },

  many: (count) => `${count} ${count === 1 ? 'slot is' : 'slots are'} delayed`,
  admitting: (faults) => ({ delay: Math.max(0, ...faults.map(({ by }) => by)) }),

  arrives(clock, slot, arrivals) {
    const { circuit } = clock;
    const late = lateAt('delay', clock.bounds.delay ?? 0, clock, slot);
    const onTime = -circuit.or(late.map(({ when }) => when));
    return arrivals.flatMap(({ at, when }) => [
      { at, when: circuit.and([when, onTime]) },
      ...late.map((one) => ({ at: at + one.by, when: circuit.and([when, one.when]) })),
    ]);
  },

  inWords: ({ from, to, tick, by, nth }) =>
    `${whatOf(nth)} ${from} sends to ${to} at tick ${tick} arrives ${by} ${by === 1 ? 'tick' : 'ticks'} late`,
  absence: ({ from, to, tick, nth }) => `${whatOf(nth)} ${from} sends to ${to} at tick ${tick} arrives in time`,
  short: 'delay {from}→{to}@{tick}{nth}+{by}',
  command: 'delay {from}>{to}@{tick}{nth}+{by}',
  hit: 'LATE',
};
