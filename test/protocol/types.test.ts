/**
 * The types of a protocol: states and messages are inferred, and what does not fit does not compile. The compiler is
 * the test; `npm test` runs it.
 */
import { expectTypeOf, test } from 'vitest';
import { type Actor, type Context, defineProtocol, type Protocol, sansIo } from '../../src/index.js';

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

type Event =
  | { readonly type: 'start' }
  | { type: 'got'; from: string; values: number[] }
  | { type: 'late'; left?: [1 | 2] };
type Effect = { readonly to: string; readonly value: number } | { readonly wake: number };
declare const step: (state: { n: number }, event: Event) => readonly [{ n: number }, readonly Effect[]];

test('a core without type parameters: events and effects as in `step`, messages as in `types`', () => {
  const protocol = () =>
    defineProtocol({
      name: 'core',
      nodes: ['a', 'b'],
      types: {} as { message: Message; fact: string },
      state: () => ({ n: 0 }),
      check: () => 'holds',
      actor: (id) =>
        sansIo({
          step,
          start: () => (id === 'a' ? { type: 'start' } : undefined),
          onMessage(from, message) {
            expectTypeOf(message).toEqualTypeOf<Message>();
            return { type: 'got', from, values: message.kind === 'answer' ? [message.value] : [] };
          },
          onTimer: () => ({ type: 'late', left: [1] }),
          perform(ctx, effect) {
            expectTypeOf(effect).toEqualTypeOf<Effect>();
            expectTypeOf(ctx.state).toEqualTypeOf<{ n: number }>();
            ctx.log('a fact');
            if ('wake' in effect) ctx.setTimer('late', effect.wake);
            else ctx.send(effect.to, { kind: 'answer', value: effect.value });
            // @ts-expect-error: there is no such message
            ctx.broadcast({ kind: 'tell' });
          },
        }),
    });
  expectTypeOf(protocol).returns.toExtend<Protocol<{ n: number }, Message, string>>();
});

test('a core by itself: messages as `onMessage` states them, and no other events', () => {
  const onMessage = (from: string, message: number): Event => ({ type: 'got', from, values: [message] });
  const perform = (): void => undefined;
  const actor = () =>
    sansIo({
      step,
      start: () => ({ type: 'start' }),
      onMessage: (from, value: number) => ({ type: 'got', from, values: [value] }),
      perform: (ctx, effect) => ('to' in effect ? ctx.send(effect.to, effect.value) : undefined),
    });
  expectTypeOf(actor).returns.toExtend<Actor<{ n: number }, number>>();
  // @ts-expect-error: there is no such event
  const event = () => sansIo({ step, onMessage, perform, onTimer: () => ({ type: 'soon' }) });
  // @ts-expect-error: values are numbers
  const values = () => sansIo({ step, perform, onMessage: (from) => ({ type: 'got', from, values: ['1'] }) });
  // @ts-expect-error: a start is an event
  const start = () => sansIo({ step, onMessage, perform, start: () => ({ kind: 'start' }) });
  expectTypeOf([event, values, start]).toBeArray();
});
