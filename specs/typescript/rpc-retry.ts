/**
 * A remote procedure call with retries, of an operation that is not idempotent: the client sends its request again
 * until it has an answer, and the server does what every request says.
 *
 * Promise: the account is credited at most once, and exactly once if the client has its answer. What goes wrong: 'no
 * answer' does not mean 'not done'. Lose the answer, and the client asks again for what was done already. Crashes do no
 * harm: a crashed server does nothing twice.
 *
 * Source: Birrell and Nelson, "Implementing remote procedure calls" (ACM TOCS 1984), on at-most-once semantics; Spector
 * (1982) for the names.
 */
import { type CheckAnswer, defineProtocol, type World } from 'ldfi';

export interface Call {
  /** Of the client. */
  answered: boolean;
  /** Of the server: how often it credited the account. */
  credited: number;
}

export function exactlyOnce(world: World<Call>): CheckAnswer {
  const { credited } = world.state('server');
  if (credited > 1) return { violated: ['credited', credited, 'times'] };
  return world.state('client').answered && credited === 0 ? { violated: 'answered but not credited' } : 'holds';
}

export default defineProtocol<Call, 'credit' | 'done'>({
  name: 'rpc-retry',
  nodes: ['client', 'server'],
  state: () => ({ answered: false, credited: 0 }),
  actor: (id) => ({
    init(ctx) {
      if (id !== 'client') return;
      ctx.send('server', 'credit');
      // There and back takes two ticks.
      ctx.setPeriodic('retry', 3);
    },
    onMessage(ctx, from, message) {
      if (message === 'credit') {
        ctx.state.credited++;
        ctx.send(from, 'done');
      } else {
        ctx.state.answered = true;
        ctx.clearTimer('retry');
      }
    },
    onTimer(ctx) {
      ctx.send('server', 'credit');
    },
  }),
  check: exactlyOnce,
  checks: [
    { name: 'lost-answer', eot: 8, eff: 4, crashes: 0, expect: 'violated' },
    { name: 'loss-and-crash', eot: 10, eff: 6, crashes: 1, expect: 'violated' },
    { name: 'crash-only', eot: 8, eff: 0, crashes: 2, expect: 'holds' },
  ],
});
