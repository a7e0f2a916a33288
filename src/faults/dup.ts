/**
 * Duplication: all messages of one slot arrive when they usually do, and some ticks later once more.
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
  kind: 'dup',
  rate: 1e-4,
  fields: LATE_FIELDS,
  bounds: {
    dup: longest('duplicates', 'messages may arrive a second time, up to so many ticks later'),
    dups: atMostOf('duplication', 'duplications'),
  },
  chosen: { in: (ticks = 1) => ({ dup: ticks }), out: { dup: 0 } },

  order: ({ tick, from, to, by, nth = 0 }) => [tick, from, to, by, nth],
  last: ({ tick, by }) => tick + by,
  possible: (bounds) => latePossible(bounds.dup ?? 0, bounds).map((late) => ({ kind: 'dup', ...late })),
  size: (bounds) => lateSize(bounds.dup ?? 0, bounds),
  most: ({ dups = NO_LIMIT }) => (dups < NO_LIMIT ? dups : undefined),
  many: (count) => `${count} ${count === 1 ? 'slot is' : 'slots are'} duplicated`,
  outside: (fault, bounds) => lateOutside(fault, bounds.dup ?? 0, 'duplication', bounds),
  admitting: (faults) => ({ dup: Math.max(0, ...faults.map(({ by }) => by)) }),

  slot: slotOfLate,
  arrives({ bounds, circuit, variable }, slot, arrivals) {
    const { dup: most = 0 } = bounds;
    const base = named(bounds, slot);
    // The second copy comes after the usual time of the slot, whatever delays the first one.
    const second = Array.from({ length: most }, (_, i) => i + 1).map((by) => ({
      at: slot.sent + 1 + by,
      when: variable<Duplication>({ kind: 'dup', ...base, by }),
    }));
    return [...arrivals, ...second.map(({ at, when }) => ({ at, when: circuit.and([when]) }))];
  },
  denies: () => false,
  repeats: true,

  inWords: ({ from, to, tick, by, nth }) =>
    `${whatOf(nth)} ${from} sends to ${to} at tick ${tick} arrives again ${by} ${by === 1 ? 'tick' : 'ticks'} later`,
  absence: ({ from, to, tick, nth }) => `${whatOf(nth)} ${from} sends to ${to} at tick ${tick} arrives once`,
  short: 'dup {from}→{to}@{tick}{nth}+{by}',
  command: 'dup {from}>{to}@{tick}{nth}+{by}',
  hit: 'TWICE',
};
