/**
 * The types of a protocol: states and messages are inferred, and what does not fit does not compile. The compiler is the test; `npm test` runs it.
 */
import { expectTypeOf, test } from 'vitest';
import { type Context, defineProtocol, type Protocol } from '../../src/index.js';

type Message = { readonly kind: 'ask' } | { readonly kind: 'answer'; readonly value: number };

test('states and messages are inferred', () => {
  const protocol = defineProtocol({
    name: 'inferred',
    nodes: ['a', 'b'],
    types: {} as { message: Message },
    state: (id) => ({ id, known: new Map<string, number>() }),
    actor: () => ({
      init(ctx) {
        expectTypeOf(ctx.state).toEqualTypeOf<{ id: string; known: Map<string, number> }>();
        ctx.broadcast({ kind: 'ask' });
        // @ts-expect-error: there is no such message
        ctx.broadcast({ kind: 'tell' });
      },
      onMessage(ctx, from, message) {
        expectTypeOf(from).toEqualTypeOf<string>();
        if (message.kind === 'answer') ctx.state.known.set(from, message.value);
        // @ts-expect-error: an answer has a value
        else ctx.send(from, { kind: 'answer' });
      },
      onTimer(ctx, name) {
        expectTypeOf(name).toEqualTypeOf<string>();
        // @ts-expect-error: the state has no such property
        ctx.state.unknown = 1;
      },
    }),
    check: (world) => {
      expectTypeOf(world.state('a').known).toEqualTypeOf<Map<string, number>>();
      return world.state('a').known.size > 0 ? 'holds' : { violated: ['a', 'knows nothing', 0] };
    },
  });
  expectTypeOf(protocol).toExtend<Protocol<{ id: string; known: Map<string, number> }, Message>>();
});

test('a state that `init` assigns', () => {
  defineProtocol({
    name: 'assigned',
    nodes: ['a', 'b'],
    types: {} as { state: { known: number[] }; message: Message; fact: string },
    actor: (id) => ({
      init(ctx) {
        ctx.state = { known: [] };
        // @ts-expect-error: no such state
        ctx.state = { known: id };
        ctx.log('started');
        // @ts-expect-error: facts are strings
        ctx.log(1);
      },
      onMessage(ctx, _from, message) {
        if (message.kind === 'answer') ctx.state.known.push(message.value);
      },
    }),
    check: (world) => {
      expectTypeOf(world.log('a')).toEqualTypeOf<readonly string[]>();
      return world.state('a').known.length > 0 ? 'holds' : 'vacuous';
    },
  });
});

test('from the parameters that a handler states, if nothing before it needs them', () => {
  const protocol = defineProtocol({
    name: 'stated',
    nodes: ['a', 'b'],
    actor: () => ({
      init(ctx: Context<{ n: number }, Message, string>) {
        ctx.state = { n: 0 };
      },
      onMessage(ctx, _from, message) {
        if (message.kind === 'answer') ctx.state.n += message.value;
        // @ts-expect-error: there is no such message
        ctx.broadcast({ kind: 'tell' });
      },
    }),
    check: (world) => (world.state('a').n > 0 ? 'holds' : 'vacuous'),
  });
  expectTypeOf(protocol).toExtend<Protocol<{ n: number }, Message, string>>();
});

test('or given, with facts', () => {
  defineProtocol<{ n: number }, Message, string>({
    name: 'given',
    nodes: ['a'],
    actor: () => ({
      init(ctx) {
        ctx.state = { n: 0 };
        ctx.log('started');
        // @ts-expect-error: facts are strings
        ctx.log(1);
      },
    }),
    // @ts-expect-error: no such answer
    check: (world) => (world.log('a').includes('started') ? 'holds' : 'broken'),
  });
});

test('handlers that run to completion, whatever they return', () => {
  type State = { n: number; seen: Set<string> };
  const parts = { name: 'done', nodes: ['a'], state: (): State => ({ n: 0, seen: new Set() }) };
  const check = (): 'holds' => 'holds';
  defineProtocol({
    ...parts,
    actor: () => ({
      init: (ctx) => ctx.state.seen.add(ctx.id),
      onTimer: (ctx, name) => ctx.state.n > 3 && ctx.send(name, null),
      onMessage: (ctx, from) => (ctx.state.seen.has(from) ? undefined : ctx.state.n++),
    }),
    check,
  });
  defineProtocol({
    ...parts,
    actor: () => ({
      // @ts-expect-error: async
      async init(ctx) {
        ctx.state.n = 1;
      },
      // @ts-expect-error: a generator
      *onTimer(ctx) {
        ctx.state.n = 1;
        yield;
      },
      // @ts-expect-error: both
      async *onMessage(ctx) {
        ctx.state.n = 1;
        yield;
      },
    }),
    check,
  });
  defineProtocol({
    ...parts,
    actor: () => ({
      // @ts-expect-error: returns a promise
      init: (ctx) => Promise.resolve(ctx.state.n),
      // @ts-expect-error: returns a promise now and then
      onTimer: (ctx) => (ctx.state.n > 0 ? Promise.resolve() : undefined),
    }),
    check,
  });
});
