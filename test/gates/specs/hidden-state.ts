// trips: hidden-state
import { defineProtocol } from 'ldfi';

/** What was told in a run is kept where no state is. */
export default defineProtocol<{ has: number }, string>({
  name: 'hidden-state',
  nodes: ['a', 'b'],
  state: () => ({ has: 0 }),
  actor: (id) => {
    let calls = 0;
    return {
      init: (ctx) => {
        calls = 0;
        if (id === 'a') ctx.setPeriodic('again', 1);
      },
      onMessage: (ctx) => {
        calls += 1;
        if (calls > 1) ctx.state.has = 1;
      },
      onTimer: (ctx) => ctx.send('b', 'hello'),
    };
  },
  check: (world) => (world.state('b').has === 1 ? 'holds' : { violated: 'b has nothing' }),
  checks: [{ eot: 7, eff: 3, expect: 'holds' }],
});
