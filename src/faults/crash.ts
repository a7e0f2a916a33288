/**
 * Crash: fail-stop for communication. Nothing that the node sends to others at its crash tick or later arrives. In a
 * protocol its handlers stop; in Dedalus its own tables go on, and the built-in relation `crash` lets assertions excuse
 * it.
 */
import { type FaultKind, FIRST_TICK, unknownNode } from './kind.js';

/** Nothing that `node` sends to others at `tick` or later arrives. */
export interface Crash {
  readonly kind: 'crash';
  readonly node: string;
  readonly tick: number;
}

export interface CrashBudget {
  /** At most this many nodes crash. */
  readonly crashes: number;
  /** The nodes that may crash; all of them if left out. */
  readonly crashable?: readonly string[];
}

export const crash: FaultKind<Crash, CrashBudget> = {
  kind: 'crash',
  rate: 1e-5,
  fields: { node: 'node', tick: 'tick' },
  bounds: {
    crashes: {
      least: 0,
      most: 64,
      default: 0,
      value: 'n',
      help: 'at most this many nodes crash',
      excess: (n, { nodes }) =>
        n > nodes.length
          ? `crashes is ${n}, and there are ${nodes.length} nodes: no more than that can crash.`
          : undefined,
      inWords: (n) => (n === 0 ? 'no crashes' : `at most ${n} ${n === 1 ? 'crash' : 'crashes'}`),
    },
  },
  strikes: 'crashable',
  chosen: { in: (most = 1) => ({ crashes: most }), out: { crashes: 0 } },
  isSeen: true,

  order: ({ tick, node }) => [tick, node],

  possible({ nodes, eot, crashes }) {
    const faults: Crash[] = [];
    if (crashes === 0) return faults;
    for (let tick = 1; tick < eot; tick++) for (const node of nodes) faults.push({ kind: 'crash', node, tick });
    return faults;
  },
  size: ({ nodes, eot, crashes }) => (crashes > 0 ? nodes.length * (eot - 1) : 0),
  most: ({ crashes }) => crashes,
  many: (count) => `${count} ${count === 1 ? 'node crashes' : 'nodes crash'}`,

  noun: 'crashes',
  idle: 'no node that may crash sends anything afterwards, and no assertion asks for crashes',
  end: ({ eot }) => eot,
  outside({ node, tick }, { eot, crashes, nodes }) {
    if (crashes === 0) return 'no node may crash within these bounds';
    if (tick < 1) return FIRST_TICK;
    if (tick >= eot) return `crashes end at tick ${eot} (EOT); this one is at tick ${tick}`;
    return unknownNode([node], nodes);
  },
  admitting: (faults) => ({ crashes: new Set(faults.map(({ node }) => node)).size }),

  downtime: ({ node, tick }) => ({ node, from: tick }),
  denies: ({ node, tick }, slot) => slot.from === node && slot.sent >= tick,

  family: ({ node }) => node,
  varies: 'ticks of crashes',

  inWords: ({ node, tick }) => `${node} crashes at tick ${tick}`,
  absence: ({ node, tick }) => `${node} is up at tick ${tick}`,
  short: 'crash {node}@{tick}',
  command: 'crash {node}@{tick}',
  because: ({ node }) => `${node} has crashed`,
  lane: { symbol: '☠', label: 'crashes', state: 'crashed', effect: 'nothing it sends from now on arrives' },
  gesture: {
    on: 'lane',
    hint: 'a lane to crash the node',
    isFirst: true,
    at: (node, tick) => ({ kind: 'crash', node, tick }),
    inject: ({ node, tick }) => `Crash ${node} at tick ${tick}`,
    undo: ({ node }) => `Revive ${node}`,
  },
};
