// error: hidden-state
import { defineProtocol } from 'ldfi';

let runs = 0;

/** Each run knows how many there were before it. */
export default defineProtocol<{ runs: number }, string>({
  name: 'nondeterminism',
  nodes: ['a', 'b'],
  state: () => ({ runs: 0 }),
  actor: () => ({
    init: (ctx) => {
      runs += 1;
      ctx.state.runs = runs;
      ctx.broadcast('hello');
    },
    onMessage: () => undefined,
  }),
  check: () => 'holds',
  checks: [{ eot: 4, eff: 3, expect: 'holds' }],
});
