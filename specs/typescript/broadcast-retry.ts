/**
 * Broadcast with retries: the sender sends to everyone, again at every tick.
 *
 * Promise: if one correct node has the message, all correct nodes have it. What goes wrong: retries outlast any finite
 * loss, so omissions alone never break it. But the sender is the only one who retries: let a message reach b and not c,
 * let the sender crash before the next attempt, and b has what c will never get.
 *
 * Source: Alvaro et al. (SIGMOD 2015), the first repair of best-effort broadcast and why it is not enough. In Dedalus:
 * ../broadcast/retry.ded.
 */
import { defineProtocol } from 'ldfi';
import { agreement, type Holder } from './broadcast-simple.js';

export default defineProtocol({
  name: 'broadcast-retry',
  nodes: ['a', 'b', 'c'],
  types: {} as { message: 'hello' },
  state: (id): Holder => ({ has: id === 'a' }),
  actor: () => ({
    init(ctx) {
      if (!ctx.state.has) return;
      ctx.broadcast('hello');
      ctx.setPeriodic('retry', 1);
    },
    onMessage(ctx) {
      ctx.state.has = true;
    },
    onTimer(ctx) {
      ctx.broadcast('hello');
    },
  }),
  check: agreement,
  checks: [
    { name: 'crash', eot: 6, eff: 3, crashes: 1, expect: 'violated' },
    { name: 'loss-only', eot: 6, eff: 3, crashes: 0, expect: 'holds' },
    { name: 'long-loss', eot: 25, eff: 23, crashes: 0, expect: 'holds' },
  ],
});
