// trips: nothing-sent
import { defineProtocol } from 'ldfi';

export default defineProtocol<{ n: number }, string>({
  name: 'nothing-sent',
  nodes: ['a', 'b'],
  state: () => ({ n: 0 }),
  actor: () => ({
    init: (ctx) => {
      ctx.state.n = 1;
    },
    onMessage: (ctx) => {
      ctx.state.n = 2;
    },
  }),
  check: (world) => (world.state('a').n === 1 ? 'holds' : { violated: 'a has begun' }),
  checks: [{ eot: 4, eff: 3, expect: 'holds' }],
});
