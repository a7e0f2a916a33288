/**
 * A lock with a lease, and two clients who write to a store while they believe that they hold it. The lease is long
 * enough for one write. A client whose write is not confirmed repeats it, not knowing that its lease has run out
 * meanwhile.
 *
 * Promise: the store never takes a write from an earlier holder of the lock after one from a later holder. What goes
 * wrong: client one's write is lost, its lease runs out, client two gets the lock and writes, and one's repetition
 * overwrites that. A lease guards the lock, not what the lock is for. lock-lease.ts is the cure. Crashes do no harm:
 * that is what leases are good at.
 *
 * Source: Gray and Cheriton, "Leases" (SOSP 1989); Kleppmann, "How to do distributed locking" (2016), for the failure;
 * Burrows, "The Chubby lock service" (OSDI 2006), §2.4, for the cure.
 */
import { type CheckAnswer, defineProtocol, type Protocol, type ProtocolCheck, type World } from 'ldfi';

interface State {
  /**
   * Of a client: the token of its lock, 0 without one. Of the lock: the last token given. Of the store: the highest
   * token seen.
   */
  token: number;
  /** Of the lock: who holds it. */
  holder: string | null;
}

type Message =
  | { readonly kind: 'acquire' }
  | { readonly kind: 'granted' | 'write' | 'written' | 'refused'; readonly token: number };

/** In ticks. */
const LEASE = 2;
const ASK_AGAIN = 3;
const WRITE_AGAIN = 4;

/** The writes that the store took are in the order of their tokens. */
export function inOrder(world: World<unknown, number>): CheckAnswer {
  const taken = world.log('store');
  if (taken.length === 0) return 'vacuous';
  const late = taken.findIndex((token, i) => i > 0 && token < (taken[i - 1] as number));
  return late < 0 ? 'holds' : { violated: ['token', taken[late] as number, 'after', taken[late - 1] as number] };
}

export function leasedLock(
  name: string,
  fenced: boolean,
  checks: readonly ProtocolCheck[],
): Protocol<State, Message, number> {
  return defineProtocol<State, Message, number>({
    name,
    nodes: ['lock', 'one', 'store', 'two'],
    state: () => ({ token: 0, holder: null }),
    actor: (id) => ({
      init(ctx) {
        if (id !== 'one' && id !== 'two') return;
        ctx.send('lock', { kind: 'acquire' });
        ctx.setPeriodic('acquire', ASK_AGAIN);
      },
      onMessage(ctx, from, message) {
        const { state } = ctx;
        if (message.kind === 'acquire') {
          if (state.holder === null) {
            state.token++;
            state.holder = from;
            ctx.setTimer('lease', LEASE);
          }
          if (state.holder === from) ctx.send(from, { kind: 'granted', token: state.token });
          return;
        }
        const { kind, token } = message;
        if (kind === 'granted') {
          state.token = token;
          ctx.clearTimer('acquire');
          ctx.send('store', { kind: 'write', token });
          ctx.setPeriodic('write', WRITE_AGAIN);
        } else if (kind === 'write') {
          if (fenced && token < state.token) {
            ctx.send(from, { kind: 'refused', token });
            return;
          }
          state.token = token;
          ctx.log(token);
          ctx.send(from, { kind: 'written', token });
        } else ctx.clearTimer('write');
      },
      onTimer(ctx, timer) {
        if (timer === 'lease') ctx.state.holder = null;
        else if (timer === 'acquire') ctx.send('lock', { kind: 'acquire' });
        else ctx.send('store', { kind: 'write', token: ctx.state.token });
      },
    }),
    check: inOrder,
    checks,
  });
}

export default leasedLock('lock-no-fencing', false, [
  { name: 'one-loss', eot: 9, eff: 5, crashes: 0, expect: 'violated' },
  { name: 'loss-and-crash', eot: 9, eff: 5, crashes: 1, expect: 'violated' },
  { name: 'crash-only', eot: 9, eff: 0, crashes: 2, expect: 'holds' },
]);
