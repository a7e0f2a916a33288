/**
 * A first protocol: a customer orders, the shop has the bank charge the card, and a receipt comes back. Whoever hears
 * nothing asks again.
 *
 * Time goes in ticks: a message sent at tick t arrives at t + 1. ldfi searches for the smallest set of faults (lost
 * messages, crashed nodes) after which `check` answers { violated: … }, or proves that within the bounds of `checks`
 * there is none.
 */
import { defineProtocol } from 'ldfi';

export default defineProtocol({
  name: 'checkout',
  nodes: ['customer', 'shop', 'bank'],
  // What nodes say to each other: nothing but a type, for the compiler.
  types: {} as { message: 'order' | 'charge' | 'charged' | 'receipt' },
  // What a node remembers: plain data.
  state: () => ({ charges: 0, hasReceipt: false }),
  actor: (id) => ({
    init(ctx) {
      if (id !== 'customer') return;
      ctx.send('shop', 'order');
      ctx.setPeriodic('again', 5);
    },
    onTimer(ctx) {
      if (!ctx.state.hasReceipt) ctx.send('shop', 'order');
    },
    onMessage(ctx, from, message) {
      if (message === 'order') ctx.send('bank', 'charge');
      if (message === 'charge') {
        // The bug: an order that comes again is charged again. Take the next line in, and the check 'losses' holds.
        // if (ctx.state.charges > 0) return ctx.send(from, 'charged');
        ctx.state.charges += 1;
        ctx.send(from, 'charged');
      }
      if (message === 'charged') ctx.send('customer', 'receipt');
      if (message === 'receipt') ctx.state.hasReceipt = true;
    },
  }),
  check: (world) => {
    const { charges } = world.state('bank');
    if (charges > 1) return { violated: [['bank', 'has charged', charges, 'times']] };
    return world.state('customer').hasReceipt ? 'holds' : { violated: [['customer', 'never gets a receipt']] };
  },
  checks: [
    // eot: the last tick. eff: messages sent before this tick may be lost. crashes: how many nodes may crash.
    { name: 'no faults', eot: 12, eff: 0, crashes: 0, expect: 'holds' },
    // Once the bug is gone, expect 'holds' here. Then try faults: 'omission,dup:4': answers that come twice.
    { name: 'losses', eot: 12, eff: 5, crashes: 0, expect: 'violated' },
  ],
});
