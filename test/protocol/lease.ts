/** A protocol that promises something of every tick, and breaks it before the end only. */
import { defineProtocol } from 'ldfi';

/** A leader that says so and steps down at tick 3; b leads at tick 2 only, if it has heard nothing. */
export default defineProtocol({
  name: 'lease',
  nodes: ['a', 'b'],
  types: {} as { message: 'alive' },
  state: (id) => ({ leads: id === 'a', heard: false }),
  actor: (id) => ({
    init(ctx) {
      if (id === 'a') ctx.send('b', 'alive');
      ctx.setTimer('down', 2);
      ctx.setTimer('now', 1);
    },
    onMessage(ctx) {
      ctx.state.heard = true;
      ctx.state.leads = false;
    },
    onTimer(ctx, name) {
      if (name === 'down') ctx.state.leads = false;
      else if (id === 'b') ctx.state.leads = !ctx.state.heard;
    },
  }),
  check: () => 'vacuous',
  always: (world) => {
    const leaders = world.alive.filter((node) => world.state(node).leads);
    return leaders.length < 2 ? 'holds' : { violated: 'two leaders' };
  },
});
