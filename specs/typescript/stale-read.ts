/**
 * Reads from a leader that does not know that it was deposed. a leads from the start; b takes over when it hears nothing
 * and c votes for it. Every node has a client: that of b writes once, that of a reads now and then, and a leader answers
 * a read from what it knows to be committed.
 *
 * Promise: what the clients see is linearizable. What goes wrong: a partition leaves a alone; b and c elect b and commit
 * the write, its client is told, and a, which still believes that it leads, answers with the old value. read-index.ts
 * asks before it answers.
 *
 * Source: Ongaro, "Consensus: bridging theory and practice" (2014), §6.4; Alquraan et al., "An analysis of
 * network-partitioning failures in cloud systems" (OSDI 2018). In Dedalus: ../faults/stale-read.ded.
 */
import { type Context, defineProtocol, linearizable, models, type Protocol, type ProtocolCheck } from 'ldfi';

interface State {
  term: number;
  leads: boolean;
  /** The register as the log has it, and as it is committed. */
  value: number | null;
  committed: number | null;
  /** Operations of this node's client that are open, and since which round of the leader's a read waits. */
  writing: string | null;
  reads: { readonly id: string; readonly round: number }[];
  round: number;
}

interface Message {
  readonly kind: 'beat' | 'ok' | 'vote' | 'yes' | 'newer' | 'write';
  readonly term: number;
  readonly value: number | null;
  readonly committed: number | null;
  readonly round: number;
}

type Ctx = Context<State, Message>;

const messageOf = (kind: Message['kind'], { term, value, committed, round }: State): Message => ({
  ...{ kind, term, value, committed, round },
});

/** The leader, and one more, have the value: that is a majority of three. */
function commit({ state, complete }: Ctx, value: number | null): void {
  state.committed = value;
  if (state.writing === null || value === null) return;
  complete(state.writing);
  state.writing = null;
}

function write({ state, send, broadcast }: Ctx): void {
  if (state.leads) {
    state.value = 1;
    broadcast(messageOf('beat', state));
  } else send('a', messageOf('write', state));
}

/** @param asks whether the leader makes sure that it leads before it answers a read */
export function leaderReads(name: string, asks: boolean, checks: readonly ProtocolCheck[]): Protocol<State, Message> {
  const read = ({ state, invoke, complete, broadcast }: Ctx): void => {
    if (!state.leads) return;
    const id = invoke({ kind: 'read' });
    if (!asks) complete(id, state.committed);
    else {
      state.round++;
      state.reads.push({ id, round: state.round });
      broadcast(messageOf('beat', state));
    }
  };
  /** Someone has followed since the round of a read began: nobody else led then. */
  const answer = ({ state, complete }: Ctx, round: number): void => {
    for (const one of state.reads) if (one.round <= round) complete(one.id, state.committed);
    state.reads = state.reads.filter((one) => one.round > round);
  };
  return defineProtocol<State, Message>({
    name,
    nodes: ['a', 'b', 'c'],
    state: (id) => ({
      ...{ term: 1, leads: id === 'a', value: null, committed: null },
      ...{ writing: null, reads: [], round: 0 },
    }),
    actor: (id) => ({
      init(ctx) {
        if (id === 'a') {
          ctx.setPeriodic('beat', 1);
          ctx.setPeriodic('read', 4);
        } else if (id === 'b') {
          ctx.setTimer('silence', 3);
          ctx.setTimer('write', 2);
        }
      },
      onTimer(ctx, timer) {
        const { state } = ctx;
        if (timer === 'read') read(ctx);
        else if (timer === 'write') {
          state.writing = ctx.invoke({ kind: 'write', value: 1 });
          write(ctx);
        } else if (timer === 'beat') {
          if (state.leads) ctx.broadcast(messageOf('beat', state));
        } else {
          state.term++;
          ctx.broadcast(messageOf('vote', state));
          ctx.setTimer('silence', 3);
        }
      },
      onMessage(ctx, from, message) {
        const { state } = ctx;
        const { kind, term, value, round } = message;
        if (kind === 'write') {
          if (state.leads) state.value = 1;
          return;
        }
        if (term < state.term) {
          ctx.send(from, messageOf('newer', state));
          return;
        }
        if (term > state.term) Object.assign(state, { term, leads: false });
        if (kind === 'beat') {
          Object.assign(state, { value, committed: message.committed });
          if (id === 'b') ctx.setTimer('silence', 2);
          if (message.committed !== null) commit(ctx, message.committed);
          ctx.send(from, { ...message, kind: 'ok' });
        } else if (kind === 'ok' && state.leads && value === state.value) {
          commit(ctx, value);
          answer(ctx, round);
        } else if (kind === 'vote') ctx.send(from, messageOf('yes', state));
        else if (kind === 'yes' && !state.leads) {
          Object.assign(state, { leads: true, value: state.value ?? value });
          ctx.clearTimer('silence');
          ctx.setPeriodic('beat', 1);
          if (state.writing === null) ctx.broadcast(messageOf('beat', state));
          else write(ctx);
        }
      },
    }),
    check: ({ history }) => {
      if (!history.some(({ op, completed }) => op.kind === 'read' && completed !== undefined)) return 'vacuous';
      const answer = linearizable(history, models.register());
      return answer.kind === 'holds' ? 'holds' : { violated: answer.sentence };
    },
    checks,
  });
}

export default leaderReads('stale-read', false, [
  { name: 'partition', eot: 9, eff: 9, faults: 'partition', partitions: 1, expect: 'violated' },
  { name: 'crash', eot: 9, eff: 0, crashes: 1, expect: 'holds' },
]);
