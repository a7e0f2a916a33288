/**
 * Skew: the clock of a node stands still for a while. Its timers come no nearer; it goes on all the same.
 */
import type { FaultKind } from './kind.js';
import { NO_LIMIT, ticksInWords } from './kind.js';
import { endOf, type FiniteFailures } from './omission.js';
import { effOf, type NodeWindow, nodeWindows, WINDOW_FIELDS, windowCount, windowOutside } from './window.js';

/** The timers of `node` come no nearer at ticks from ≤ t < until. */
export interface Skew extends NodeWindow {
  readonly kind: 'skew';
}

export interface SkewBounds {
  /** At most this many clocks stand still for a while; none if left out. */
  readonly skews?: number;
  /** The nodes whose clocks may stand still; all of them if left out. */
  readonly skewable?: readonly string[];
}

export const skew: FaultKind<Skew, SkewBounds & Partial<FiniteFailures>, SkewBounds> = {
  kind: 'skew',
  rate: 1e-5,
  fields: WINDOW_FIELDS,
  bounds: {
    skews: {
      least: 0,
      most: NO_LIMIT,
      default: 0,
      optional: true,
      value: 'n',
      help: 'at most this many clocks stand still for a while',
      inWords: (n) => (n === 0 ? 'no skew' : `at most ${n} ${n === 1 ? 'clock stands' : 'clocks stand'} still`),
    },
  },
  strikes: 'skewable',
  chosen: { in: (most = 1) => ({ skews: most }), out: { skews: 0 } },

  order: ({ from, until, node }) => [from, until, node],
  last: ({ until }) => until - 1,
  possible: (bounds) => (bounds.skews ? nodeWindows(bounds).map((window) => ({ kind: 'skew', ...window })) : []),
  size: (bounds) => (bounds.skews ? windowCount(bounds) * bounds.nodes.length : 0),
  most: ({ skews = 0 }) => skews,
  many: (count) => `${count} ${count === 1 ? 'clock stands' : 'clocks stand'} still`,
  noun: 'standstills of clocks',
  idle: 'no relation that is declared as a timer (`//! timer lease`) counts meanwhile',
  end: endOf,
  outside: (fault, bounds) =>
    bounds.skews
      ? windowOutside(fault, bounds, 'standstills of clocks')
      : 'no clock may stand still within these bounds',
  admitting: (faults) => ({ eff: effOf(faults), skews: faults.length }),

  standstill: ({ node, from, until }) => ({ node, from, until: until - 1 }),
  denies: () => false,

  isWide: true,
  undoes: ({ node, from, until }) =>
    Array.from({ length: until - from }, (_, i) => JSON.stringify(['slow', node, from + i])),

  family: ({ node }) => node,
  varies: 'ticks at which clocks stand still',

  inWords: ({ node, from, until }) => `the clock of ${node} stands still ${ticksInWords(from, until)}`,
  absence: ({ node, from, until }) => `the clock of ${node} runs ${ticksInWords(from, until)}`,
  short: 'slow {node}@[{from},{until})',
  command: 'slow {node}@[{from},{until})',
  lane: {
    symbol: '◷',
    label: 'is slow',
    state: 'slow',
    effect: 'its timers come no nearer',
    over: 'is in time again',
  },
  gesture: {
    on: 'lane',
    hint: 'a lane to stop the clock of the node',
    at: (node, tick) => ({ kind: 'skew', node, from: tick, until: tick + 1 }),
    inject: ({ node, from }) => `Stop the clock of ${node} at tick ${from}`,
    undo: ({ node }) => `Let the clock of ${node} run`,
  },
};
