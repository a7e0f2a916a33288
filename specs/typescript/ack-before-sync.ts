/**
 * A store that has a write in memory at once, on disk two ticks later, and acknowledges it in between.
 *
 * Promise: what the client was told is stored is there. What goes wrong: the store restarts after the acknowledgement
 * and before the sync. The client, who has its answer, does not ask again. A crash for good is excused, and a loss only
 * makes the client repeat. ack-after-sync.ts is the cure.
 *
 * Source: Gray and Reuter, "Transaction Processing" (1993), on forcing the log at commit. In Dedalus:
 * ../faults/ack-before-sync.ded.
 */
import { type CheckAnswer, defineProtocol, type Protocol, type ProtocolCheck, type World } from 'ldfi';

interface State {
  memory: string | null;
  disk: string | null;
  /** Of the client. */
  told: boolean;
}

export function storedIfTold(world: World<State>): CheckAnswer {
  if (!world.isAlive('store') || !world.state('client').told) return 'vacuous';
  return world.state('store').memory === 'w'
    ? 'holds'
    : { violated: 'the client was told that it is stored, and the store does not have it' };
}

export function store(
  name: string,
  patient: boolean,
  checks: readonly ProtocolCheck[],
): Protocol<State, 'w' | 'stored'> {
  return defineProtocol<State, 'w' | 'stored'>({
    name,
    nodes: ['client', 'store'],
    state: () => ({ memory: null, disk: null, told: false }),
    durable: ['disk', 'told'],
    actor: (id) => ({
      init(ctx) {
        if (id === 'client') ctx.setPeriodic('write', 2);
      },
      onTimer(ctx, timer) {
        if (timer === 'write') ctx.send('store', 'w');
        else {
          ctx.state.disk = ctx.state.memory;
          if (patient) ctx.send('client', 'stored');
        }
      },
      onMessage(ctx, from, message) {
        const { state } = ctx;
        if (message === 'stored') {
          state.told = true;
          ctx.clearTimer('write');
          return;
        }
        if (state.disk === null) ctx.setTimer('sync', 2);
        state.memory = message;
        if (!patient || state.disk !== null) ctx.send(from, 'stored');
      },
      onRestart({ state }) {
        state.memory = state.disk;
      },
    }),
    check: storedIfTold,
    checks,
  });
}

const reliable = ['client'];

export default store('ack-before-sync', false, [
  { name: 'restart', eot: 9, eff: 7, crashes: 0, faults: 'restart', reliable, expect: 'violated' },
  { name: 'loss-and-crash', eot: 9, eff: 5, crashes: 1, reliable, expect: 'holds', allow: ['excused-fault'] },
]);
