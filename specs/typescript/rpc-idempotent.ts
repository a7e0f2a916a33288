/**
 * A remote procedure call with retries, made idempotent: every call carries a number, and the server keeps the answers
 * that it has given.
 *
 * Promise: the account is credited at most once, and exactly once if the client has its answer. Why it holds: a
 * repeated request is recognised by its number and gets the old answer; nothing is done twice. (The answers must
 * outlive a restart of the server; a node here does not come back.)
 *
 * Source: Birrell and Nelson, "Implementing remote procedure calls" (ACM TOCS 1984); the 'idempotency key' of payment
 * interfaces.
 */
import { defineProtocol } from 'ldfi';
import { type Call, exactlyOnce } from './rpc-retry.js';

interface State extends Call {
  /** Of the server: the answer to each call, by its number. */
  answers: Record<string, 'done'>;
}

type Message =
  | { readonly kind: 'credit'; readonly call: string }
  | { readonly kind: 'answer'; readonly call: string; readonly answer: 'done' };

const CALL = 'call-1';

export default defineProtocol<State, Message>({
  name: 'rpc-idempotent',
  nodes: ['client', 'server'],
  state: () => ({ answered: false, credited: 0, answers: {} }),
  actor: (id) => ({
    init(ctx) {
      if (id !== 'client') return;
      ctx.send('server', { kind: 'credit', call: CALL });
      ctx.setPeriodic('retry', 3);
    },
    onMessage(ctx, from, message) {
      const { state } = ctx;
      if (message.kind === 'answer') {
        state.answered = true;
        ctx.clearTimer('retry');
        return;
      }
      const { call } = message;
      if (state.answers[call] === undefined) {
        state.credited++;
        state.answers[call] = 'done';
      }
      ctx.send(from, { kind: 'answer', call, answer: state.answers[call] });
    },
    onTimer(ctx) {
      ctx.send('server', { kind: 'credit', call: CALL });
    },
  }),
  check: exactlyOnce,
  checks: [
    { name: 'loss', eot: 12, eff: 10, crashes: 0, expect: 'holds' },
    { name: 'loss-and-crash', eot: 10, eff: 6, crashes: 1, expect: 'holds' },
  ],
});
