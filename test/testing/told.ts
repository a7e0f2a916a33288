/**
 * A system in which a node is told something so many times; once is not enough where messages may be lost.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { defineSystem } from '../../src/protocol/system/define.js';

export const told = ({ times }: { readonly times: number }) =>
  defineSystem({
    name: `told-${times}`,
    nodes: ['a', 'b'],
    start: async (node, net) => {
      net.on(({ data }) => node.disk.set('heard', data));
      for (let i = 0; node.id === 'a' && i < times; i++) {
        net.send('b', 'news');
        await pause(10);
      }
    },
    check: (world) => {
      if (times === 0) return 'vacuous';
      return (world.state('b') as { heard?: string }).heard ? 'holds' : { violated: 'b has not heard' };
    },
  });
