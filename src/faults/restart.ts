/**
 * Restart: a node is down for a while, and comes back with what it keeps on disk alone.
 *
 * While it is down it does nothing and receives nothing; its timers are gone. A protocol says what is durable
 * (`durable`), and so does a Dedalus program (`//! durable …`).
 */
import type { FaultKind } from './kind.js';
import { NO_LIMIT, slotTexts, ticksInWords } from './kind.js';
import { endOf, type FiniteFailures } from './omission.js';
import { effOf, type NodeWindow, nodeWindows, WINDOW_FIELDS, windowCount, windowOutside } from './window.js';

/** `node` is down at ticks from ≤ t < until. */
export interface Restart extends NodeWindow {
  readonly kind: 'restart';
}

export interface RestartBounds {
  /** At most this many restarts; none if left out. */
  readonly restarts?: number;
  /** The nodes that may restart; all of them if left out. */
  readonly restartable?: readonly string[];
}

export const restart: FaultKind<Restart, RestartBounds & Partial<FiniteFailures>, RestartBounds> = {
  kind: 'restart',
  rate: 1e-5,
  fields: WINDOW_FIELDS,
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
  strikes: 'restartable',
  chosen: { in: (most = 1) => ({ restarts: most }), out: { restarts: 0 } },
  stops: true,

  order: ({ from, until, node }) => [from, until, node],
  last: ({ until }) => until - 1,
  possible: (bounds) => (bounds.restarts ? nodeWindows(bounds).map((window) => ({ kind: 'restart', ...window })) : []),
  size: (bounds) => (bounds.restarts ? windowCount(bounds) * bounds.nodes.length : 0),
  most: ({ restarts = 0 }) => restarts,
  many: (count) => `there are ${count} restarts`,
  noun: 'restarts',
  idle: 'no node that may restart does anything meanwhile',
  end: endOf,
  outside: (fault, bounds) =>
    bounds.restarts ? windowOutside(fault, bounds, 'restarts') : 'no node may restart within these bounds',
  admitting: (faults) => ({ eff: effOf(faults), restarts: faults.length }),

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
  gesture: {
    on: 'lane',
    hint: 'a lane to take the node down for a while',
    at: (node, tick) => ({ kind: 'restart', node, from: tick, until: tick + 1 }),
    inject: ({ node, from }) => `Take ${node} down at tick ${from}`,
    undo: ({ node }) => `Keep ${node} up`,
  },
};
