/**
 * Omission: all messages of one slot (from, to, tick) are lost. Possible at ticks before EFF (finite failures).
 */
import type { Omission } from './fault.js';
import type { FaultKind } from './kind.js';

export const omission: FaultKind<Omission> = {
  kind: 'omission',

  possible({ nodes, eot, eff }) {
    const faults: Omission[] = [];
    for (let tick = 1; tick < Math.min(eff, eot); tick++)
      for (const from of nodes)
        for (const to of nodes) if (from !== to) faults.push({ kind: 'omission', from, to, tick });
    return faults;
  },

  constraints: () => [],

  deliver(space, { from, to, sent }, arrivals) {
    const { nodes } = space.bounds;
    const lost = space.variable({ kind: 'omission', from: nodes[from] ?? '', to: nodes[to] ?? '', tick: sent });
    return arrivals.map(({ at, when }) => ({ at, when: space.circuit.and([when, -lost]) }));
  },

  redundant: (fault, scenario) =>
    scenario.some((other) => other.kind === 'crash' && other.node === fault.from && other.tick <= fault.tick),

  outside({ from, to, tick }, { eot, eff, nodes }) {
    if (!nodes.includes(from)) return `"${from}" is not one of the nodes ${nodes.join(', ')}`;
    if (!nodes.includes(to)) return `"${to}" is not one of the nodes ${nodes.join(', ')}`;
    if (from === to) return 'a message to oneself is never lost';
    if (tick < 1 || tick >= eff) return `omissions hit ticks 1 to EFF - 1 = ${eff - 1}`;
    if (tick >= eot) return `what is sent at tick ${tick} arrives after the end of time (EOT ${eot})`;
    return undefined;
  },
};
