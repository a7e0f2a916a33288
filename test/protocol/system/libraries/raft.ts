/**
 * A raft library from npm, unchanged, on three nodes: each instance writes its packets to `net.request`.
 *
 * Promise: no term has two leaders, and in the end somebody leads.
 */

import { defineSystem } from 'ldfi';
// @ts-expect-error it has no types
import Raft from 'liferaft';

type Packet = Readonly<Record<string, unknown>>;
type Told = (error?: unknown, packet?: Packet) => void;

export default defineSystem({
  name: 'raft',
  nodes: ['a', 'b', 'c'],
  tickMs: 25,
  types: {} as { state: { role: number }; message: Packet; fact: number },
  start: (node, net) => {
    const raft = new Raft(node.id, { address: node.id, 'election min': '150 ms', 'election max': '300 ms' });
    for (const peer of node.peers)
      raft.join(peer, (packet: Packet, told: Told) => {
        net.request(peer, packet, { timeout: 100 }).then(
          (answer) => told(undefined, answer as Packet),
          () => told(undefined),
        );
      });
    net.on(({ data }) => new Promise((resolve) => raft.emit('data', data, resolve)));
    raft.on('error', () => undefined);
    raft.on('leader change', (leader: string) => {
      if (leader === node.id) node.log(raft.term as number);
    });
    node.show(() => ({ role: raft.state as number }));
  },
  check: (world) => {
    const terms = world.nodes.flatMap((node) => world.log(node));
    const twice = terms.find((term, i) => terms.indexOf(term) < i);
    if (twice !== undefined) return { violated: `two leaders in term ${twice}` };
    const leads = world.alive.some((node) => world.state(node).role === Raft.LEADER);
    return leads ? 'holds' : { violated: 'nobody leads' };
  },
  checks: [{ name: 'election', eot: 40, eff: 20, crashes: 1, maxCost: 3 }],
});
