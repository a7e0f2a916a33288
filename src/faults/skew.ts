/**
 * Skew: the clock of a node stands still for a while. Its timers come no nearer; it goes on all the same.
 */
import type { FaultKind } from './kind.js';
import { NO_LIMIT, ticksInWords, unknownNode } from './kind.js';
import { type FiniteFailures, lastTick } from './omission.js';

/** The timers of `node` come no nearer at ticks from ≤ t < until. */
export interface Skew {
  readonly kind: 'skew';
  readonly node: string;
  readonly from: number;
  readonly until: number;
}

export interface SkewBounds {
  /** At most this many clocks stand still for a while; none if left out. */
  readonly skews?: number;
}

export const skew: FaultKind<Skew, SkewBounds & Partial<FiniteFailures>, SkewBounds> = {
  kind: 'skew',
  rate: 1e-5,
  fields: { node: 'node', from: 'tick', until: 'tick' },
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
  chosen: { in: (most = 1) => ({ skews: most }), out: { skews: 0 } },

  order: ({ from, until, node }) => [from, until, node],
  last: ({ until }) => until - 1,
  possible(bounds) {
    const faults: Skew[] = [];
    if (!bounds.skews) return faults;
    const last = lastTick(bounds);
    for (let from = 1; from <= last; from++)
      for (let until = from + 1; until <= last + 1; until++)
        for (const node of bounds.nodes) faults.push({ kind: 'skew', node, from, until });
    return faults;
  },
  size(bounds) {
    const last = lastTick(bounds);
    return bounds.skews ? (bounds.nodes.length * last * (last + 1)) / 2 : 0;
  },
  most: ({ skews = 0 }) => skews,
  many: (count) => `${count} ${count === 1 ? 'clock stands' : 'clocks stand'} still`,
  outside({ node, from, until }, bounds) {
    if (!bounds.skews) return 'the bounds admit no skew';
    const last = lastTick(bounds);
    if (from < 1 || until <= from || until > last + 1) return `clocks stand still from tick 1 to tick ${last} at most`;
    return unknownNode([node], bounds.nodes);
  },
  admitting: (faults) => ({
    eff: Math.max(0, ...faults.map(({ until }) => until)),
    skews: faults.length,
  }),

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
};
