/**
 * Primary and backup, replicated lazily: the primary stores the write, acknowledges it at once, and ships it to the
 * backup from the next tick on, again and again.
 *
 * Promise: an acknowledged write is stored by some correct replica. What goes wrong: between the acknowledgement and
 * the first copy that arrives the write lives in one place. A crash of the primary in that window loses it; lost copies
 * make the window longer.
 *
 * Source: Alsberg and Day, "A principle for resilient sharing of distributed resources" (1976), who acknowledge only
 * after the second host has the write; asynchronous replication is that without the waiting. In Dedalus:
 * ../replication/primary-backup-async.ded.
 */
import { type CheckAnswer, defineProtocol, type World } from 'ldfi';

export interface Replicated {
  /** Of the client: it has been told that its write is safe. */
  acked: boolean;
  stored: boolean;
}

/** Durability. It is safety of data, not availability: nothing is promised for a write that was never acknowledged. */
export function durability(world: World<Replicated>): CheckAnswer {
  const replicas = ['p', 'b'].filter((node) => world.isAlive(node));
  if (!world.state('cl').acked || replicas.length === 0) return 'vacuous';
  return replicas.some((node) => world.state(node).stored) ? 'holds' : { violated: 'the acknowledged write is lost' };
}

export default defineProtocol<Replicated, 'write' | 'ack' | 'copy'>({
  name: 'primary-backup-async',
  nodes: ['b', 'cl', 'p'],
  state: () => ({ acked: false, stored: false }),
  actor: (id) => ({
    init(ctx) {
      if (id === 'cl') ctx.send('p', 'write');
    },
    onMessage(ctx, from, message) {
      if (message === 'ack') {
        ctx.state.acked = true;
        return;
      }
      ctx.state.stored = true;
      if (message === 'copy') return;
      ctx.send(from, 'ack');
      // Off the critical path: the copy leaves a tick after the acknowledgement.
      ctx.setPeriodic('ship', 1);
    },
    onTimer(ctx) {
      ctx.send('b', 'copy');
    },
  }),
  check: durability,
  checks: [
    { name: 'crash', eot: 6, eff: 0, crashes: 1, expect: 'violated' },
    { name: 'loss-and-crash', eot: 7, eff: 4, crashes: 1, expect: 'violated' },
    { name: 'loss-only', eot: 6, eff: 4, crashes: 0, expect: 'holds' },
  ],
});
