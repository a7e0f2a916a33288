/**
 * Relay and retry: whoever has the message sends it to everyone, at every tick.
 *
 * Promise: if one correct node has the message, all correct nodes have it. Why it holds: whoever has the message at
 * tick EFF and has not crashed gets it to everyone by EFF + 1. Redundant in space (every holder is a sender) and in
 * time (every tick is a new attempt); the price is messages without end.
 *
 * Source: Alvaro et al. (SIGMOD 2015), the repair that holds. In Dedalus: ../broadcast/relay-forever.ded.
 */
import { defineProtocol, type Protocol } from 'ldfi';
import { agreement, type Holder } from './broadcast-simple.js';

/** The protocol among any nodes; the first one has the message. */
export function relay(nodes: readonly string[]): Protocol<Holder, 'hello'> {
  return defineProtocol<Holder, 'hello'>({
    name: 'broadcast-relay',
    nodes,
    state: (id) => ({ has: id === nodes[0] }),
    actor: () => ({
      init(ctx) {
        if (!ctx.state.has) return;
        ctx.broadcast('hello');
        ctx.setPeriodic('relay', 1);
      },
      onMessage(ctx) {
        if (ctx.state.has) return;
        ctx.state.has = true;
        ctx.broadcast('hello');
        ctx.setPeriodic('relay', 1);
      },
      onTimer(ctx) {
        ctx.broadcast('hello');
      },
    }),
    check: agreement,
    checks: [
      { name: 'usual', eot: 8, eff: 6, crashes: 1, expect: 'holds' },
      { name: 'small', eot: 4, eff: 2, crashes: 1, expect: 'holds' },
      { name: 'two-crashes', eot: 5, eff: 2, crashes: 2, expect: 'holds' },
    ],
  });
}

export default relay(['a', 'b', 'c']);
