/**
 * A replicated register with quorums: a write goes to all N replicas and is done when W have it; a read asks all and
 * takes the newest of the first R answers. The client writes, and when the write is done, reads.
 *
 * Promise: a read that follows a write returns what was written. Why it holds: with R + W > N every set of R replicas
 * shares one with every set of W. Losses and crashes cost time, or the answer, never the truth. quorum-register-weak.ts
 * has R + W ≤ N.
 *
 * Source: Gifford, "Weighted voting for replicated data" (SOSP 1979); N, R and W as in DeCandia et al., "Dynamo" (SOSP
 * 2007).
 */
import { type Context, defineProtocol, type Protocol, type ProtocolCheck } from 'ldfi';

interface State {
  /** Of a replica: the version it stores; 0 before any write. */
  version: number;
  /**
   * Of the client: what it is doing, who has answered, the newest version among the answers, and what the read
   * returned.
   */
  phase: 'write' | 'read' | 'done';
  answers: string[];
  newest: number;
  returned: number | null;
}

type Message = { readonly kind: 'write' | 'written' | 'value'; readonly version: number } | { readonly kind: 'read' };

export interface Quorums {
  readonly n: number;
  readonly r: number;
  readonly w: number;
  /** Ticks after which the client asks again who has not answered. */
  readonly patience?: number;
}

const WRITTEN = 1;

/** Sends, again and again, to the replicas that have not answered. */
function ask({ state, nodes, send }: Context<State, Message>): void {
  for (const node of nodes)
    if (node !== 'client' && !state.answers.includes(node))
      send(node, state.phase === 'write' ? { kind: 'write', version: WRITTEN } : { kind: 'read' });
}

export function quorumRegister(
  { n, r, w, patience = 3 }: Quorums,
  name: string,
  checks: readonly ProtocolCheck[],
): Protocol<State, Message> {
  const answer = (ctx: Context<State, Message>, from: string, version: number): void => {
    const { state } = ctx;
    if (state.answers.includes(from)) return;
    state.answers.push(from);
    state.answers.sort();
    state.newest = Math.max(state.newest, version);
    if (state.answers.length < (state.phase === 'write' ? w : r)) return;
    if (state.phase === 'write') {
      Object.assign(state, { phase: 'read', answers: [], newest: 0 });
      ask(ctx);
      ctx.setPeriodic('again', patience);
    } else {
      Object.assign(state, { phase: 'done', answers: [], returned: state.newest });
      ctx.clearTimer('again');
    }
  };
  return defineProtocol<State, Message>({
    name,
    nodes: [...Array.from({ length: n }, (_, i) => `replica${i + 1}`), 'client'],
    state: () => ({ version: 0, phase: 'write', answers: [], newest: 0, returned: null }),
    actor: (id) => ({
      init(ctx) {
        if (id !== 'client') return;
        ask(ctx);
        ctx.setPeriodic('again', patience);
      },
      onMessage(ctx, from, message) {
        const { state } = ctx;
        if (message.kind === 'write') {
          state.version = Math.max(state.version, message.version);
          ctx.send(from, { kind: 'written', version: state.version });
        } else if (message.kind === 'read') ctx.send(from, { kind: 'value', version: state.version });
        else if (message.kind === (state.phase === 'write' ? 'written' : 'value') && state.phase !== 'done')
          answer(ctx, from, message.version);
      },
      onTimer: ask,
    }),
    check: (world) => {
      const { returned } = world.state('client');
      if (returned === null) return 'vacuous';
      return returned === WRITTEN ? 'holds' : { violated: ['the read returned version', returned] };
    },
    checks,
  });
}

export default quorumRegister({ n: 3, r: 2, w: 2 }, 'quorum-register', [
  { name: 'usual', eot: 8, eff: 4, crashes: 1, expect: 'holds' },
  { name: 'loss-only', eot: 7, eff: 5, crashes: 0, expect: 'holds' },
]);
