/**
 * A first protocol: `a` has news and tells everybody. Whoever hears of it should have it in the end.
 *
 * Time goes in ticks: a message sent at tick t arrives at t + 1. ldfi searches for the smallest set of faults (lost messages, crashed nodes)
 * after which `check` answers { violated: … }, or proves that within the bounds of `checks` there is none.
 */
import { defineProtocol } from 'ldfi';

export default defineProtocol({
  name: 'broadcast',
  nodes: ['a', 'b', 'c'],
  // What nodes say to each other: nothing but a type, for the compiler.
  types: {} as { message: 'news' | 'thanks' },
  // What a node remembers: plain data.
  state: (id) => ({ has: id === 'a', acknowledged: new Set<string>() }),
  actor: (id) => ({
    init(ctx) {
      if (id !== 'a') return;
      ctx.broadcast('news');
      // The bug: a message is sent once, so one loss is enough. Take the next line in, and the check 'one loss' holds.
      // ctx.setPeriodic('again', 1);
    },
    onMessage(ctx, from, message) {
      if (message === 'thanks') {
        ctx.state.acknowledged.add(from);
        return;
      }
      ctx.state.has = true;
      ctx.send(from, 'thanks');
    },
    onTimer(ctx) {
      for (const peer of ctx.peers) if (!ctx.state.acknowledged.has(peer)) ctx.send(peer, 'news');
    },
  }),
  check: (world) => {
    const lacking = world.alive.filter((node) => !world.state(node).has);
    return lacking.length === 0 ? 'holds' : { violated: lacking.map((node) => [node, 'never hears the news']) };
  },
  checks: [
    // eot: the last tick. eff: messages sent before this tick may be lost. crashes: how many nodes may crash.
    { name: 'no faults', eot: 6, eff: 0, crashes: 0, expect: 'holds' },
    // Once the bug is gone, expect 'holds' here. Then try crashes: 1. What if `a` is the one?
    { name: 'one loss', eot: 6, eff: 2, crashes: 0, expect: 'violated' },
  ],
});
