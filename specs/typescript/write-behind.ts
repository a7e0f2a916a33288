/**
 * A store that acknowledges a write before it is on the disk, and writes a little later: a cache with write-behind. The
 * programs are asynchronous, as they would be in production; `ldfi` runs them under a virtual clock.
 *
 * Promise: what the client was told is stored is on the disk. What goes wrong: the store restarts between its answer
 * and its writing; nobody knows of the write any more, and the client does not ask again. Losses do no harm, because the
 * client repeats its request until it has an answer.
 *
 * Repaired in `write-through`: the store answers when the value is on the disk.
 */
import { defineSystem, type ProtocolCheck } from 'ldfi';

/** @param isCareful whether the store writes before it answers */
export function store(name: string, isCareful: boolean, checks: readonly ProtocolCheck[]) {
  return defineSystem({
    name,
    nodes: ['client', 'store'],
    tickMs: 10,
    types: {} as { state: { value?: string }; fact: string },
    start: async (node, net) => {
      if (node.id === 'client') {
        while (!node.disk.has('told'))
          try {
            node.disk.set('told', await net.request('store', 'x', { timeout: 25 }));
          } catch {
            node.log('asks again');
          }
        return;
      }
      net.on(({ data }) => {
        if (isCareful) node.disk.set('value', data);
        else setTimeout(() => node.disk.set('value', data), 15);
        return 'stored';
      });
    },
    check: (world) => {
      if (!('told' in world.state('client'))) return 'vacuous';
      return world.state('store').value === 'x' ? 'holds' : { violated: 'acknowledged, and not stored' };
    },
    checks,
  });
}

export default store('write-behind', false, [
  { name: 'loss', eot: 12, eff: 4, crashes: 0, expect: 'holds' },
  { name: 'restart', eot: 12, eff: 6, crashes: 0, faults: 'omission,restart', maxCost: 2, expect: 'violated' },
]);
