/**
 * The counter of counter-sum.ts as it should be: a node tells the other what it has counted in all, again and again, and
 * the other keeps the larger number.
 *
 * Promise: no copy shows more than was counted. Why it holds: the maximum of the same two numbers is the same however
 * often it is taken. So messages may be repeated at will, and lost ones need no acknowledgement.
 *
 * Source: Shapiro, Preguiça, Baquero and Zawirski (SSS 2011), the grow-only counter.
 */
import { defineProtocol } from 'ldfi';
import { type Counter, neverAhead } from './counter-sum.js';

export default defineProtocol<Counter, number>({
  name: 'counter-max',
  nodes: ['a', 'b'],
  state: () => ({ counts: { a: 0, b: 0 } }),
  actor: (id) => ({
    init(ctx) {
      ctx.state.counts[id] = 1;
      ctx.broadcast(1);
      ctx.setPeriodic('tell', 1);
    },
    onMessage(ctx, from, count) {
      ctx.state.counts[from] = Math.max(ctx.state.counts[from] ?? 0, count);
    },
    onTimer(ctx) {
      ctx.broadcast(ctx.state.counts[id] ?? 0);
    },
  }),
  check: neverAhead,
  checks: [
    { name: 'duplication', eot: 5, eff: 3, crashes: 0, faults: 'dup:1', expect: 'holds' },
    { name: 'all-four', eot: 5, eff: 3, crashes: 1, faults: 'omission,crash,delay:1,dup:1', expect: 'holds' },
  ],
});
