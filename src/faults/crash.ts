/**
 * Crash: fail-stop for communication. Nothing that the node sends to others at its crash tick or later arrives; its own tables go on,
 * and the built-in relation `crash` lets assertions excuse it.
 */
import { atMost } from '../core/threshold.js';
import type { Bounds, Crash } from './fault.js';
import type { FaultKind } from './kind.js';

export const crash: FaultKind<Crash> = {
  kind: 'crash',

  possible({ nodes, eot, crashes: most }: Bounds) {
    const faults: Crash[] = [];
    if (most === 0) return faults;
    for (let tick = 1; tick < eot; tick++) for (const node of nodes) faults.push({ kind: 'crash', node, tick });
    return faults;
  },

  constraints(space) {
    const { nodes, eot, crashes: most } = space.bounds;
    if (most === 0) return [];
    const once = nodes.map((node) => {
      const ticks = Array.from({ length: eot - 1 }, (_, i) => i + 1);
      const formulas = ticks.map((tick) => space.variable({ kind: 'crash', node, tick }));
      return atMost(space.circuit, formulas, 1);
    });
    const dead = nodes.map((_, node) => space.crashedBy(node, eot - 1));
    return [...once, atMost(space.circuit, dead, most)];
  },

  deliver(space, { from, sent }, arrivals) {
    const dead = space.crashedBy(from, sent);
    return arrivals.map(({ at, when }) => ({ at, when: space.circuit.and([when, -dead]) }));
  },

  redundant: () => false,

  outside({ node, tick }, { eot, crashes: most, nodes }) {
    if (!nodes.includes(node)) return `"${node}" is not one of the nodes ${nodes.join(', ')}`;
    if (most === 0) return 'the bounds admit no crash';
    if (tick < 1 || tick >= eot) return `crashes happen at ticks 1 to EOT - 1 = ${eot - 1}`;
    return undefined;
  },
};
