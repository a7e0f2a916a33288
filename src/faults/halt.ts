/**
 * Halt: the other reading of a crash. From some tick on the node does nothing at all: in Dedalus it runs no rules, in
 * a protocol this is what a crash is anyway.
 */
import { crash } from './crash.js';
import type { FaultKind } from './kind.js';
import { FIRST_TICK, NO_LIMIT, unknownNode } from './kind.js';

/** `node` does nothing at `tick` or later. */
export interface Halt {
  readonly kind: 'halt';
  readonly node: string;
  readonly tick: number;
}

export interface HaltBudget {
  /** At most this many nodes halt; none if left out. */
  readonly halts?: number;
  /** The nodes that may halt; all of them if left out. */
  readonly haltable?: readonly string[];
}

export const halt: FaultKind<Halt, HaltBudget> = {
  kind: 'halt',
  rate: 1e-5,
  fields: { node: 'node', tick: 'tick' },
  bounds: {
    halts: {
      least: 0,
      most: NO_LIMIT,
      default: 0,
      optional: true,
      value: 'n',
      help: 'at most this many nodes halt: they run no rules any more',
      excess: (n, { nodes }) =>
        n > nodes.length
          ? `halts is ${n}, and there are ${nodes.length} nodes: no more than that can halt.`
          : undefined,
      inWords: (n) => (n === 0 ? 'no halts' : `at most ${n} ${n === 1 ? 'node halts' : 'nodes halt'}`),
    },
  },
  strikes: 'haltable',
  chosen: { in: (most = 1) => ({ halts: most }), out: { halts: 0 } },
  stops: true,
  isSeen: true,

  order: ({ tick, node }) => [tick, node],
  possible: (bounds) =>
    crash.possible({ ...bounds, crashes: bounds.halts ?? 0 }).map(({ node, tick }) => ({ kind: 'halt', node, tick })),
  size: (bounds) => crash.size({ ...bounds, crashes: bounds.halts ?? 0 }),
  most: ({ halts = 0 }) => halts,
  many: (count) => `${count} ${count === 1 ? 'node halts' : 'nodes halt'}`,
  noun: 'halts',
  idle: 'no node that may halt does anything afterwards',
  end: ({ eot }) => eot,
  outside({ node, tick }, { eot, halts, nodes }) {
    if (!halts) return 'no node may halt within these bounds';
    if (tick < 1) return FIRST_TICK;
    if (tick >= eot) return `halts end at tick ${eot} (EOT); this one is at tick ${tick}`;
    return unknownNode([node], nodes);
  },
  admitting: (faults) => ({ halts: new Set(faults.map(({ node }) => node)).size }),

  downtime: ({ node, tick }) => ({ node, from: tick }),
  denies: ({ node, tick }, slot) => slot.from === node && slot.sent >= tick,

  family: ({ node }) => node,
  varies: 'ticks of halts',

  inWords: ({ node, tick }) => `${node} halts at tick ${tick}`,
  absence: ({ node, tick }) => `${node} is up at tick ${tick}`,
  short: 'halt {node}@{tick}',
  command: 'halt {node}@{tick}',
  because: ({ node }) => `${node} has halted`,
  lane: { symbol: '■', label: 'halts', state: 'halted', effect: 'it does nothing any more' },
  gesture: {
    on: 'lane',
    hint: 'a lane to halt the node',
    at: (node, tick) => ({ kind: 'halt', node, tick }),
    inject: ({ node, tick }) => `Halt ${node} at tick ${tick}`,
    undo: ({ node }) => `Let ${node} go on`,
  },
};
