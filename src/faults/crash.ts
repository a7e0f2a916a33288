/**
 * Crash: fail-stop for communication. Nothing that the node sends to others at its crash tick or later arrives; its own tables go on,
 * and the built-in relation `crash` lets assertions excuse it.
 */
import type { Circuit, Formula } from '../core/circuit.js';
import { atMost } from '../core/threshold.js';
import type { Bounds, Crash } from './fault.js';
import type { FaultKind } from './kind.js';
import type { FaultSpace } from './space.js';

/** The formulas of `node`'s crash at each tick from 1 to `last`. */
function crashes(space: FaultSpace, node: string, last: number): Formula[] {
  const formulas: Formula[] = [];
  for (let tick = 1; tick <= last; tick++) formulas.push(space.variable({ kind: 'crash', node, tick }));
  return formulas;
}

/** Dead by `last`, as a chain: dead(t) = dead(t - 1) or crash(t), so that all ticks share gates. */
function deadBy(circuit: Circuit, formulas: readonly Formula[]): Formula {
  return formulas.reduce((dead, now) => circuit.or([dead, now]), -1);
}

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
    const perNode = nodes.map((node) => crashes(space, node, eot - 1));
    const once = perNode.map((formulas) => atMost(space.circuit, formulas, 1));
    const dead = perNode.map((formulas) => space.circuit.or(formulas));
    return [...once, atMost(space.circuit, dead, most)];
  },

  deliver(space, { from, sent }, arrivals) {
    const dead = deadBy(space.circuit, crashes(space, from, sent));
    return arrivals.map(({ at, when }) => ({ at, when: space.circuit.and([when, -dead]) }));
  },

  redundant: () => false,

  outside({ node, tick }, { eot, crashes: most, nodes }) {
    if (!nodes.includes(node)) return `"${node}" is not one of the nodes`;
    if (most === 0) return 'the bounds admit no crash';
    if (tick < 1 || tick >= eot) return `crashes happen at ticks 1 to EOT - 1 = ${eot - 1}`;
    return undefined;
  },
};
