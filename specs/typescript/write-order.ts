/**
 * Two clients a and b write to both replicas r and s at the same tick, and a replica keeps what comes last.
 *
 * Promise: replicas that took the same writes have the same value. What goes wrong: r takes b's write before a's, s the
 * other way round. In the usual schedule (by sender's name) they agree, but only by luck; loss and crash do not show
 * that. write-order-ranked.ts is the cure.
 *
 * Source: Schneider, "Implementing fault-tolerant services using the state machine approach" (ACM Computing Surveys
 * 1990): replicas agree if they process the same requests in the same order.
 */
import { type CheckAnswer, defineProtocol, type Protocol, type ProtocolCheck, type World } from 'ldfi';

interface State {
  value: string | null;
  /** Who has written, in the order of names. */
  from: string[];
}

export function sameValue(world: World<State>): CheckAnswer {
  const [r, s] = [world.state('r'), world.state('s')];
  if (r.from.length === 0 || r.from.join() !== s.from.join()) return 'vacuous';
  return r.value === s.value ? 'holds' : { violated: `r has the write of ${r.value}, s that of ${s.value}` };
}

export function replicas(name: string, ranked: boolean, checks: readonly ProtocolCheck[]): Protocol<State, 'write'> {
  return defineProtocol<State, 'write'>({
    name,
    nodes: ['a', 'b', 'r', 's'],
    state: () => ({ value: null, from: [] }),
    actor: (id) => ({
      init(ctx) {
        if (id === 'a' || id === 'b') for (const replica of ['r', 's']) ctx.send(replica, 'write');
      },
      onMessage({ state }, from) {
        state.from = [...state.from, from].sort();
        if (!ranked || state.value === null || from > state.value) state.value = from;
      },
    }),
    check: sameValue,
    checks,
  });
}

export default replicas('write-order', false, [
  { name: 'order', eot: 4, eff: 2, crashes: 0, faults: 'order:1', expect: 'violated' },
  { name: 'loss-and-crash', eot: 4, eff: 2, crashes: 1, expect: 'holds' },
]);
