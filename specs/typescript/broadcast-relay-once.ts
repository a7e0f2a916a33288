/**
 * Eager broadcast with one relay: whoever gets the message for the first time passes it on, once.
 *
 * Promise: if one correct node has the message, all correct nodes have it. What goes wrong: there are two ways to reach
 * c, straight from a and by way of b, and each is tried once. One loss is survived; a loss and another one, or a loss
 * and a crash of the relay, are not. Redundancy in space is a fixed number of chances.
 *
 * Source: Hadzilacos and Toueg (1993), reliable broadcast by diffusion, which assumes links that do not lose. In
 * Dedalus: ../broadcast/relay-once.ded.
 */
import { defineProtocol } from 'ldfi';
import { agreement, type Holder } from './broadcast-simple.js';

export default defineProtocol({
  name: 'broadcast-relay-once',
  nodes: ['a', 'b', 'c'],
  types: {} as { message: 'hello' },
  state: (id): Holder => ({ has: id === 'a' }),
  actor: () => ({
    init(ctx) {
      if (ctx.state.has) ctx.broadcast('hello');
    },
    onMessage(ctx) {
      if (ctx.state.has) return;
      ctx.state.has = true;
      ctx.broadcast('hello');
    },
  }),
  check: agreement,
  checks: [
    { name: 'loss-and-crash', eot: 5, eff: 2, crashes: 1, expect: 'violated' },
    { name: 'two-losses', eot: 5, eff: 3, crashes: 0, expect: 'violated' },
    { name: 'crash-only', eot: 5, eff: 0, crashes: 1, expect: 'holds' },
  ],
});
