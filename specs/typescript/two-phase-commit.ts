/**
 * Two-phase commit. The coordinator asks for votes, commits when all say yes, aborts when one says no or has not
 * answered in time, and tells the participants until the end of time. Here all are willing: a 'no' is a vote lost.
 *
 * Promise: every correct node engaged in the transaction decides (termination), and all alike (agreement). What goes
 * wrong: a participant that has voted may not decide alone. When the coordinator crashes after asking and before
 * telling, the participants wait for ever, holding their locks. Lost messages only cost time or an abort.
 *
 * Source: Gray, "Notes on data base operating systems" (1978); Bernstein, Hadzilacos and Goodman, "Concurrency Control
 * and Recovery in Database Systems" (1987), ch. 7; examined in Alvaro et al. (SIGMOD 2015). In Dedalus:
 * ../commit/2pc.ded.
 */
import { type CheckAnswer, type Context, defineProtocol, type Protocol, type ProtocolCheck, type World } from 'ldfi';

export type Decision = 'commit' | 'abort';

export interface State {
  /** It began the transaction, or has voted. */
  engaged: boolean;
  decided: Decision | null;
  /** Of the coordinator: who has said yes. */
  yes: string[];
}

export type Message =
  | { readonly kind: 'prepare' }
  | { readonly kind: 'vote'; readonly yes: boolean }
  | { readonly kind: 'outcome'; readonly decision: Decision };

export interface Variant {
  readonly name: string;
  readonly checks: readonly ProtocolCheck[];
  /** Participants that vote no. */
  readonly refuse?: readonly string[];
  /** How many ticks after its vote a participant aborts on its own; never if left out. */
  readonly patience?: number;
}

const PARTICIPANTS = ['p', 'q'];

function tell(ctx: Context<State, Message>): void {
  const decision = ctx.state.decided;
  if (decision !== null) for (const participant of PARTICIPANTS) ctx.send(participant, { kind: 'outcome', decision });
}

/** Made once and kept. */
function decide(ctx: Context<State, Message>, decision: Decision): void {
  if (ctx.state.decided !== null) return;
  ctx.state.decided = decision;
  if (ctx.id !== 'c') return;
  tell(ctx);
  ctx.setPeriodic('tell', 1);
}

export function atomicity(world: World<State>): CheckAnswer {
  const engaged = world.alive.filter((node) => world.state(node).engaged);
  if (engaged.length === 0) return 'vacuous';
  const waiting = engaged.filter((node) => world.state(node).decided === null);
  if (waiting.length > 0) return { violated: waiting.map((node) => [node, 'waits for ever']) };
  const decisions = world.alive.map((node) => world.state(node).decided);
  const split = decisions.includes('commit') && decisions.includes('abort');
  return split ? { violated: 'some commit and some abort' } : 'holds';
}

export function twoPhaseCommit({ name, checks, refuse = [], patience }: Variant): Protocol<State, Message> {
  return defineProtocol<State, Message>({
    name,
    nodes: ['c', ...PARTICIPANTS],
    state: (id) => ({ engaged: id === 'c', decided: null, yes: [] }),
    actor: () => ({
      init(ctx) {
        if (ctx.id !== 'c') return;
        for (const participant of PARTICIPANTS) ctx.send(participant, { kind: 'prepare' });
        ctx.setTimer('votes', 3);
      },
      onMessage(ctx, from, message) {
        const { state } = ctx;
        if (message.kind === 'prepare') {
          state.engaged = true;
          ctx.send(from, { kind: 'vote', yes: !refuse.includes(ctx.id) });
          if (patience !== undefined) ctx.setTimer('patience', patience);
        } else if (message.kind === 'outcome') {
          ctx.clearTimer('patience');
          decide(ctx, message.decision);
        } else if (!message.yes) decide(ctx, 'abort');
        else {
          state.yes.push(from);
          if (state.yes.length === PARTICIPANTS.length) decide(ctx, 'commit');
        }
      },
      onTimer(ctx, timer) {
        if (timer === 'tell') tell(ctx);
        else decide(ctx, 'abort');
      },
    }),
    check: atomicity,
    checks,
  });
}

export default twoPhaseCommit({
  name: 'two-phase-commit',
  checks: [
    { name: 'coordinator-crash', eot: 7, eff: 0, crashes: 1, expect: 'violated' },
    { name: 'loss-only', eot: 7, eff: 5, crashes: 0, expect: 'holds' },
    { name: 'loss-and-crash', eot: 8, eff: 4, crashes: 1, expect: 'violated' },
  ],
});
