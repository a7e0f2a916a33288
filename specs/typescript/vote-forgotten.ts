/**
 * An election in the manner of Raft: a and b stand in term 1, a first, and call until they have two votes of three. A
 * node votes once, for itself if it stands, else for the first that calls. The votes are kept in memory only.
 *
 * Promise: the term has one leader. What goes wrong: a and c have voted for a, and one of them restarts. When b calls,
 * it has forgotten its vote and gives it away again. Losses and a crash for good do no harm. vote-durable.ts is the cure.
 *
 * Source: Ongaro and Ousterhout, "In search of an understandable consensus algorithm" (USENIX ATC 2014), figure 2: the
 * vote must be on stable storage before it is answered. In Dedalus: ../faults/vote-forgotten.ded.
 */
import { type CheckAnswer, defineProtocol, type Protocol, type ProtocolCheck, type World } from 'ldfi';

interface State {
  vote: string | null;
  /** It has been elected; a leader that restarts does not lead any more, but it did. */
  led: boolean;
}

export function oneLeader(world: World<State>): CheckAnswer {
  const leaders = world.nodes.filter((node) => world.state(node).led);
  if (leaders.length === 0) return 'vacuous';
  return leaders.length === 1 ? 'holds' : { violated: `${leaders.join(' and ')} lead` };
}

export function election(
  name: string,
  durable: readonly (keyof State)[],
  checks: readonly ProtocolCheck[],
): Protocol<State, 'call' | 'vote'> {
  return defineProtocol<State, 'call' | 'vote'>({
    name,
    nodes: ['a', 'b', 'c'],
    state: () => ({ vote: null, led: false }),
    durable,
    actor: (id) => ({
      init(ctx) {
        if (id !== 'c') ctx.setPeriodic('call', id === 'a' ? 1 : 2);
      },
      onTimer(ctx) {
        ctx.state.vote ??= id;
        if (ctx.state.vote === id) ctx.broadcast('call');
        else ctx.clearTimer('call');
      },
      onMessage(ctx, from, message) {
        const { state } = ctx;
        if (message === 'call') {
          state.vote ??= from;
          if (state.vote === from) ctx.send(from, 'vote');
        } else if (state.vote === id) {
          state.led = true;
          ctx.clearTimer('call');
        }
      },
      // Who comes back waits for the call of another.
      onRestart() {},
    }),
    check: oneLeader,
    checks,
  });
}

export default election(
  'vote-forgotten',
  ['led'],
  [
    { name: 'restart', eot: 8, eff: 6, crashes: 0, faults: 'restart', maxCost: 1, expect: 'violated' },
    { name: 'loss-and-crash', eot: 8, eff: 4, crashes: 1, expect: 'holds' },
  ],
);
