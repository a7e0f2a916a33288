/**
 * Acknowledged broadcast: whoever has the message sends it to each of the others until that one acknowledges it; then
 * stops.
 *
 * Promise: if one correct node has the message, all correct nodes have it. Why it holds: silence is the only reason to
 * go on sending and an acknowledgement the only reason to stop, and an acknowledgement from Y means that Y has the
 * message. A lost acknowledgement costs a repetition, nothing more. Unlike broadcast-relay.ts it falls quiet. Why the
 * last check breaks: messages may be lost until just before the end, so there is no time left to repeat.
 *
 * Source: Alvaro et al. (SIGMOD 2015). In Dedalus: ../broadcast/ack.ded.
 */
import { type Context, defineProtocol } from 'ldfi';
import { agreement, type Holder } from './broadcast-simple.js';

interface State extends Holder {
  /** Peers that are not known to have the message. */
  waiting: string[];
}

type Message = 'hello' | 'ack';

function send(ctx: Context<State, Message>): void {
  for (const peer of ctx.state.waiting) ctx.send(peer, 'hello');
}

export default defineProtocol<State, Message>({
  name: 'broadcast-ack',
  nodes: ['a', 'b', 'c'],
  state: (id) => ({ has: id === 'a', waiting: [] }),
  actor: () => ({
    init(ctx) {
      ctx.state.waiting = [...ctx.peers];
      if (!ctx.state.has) return;
      send(ctx);
      ctx.setPeriodic('again', 1);
    },
    onMessage(ctx, from, message) {
      const { state } = ctx;
      // Whoever sends it has it.
      state.waiting = state.waiting.filter((peer) => peer !== from);
      if (message === 'hello') {
        ctx.send(from, 'ack');
        if (!state.has) {
          state.has = true;
          send(ctx);
          ctx.setPeriodic('again', 1);
        }
      }
      if (state.waiting.length === 0) ctx.clearTimer('again');
    },
    onTimer: send,
  }),
  check: agreement,
  checks: [
    { name: 'usual', eot: 8, eff: 6, crashes: 1, expect: 'holds' },
    { name: 'small', eot: 5, eff: 2, crashes: 1, expect: 'holds' },
    { name: 'no-time-left', eot: 5, eff: 5, crashes: 0, expect: 'violated', allow: ['short-eot'] },
  ],
});
