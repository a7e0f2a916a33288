// trips: dead-handler
import { defineProtocol } from 'ldfi';

export default defineProtocol<{ has: boolean }, string>({
  name: 'dead-handler',
  nodes: ['a', 'b'],
  state: () => ({ has: false }),
  actor: (id) => ({
    init: (ctx) => {
      if (id === 'a') ctx.send('b', 'hello');
    },
    onMessage: (ctx) => {
      ctx.state.has = true;
    },
    onTimer: (ctx) => ctx.send('b', 'hello'),
  }),
  check: (world) => (world.state('a').has ? { violated: 'a has it from nobody' } : 'holds'),
  checks: [{ eot: 4, eff: 2, expect: 'holds' }],
});
