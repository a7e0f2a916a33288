// trips: idle-fault
import { defineProtocol } from 'ldfi';

export default defineProtocol<{ has: boolean }, string>({
  name: 'idle-losses',
  nodes: ['a', 'b'],
  state: () => ({ has: false }),
  actor: (id) => ({
    init: (ctx) => {
      if (id === 'a') ctx.setTimer('late', 4);
    },
    onMessage: (ctx) => {
      ctx.state.has = true;
    },
    onTimer: (ctx) => ctx.send('b', 'hello'),
  }),
  check: (world) => (world.state('b').has ? 'holds' : { violated: 'b has nothing' }),
  checks: [{ eot: 8, eff: 3, expect: 'holds' }],
});
