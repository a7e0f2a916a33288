/**
 * Order: at one tick a node takes what one sender sent before all else, also before its timers.
 *
 * By default a node's timers fire first, and its inbox is taken by sender's name: one schedule of many.
 */
import type { FaultKind } from './kind.js';
import { FIRST_TICK, NO_LIMIT, unknownNode } from './kind.js';

/** At `tick` what `first` sent comes first at `node`. */
export interface Order {
  readonly kind: 'order';
  readonly node: string;
  readonly tick: number;
  readonly first: string;
}

export interface OrderBounds {
  /** At most this many times a node takes its messages in another order; never if left out. */
  readonly orders?: number;
  /** The nodes that may take their messages in another order; all of them if left out. */
  readonly orderable?: readonly string[];
}

export const order: FaultKind<Order, OrderBounds> = {
  kind: 'order',
  rate: 0.1,
  fields: { node: 'node', tick: 'tick', first: 'node' },
  bounds: {
    orders: {
      least: 0,
      most: NO_LIMIT,
      default: 0,
      optional: true,
      value: 'n',
      help: 'at most this many times a node takes what has arrived in another order',
      inWords(n) {
        if (n === 0 || n === NO_LIMIT) return n === 0 ? 'no other orders' : 'other orders at any time';
        return `another order at most ${n === 1 ? 'once' : `${n} times`}`;
      },
    },
  },
  strikes: 'orderable',
  chosen: { in: (most = NO_LIMIT) => ({ orders: most }), out: { orders: 0 } },

  order: ({ tick, node, first }) => [tick, node, first],
  possible(bounds) {
    const faults: Order[] = [];
    if (!bounds.orders) return faults;
    for (let tick = 1; tick <= bounds.eot; tick++)
      for (const node of bounds.nodes)
        for (const first of bounds.nodes) faults.push({ kind: 'order', node, tick, first });
    return faults;
  },
  size: (bounds) => (bounds.orders ? bounds.eot * bounds.nodes.length ** 2 : 0),
  most: ({ orders = 0 }) => (orders < NO_LIMIT ? orders : undefined),
  many: (count) => `${count} times something comes first`,
  noun: 'other orders',
  idle: 'a program has no order within a tick',
  end: ({ eot }) => eot + 1,
  outside({ node, tick, first }, bounds) {
    if (!bounds.orders) return 'no node may take messages in another order within these bounds';
    if (tick < 1) return FIRST_TICK;
    if (tick > bounds.eot) return `the run ends at tick ${bounds.eot} (EOT); this one is at tick ${tick}`;
    return unknownNode([node, first], bounds.nodes);
  },
  admitting: (faults) => ({ orders: faults.length }),

  precedence: ({ node, tick, first }) => ({ node, tick, first }),
  denies: () => false,

  inWords: ({ node, tick, first }) =>
    `what ${first} sent comes first at ${node} at tick ${tick}, before its timers and all other messages`,
  absence: ({ node, tick }) => `${node} takes what arrives at tick ${tick} in the usual order`,
  short: '{first} first at {node}@{tick}',
  command: 'order {node}@{tick} {first}',
  lane: {
    symbol: '⇅',
    label: 'first',
    state: 'in another order',
    effect: 'else its timers come first, then messages by the names of their senders',
  },
};
