/**
 * Primary and backup, replicated eagerly: the primary acknowledges a write only when the backup has confirmed that it
 * stores it too. Client and primary repeat what is not answered.
 *
 * Promise: an acknowledged write is stored by some correct replica. Why it holds: at the moment of the acknowledgement
 * both replicas store the write, so whichever of the two crashes, the other has it. The price is availability: without
 * the backup no write is ever acknowledged, and nothing here promises that one is.
 *
 * Source: Alsberg and Day (1976). In Dedalus: ../replication/primary-backup-sync.ded.
 */
import { defineProtocol } from 'ldfi';
import { durability, type Replicated } from './primary-backup-async.js';

interface State extends Replicated {
  /** Of the primary: the backup stores the write. */
  safe: boolean;
}

export default defineProtocol<State, 'write' | 'ack' | 'copy' | 'confirm'>({
  name: 'primary-backup-sync',
  nodes: ['b', 'cl', 'p'],
  state: () => ({ acked: false, stored: false, safe: false }),
  actor: (id) => ({
    init(ctx) {
      if (id !== 'cl') return;
      ctx.send('p', 'write');
      ctx.setPeriodic('write', 1);
    },
    onMessage(ctx, from, message) {
      const { state } = ctx;
      if (message === 'ack') {
        state.acked = true;
        ctx.clearTimer('write');
      } else if (message === 'copy') {
        state.stored = true;
        ctx.send(from, 'confirm');
      } else if (message === 'confirm') {
        state.safe = true;
        ctx.clearTimer('copy');
      } else if (state.safe) {
        // Every request is answered once the write is safe, repeated ones too.
        ctx.send(from, 'ack');
      } else if (!state.stored) {
        state.stored = true;
        ctx.send('b', 'copy');
        ctx.setPeriodic('copy', 1);
      }
    },
    onTimer(ctx, timer) {
      if (timer === 'write') ctx.send('p', 'write');
      else ctx.send('b', 'copy');
    },
  }),
  check: durability,
  checks: [
    { name: 'usual', eot: 8, eff: 6, crashes: 1, expect: 'holds' },
    { name: 'small', eot: 7, eff: 2, crashes: 1, expect: 'holds' },
    { name: 'two-crashes', eot: 7, eff: 0, crashes: 2, expect: 'holds' },
  ],
});
