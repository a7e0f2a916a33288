/**
 * Leader election in the manner of Raft. A node whose election timer goes off without a sign of life from a leader or a
 * candidate stands for election in a new term; each node has one vote per term; a majority makes a leader. The timers
 * of a, b and c go off at ticks 1, 3 and 5.
 *
 * Promise: no term has two leaders. Even a node that crashes counts (a crash silences it, it does not undo an
 * election). Why it holds: two majorities of one term share a voter, and a voter remembers for whom it voted in that
 * term. raft-election-double-vote.ts is what happens when it does not.
 *
 * Source: Ongaro and Ousterhout, "In search of an understandable consensus algorithm" (USENIX ATC 2014), §5.2,
 * 'election safety'. In Dedalus: ../consensus/raft-election.ded.
 */
import { type CheckAnswer, type Context, defineProtocol, type Protocol, type ProtocolCheck, type World } from 'ldfi';

interface State {
  /** The highest term seen. */
  term: number;
  /** Whom the node voted for in this term. */
  vote: string | null;
  /** Of a candidate: who voted for it in this term. */
  granted: string[];
  /** A sign of life came in this tick or the last. */
  quiet: boolean;
  /** The terms that the node was elected for. */
  led: number[];
}

interface Message {
  readonly kind: 'alarm' | 'call' | 'vote' | 'beat';
  readonly term: number;
}

type Ctx = Context<State, Message>;

/**
 * Ticks from the start until a node sends itself an alarm, which arrives a tick later and is looked at after what comes
 * from others before it in the alphabet. (A timer would go off before the tick's messages are read.)
 */
const ALARMS: Readonly<Record<string, number>> = { b: 1, c: 3 };

function enter({ state, clearTimer }: Ctx, term: number): void {
  state.term = term;
  state.vote = null;
  state.granted = [];
  // Whoever led an older term leads no more.
  clearTimer('beat');
}

/** A leader or a candidate of the current term is there. */
function heard({ state, setTimer }: Ctx): void {
  state.quiet = true;
  setTimer('calm', 2);
}

/** Two leaders in a term, if there are. */
export function electionSafety(world: World<Pick<State, 'led'>>): CheckAnswer {
  const elected = world.nodes.flatMap((node) => world.state(node).led.map((term) => ({ node, term })));
  if (elected.length === 0) return 'vacuous';
  const rivals = elected.filter((one) => elected.some(({ node, term }) => node !== one.node && term === one.term));
  return rivals.length === 0 ? 'holds' : { violated: rivals.map(({ node, term }) => [node, 'leads term', term]) };
}

/** @param memory how many ticks a node remembers its vote; for ever if left out */
export function raftElection(
  name: string,
  checks: readonly ProtocolCheck[],
  memory?: number,
): Protocol<State, Message> {
  const cast = ({ state, setTimer }: Ctx, candidate: string): void => {
    state.vote = candidate;
    if (memory !== undefined) setTimer('forget', memory);
  };
  const stand = (ctx: Ctx): void => {
    const { state } = ctx;
    enter(ctx, state.term + 1);
    cast(ctx, ctx.id);
    state.granted = [ctx.id];
    ctx.broadcast({ kind: 'call', term: state.term });
  };
  return defineProtocol<State, Message>({
    name,
    nodes: ['a', 'b', 'c'],
    state: () => ({ term: 0, vote: null, granted: [], quiet: false, led: [] }),
    actor: (id) => ({
      init(ctx) {
        const alarm = ALARMS[id];
        if (alarm === undefined) stand(ctx);
        else ctx.setTimer('alarm', alarm);
      },
      onMessage(ctx, from, { kind, term }) {
        const { state } = ctx;
        if (kind === 'alarm' && !state.quiet) stand(ctx);
        if (term > state.term) enter(ctx, term);
        if (kind === 'alarm' || term < state.term) return;
        if (kind !== 'vote') heard(ctx);
        if (kind === 'call' && state.vote === null) {
          cast(ctx, from);
          ctx.send(from, { kind: 'vote', term });
        }
        if (kind === 'vote' && !state.granted.includes(from)) {
          state.granted.push(from);
          state.granted.sort();
          if (state.granted.length !== Math.floor(ctx.nodes.length / 2) + 1) return;
          state.led.push(term);
          ctx.broadcast({ kind: 'beat', term });
          ctx.setPeriodic('beat', 1);
        }
      },
      onTimer(ctx, timer) {
        const { state } = ctx;
        if (timer === 'calm') state.quiet = false;
        else if (timer === 'forget') state.vote = null;
        else if (timer === 'beat') ctx.broadcast({ kind: 'beat', term: state.term });
        else ctx.send(id, { kind: 'alarm', term: 0 });
      },
    }),
    check: electionSafety,
    checks,
  });
}

export default raftElection('raft-election', [
  { name: 'usual', eot: 8, eff: 3, crashes: 1, expect: 'holds' },
  { name: 'small', eot: 8, eff: 2, crashes: 1, expect: 'holds' },
  { name: 'crash-only', eot: 8, eff: 0, crashes: 2, expect: 'holds' },
]);
