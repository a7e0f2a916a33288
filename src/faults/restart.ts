/**
 * Restart: a node is down for a while, and comes back with what it keeps on disk alone.
 *
 * While it is down it does nothing and receives nothing; its timers are gone. A protocol says what is durable
 * (`durable`), and so does a Dedalus program (`//! durable …`).
 */
import type { FaultKind } from './kind.js';
import { NO_LIMIT, slotTexts, ticksInWords, unknownNode } from './kind.js';
import { type FiniteFailures, lastTick } from './omission.js';

/** `node` is down at ticks from ≤ t < until. */
export interface Restart {
  readonly kind: 'restart';
  readonly node: string;
  readonly from: number;
  readonly until: number;
}

export interface RestartBounds {
  /** At most this many restarts; none if left out. */
  readonly restarts?: number;
}

export const restart: FaultKind<Restart, RestartBounds & Partial<FiniteFailures>, RestartBounds> = {
  kind: 'restart',
  rate: 1e-5,
  fields: { node: 'node', from: 'tick', until: 'tick' },
  bounds: {
    restarts: {
      least: 0,
      most: NO_LIMIT,
      default: 0,
      optional: true,
      value: 'n',
      help: 'at most this many restarts',
      inWords: (n) => (n === 0 ? 'no restarts' : `at most ${n} ${n === 1 ? 'restart' : 'restarts'}`),
    },
  },
  chosen: { in: (most = 1) => ({ restarts: most }), out: { restarts: 0 } },
  stops: true,

  order: ({ from, until, node }) => [from, until, node],
  last: ({ until }) => until - 1,
  possible(bounds) {
    const faults: Restart[] = [];
    if (!bounds.restarts) return faults;
    const last = lastTick(bounds);
    for (let from = 1; from <= last; from++)
      for (let until = from + 1; until <= last + 1; until++)
        for (const node of bounds.nodes) faults.push({ kind: 'restart', node, from, until });
    return faults;
  },
  size(bounds) {
    const last = lastTick(bounds);
    return bounds.restarts ? (bounds.nodes.length * last * (last + 1)) / 2 : 0;
  },
  most: ({ restarts = 0 }) => restarts,
  many: (count) => `there are ${count} restarts`,
  outside({ node, from, until }, bounds) {
    if (!bounds.restarts) return 'the bounds admit no restart';
    const last = lastTick(bounds);
    if (from < 1 || until <= from || until > last + 1)
      return `nodes are down from tick 1 to tick ${last} at most, when they restart`;
    return unknownNode([node], bounds.nodes);
  },
  admitting: (faults) => ({
    eff: Math.max(0, ...faults.map(({ until }) => until)),
    restarts: faults.length,
  }),

  downtime: ({ node, from, until }) => ({ node, from, until: until - 1 }),
  denies: ({ node, from, until }, slot) => slot.from === node && from <= slot.sent && slot.sent < until,

  isWide: true,
  undoes({ node, from, until }, bounds) {
    const ticks = Array.from({ length: until - from }, (_, i) => from + i);
    return ticks.flatMap((tick) => [
      JSON.stringify(['down', node, tick]),
      ...bounds.nodes.flatMap((other) => [
        ...slotTexts({ from: node, to: other, sent: tick }, bounds),
        ...slotTexts({ from: other, to: node, sent: tick - 1 }, bounds),
      ]),
    ]);
  },

  family: ({ node }) => node,
  varies: 'ticks of restarts',

  inWords: ({ node, from, until }) => `${node} goes down at tick ${from} and restarts at tick ${until}`,
  absence: ({ node, from, until }) => `${node} is up ${ticksInWords(from, until)}`,
  short: 'restart {node}@[{from},{until})',
  command: 'restart {node}@[{from},{until})',
  because: ({ node }) => `${node} is down`,
  lane: {
    symbol: '↻',
    label: 'goes down',
    state: 'down',
    effect: 'until it restarts, it does nothing and receives nothing',
    over: 'restarts',
  },
};
