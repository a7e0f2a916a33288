/**
 * Duplication: all messages of one slot arrive when they usually do, and some ticks later once more.
 */
import type { FaultKind } from './kind.js';
import { NO_LIMIT, whatOf } from './kind.js';
import { atMostOf, type Late, lateAt, lateKind, longest } from './late.js';
import type { FiniteFailures } from './omission.js';

/** All that `from` sends to `to` at `tick` arrives at tick + 1 and at tick + 1 + by. */
export interface Duplication extends Late {
  readonly kind: 'dup';
}

export interface DuplicationBounds {
  /** Most ticks between the two arrivals; no duplication if left out. */
  readonly dup?: number;
  /** At most this many slots are duplicated; no limit if left out. */
  readonly dups?: number;
}

export const duplication: FaultKind<Duplication, DuplicationBounds & Partial<FiniteFailures>, DuplicationBounds> = {
  ...lateKind<Duplication, DuplicationBounds>(
    'dup',
    { noun: 'duplicates', how: 'twice', usual: 'once' },
    ({ dup = 0 }) => dup,
    ({ dups = NO_LIMIT }) => dups,
  ),
  kind: 'dup',
  rate: 1e-4,
  bounds: {
    dup: longest('duplicates', 'messages may arrive a second time, up to so many ticks later'),
    dups: atMostOf('duplication', 'duplications'),
  },
  chosen: { in: (ticks = 1) => ({ dup: ticks }), out: { dup: 0 } },

  many: (count) => `${count} ${count === 1 ? 'slot is' : 'slots are'} duplicated`,
  admitting: (faults) => ({ dup: Math.max(0, ...faults.map(({ by }) => by)) }),

  arrives(clock, slot, arrivals) {
    // The second copy comes after the usual time of the slot, whatever delays the first one.
    const second = lateAt('dup', clock.bounds.dup ?? 0, clock, slot);
    return [...arrivals, ...second.map(({ by, when }) => ({ at: slot.sent + 1 + by, when }))];
  },
  repeats: true,

  inWords: ({ from, to, tick, by, nth }) =>
    `${whatOf(nth)} ${from} sends to ${to} at tick ${tick} arrives again ${by} ${by === 1 ? 'tick' : 'ticks'} later`,
  absence: ({ from, to, tick, nth }) => `${whatOf(nth)} ${from} sends to ${to} at tick ${tick} arrives once`,
  short: 'dup {from}→{to}@{tick}{nth}+{by}',
  command: 'dup {from}>{to}@{tick}{nth}+{by}',
  hit: 'TWICE',
};
