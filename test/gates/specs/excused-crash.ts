// trips: excused-fault
import { defineProtocol } from 'ldfi';

export default defineProtocol<{ has: boolean }, string>({
  name: 'excused-crash',
  nodes: ['a', 'b'],
  state: () => ({ has: false }),
  actor: (id) => ({
    init: (ctx) => {
      if (id === 'a') ctx.setPeriodic('again', 1);
    },
    onMessage: (ctx) => {
      ctx.state.has = true;
    },
    onTimer: (ctx) => ctx.send('b', 'hello'),
  }),
  check: (world) => {
    if (!world.isAlive('a') || !world.isAlive('b')) return 'vacuous';
    return world.state('b').has ? 'holds' : { violated: 'b has nothing' };
  },
  checks: [{ eot: 8, eff: 4, crashes: 1, expect: 'holds' }],
});
