/**
 * A lock with a lease, and two clients that do two writes each while they hold it. They are careful: a client counts
 * its lease from when it asked, which is earlier than the lock does, and writes nothing once it is over by its clock.
 *
 * Promise: the store never takes a write of an earlier holder after one of a later holder. What goes wrong: client one
 * stalls between its two writes, and its clock with it (a long garbage collection, a suspended machine). When it goes
 * on its lease has run out at the lock, and client two has written; one's timers know nothing of that. A write that is
 * late on the network does the same. Loss and crash do no harm: who is careful about time is safe as long as time is
 * the same for all. lease-fenced.ts is the cure.
 *
 * Source: Gray and Cheriton, "Leases" (SOSP 1989), §5, on clocks; Kleppmann, "How to do distributed locking" (2016).
 */
import { type CheckAnswer, defineProtocol, type Protocol, type ProtocolCheck, type World } from 'ldfi';

interface State {
  /** Of the lock: the last token given; of a client: its own; of the store: the highest seen. */
  token: number;
  /** Of the lock: who waits. */
  next: string | null;
  held: boolean;
  /** Of a client: its lease is over by its own clock. */
  over: boolean;
}

interface Message {
  readonly kind: 'acquire' | 'granted' | 'write';
  readonly token: number;
}

/** In ticks: by the lock's clock from the grant on, by the client's from its request on. */
const LEASE = 3;

/** The writes that the store took are in the order of their tokens. */
export function inOrder(world: World<unknown, number>): CheckAnswer {
  const taken = world.log('store');
  const late = taken.findIndex((token, i) => i > 0 && token < (taken[i - 1] as number));
  return late < 0
    ? 'holds'
    : { violated: `the store took a write with token ${taken[late]} after one with ${taken[late - 1]}` };
}

export function stalledLease(
  name: string,
  fenced: boolean,
  checks: readonly ProtocolCheck[],
): Protocol<State, Message, number> {
  return defineProtocol<State, Message, number>({
    name,
    nodes: ['lock', 'one', 'store', 'two'],
    state: () => ({ token: 0, next: null, held: false, over: false }),
    actor: (id) => ({
      init(ctx) {
        if (id !== 'one' && id !== 'two') return;
        ctx.send('lock', { kind: 'acquire', token: 0 });
        if (id === 'one') ctx.setTimer('over', LEASE + 1);
      },
      onMessage(ctx, from, { kind, token }) {
        const { state } = ctx;
        const grant = (to: string): void => {
          state.held = true;
          state.token++;
          ctx.send(to, { kind: 'granted', token: state.token });
          ctx.setTimer('lease', LEASE);
        };
        if (kind === 'acquire' && state.held) state.next = from;
        else if (kind === 'acquire') grant(from);
        else if (kind === 'granted') {
          if (state.over) return;
          state.token = token;
          ctx.send('store', { kind: 'write', token });
          ctx.setTimer('second', 1);
        } else if (!fenced || token >= state.token) {
          state.token = token;
          ctx.log(token);
        }
      },
      onTimer(ctx, timer) {
        const { state } = ctx;
        if (timer === 'over') state.over = true;
        else if (timer === 'second') {
          if (!state.over) ctx.send('store', { kind: 'write', token: state.token });
        } else if (state.next !== null) {
          ctx.send(state.next, { kind: 'granted', token: ++state.token });
          state.next = null;
        } else state.held = false;
      },
    }),
    check: inOrder,
    checks,
  });
}

export default stalledLease('lease-stalled', false, [
  { name: 'slow-clock', eot: 10, eff: 8, crashes: 0, faults: 'skew', expect: 'violated' },
  { name: 'late-write', eot: 10, eff: 6, crashes: 0, faults: 'delay:3', maxCost: 1, expect: 'violated' },
  { name: 'loss-and-crash', eot: 10, eff: 5, crashes: 1, expect: 'holds' },
]);
