/**
 * A client that asks a server, written as XState machines: it asks again after three ticks without an answer, three
 * times at most, and gives up then.
 *
 * Promise: the client gets an answer, if the server does not crash. What goes wrong: three losses in a row, of
 * questions or of answers, and it gives up. (With a delay of two ticks none would do: the timer fires in the tick in
 * which the answer arrives, before the inbox is looked at.)
 */
import { defineProtocol, machineActor } from 'ldfi';
import { assign, initialTransition, setup, transition } from 'xstate';

interface Message {
  readonly type: 'ask' | 'answer';
}

const client = setup({
  types: { context: {} as { tries: number }, events: {} as Message & { from: string } },
  actions: { ask: () => undefined },
}).createMachine({
  id: 'client',
  context: { tries: 0 },
  initial: 'asking',
  states: {
    asking: {
      entry: [assign({ tries: ({ context }) => context.tries + 1 }), { type: 'ask' }],
      on: { answer: 'answered' },
      after: {
        3: [{ guard: ({ context }) => context.tries < 3, target: 'asking', reenter: true }, { target: 'gaveUp' }],
      },
    },
    answered: {},
    gaveUp: {},
  },
});

const server = setup({
  types: { events: {} as Message & { from: string } },
  actions: { answer: (_, _params: { to: string }) => undefined },
}).createMachine({
  id: 'server',
  on: { ask: { actions: { type: 'answer', params: ({ event }) => ({ to: event.from }) } } },
});

export default defineProtocol({
  name: 'ping-xstate',
  nodes: ['client', 'server'],
  actor: (id) =>
    machineActor<Message>({ initialTransition, transition }, id === 'client' ? client : server, {
      onMessage: (from, message) => ({ ...message, from }),
      actions: {
        ask: (ctx) => ctx.send('server', { type: 'ask' }),
        answer: (ctx, { to }: { to: string }) => ctx.send(to, { type: 'answer' }),
      },
    }),
  check: (world) => {
    if (!world.isAlive('client') || !world.isAlive('server')) return 'vacuous';
    const { value } = world.state('client');
    return value === 'answered' ? 'holds' : { violated: `the client is ${String(value)}` };
  },
  checks: [
    { name: 'two-losses', eot: 11, eff: 5, expect: 'holds' },
    { name: 'three-losses', eot: 11, eff: 9, expect: 'violated' },
    { name: 'crash', eot: 11, eff: 5, crashes: 1, expect: 'holds', allow: ['excused-fault'] },
  ],
});
