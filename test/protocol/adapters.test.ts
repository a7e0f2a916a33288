/**
 * Sans-IO cores and XState machines as actors: they are audited like any handlers, and the examples give their expected
 * verdicts.
 */

import { describe, expect, it } from 'vitest';
import { initialTransition, setup, transition } from 'xstate';
import ping from '../../specs/adapters/ping-xstate.js';
import { tickOf } from '../../src/faults/scenario.js';
import { check, defineProtocol, machineActor, sansIo, systemOf } from '../../src/index.js';

describe('a sans-IO core', () => {
  type Event = { type: 'start' } | { type: 'heard'; from: string } | { type: 'tick' };
  type Effect = { type: 'tell'; to: string } | { type: 'wake'; ticks: number } | { type: 'note'; fact: string };
  interface State {
    heard: string[];
  }
  const step = (state: State, event: Event): readonly [State, readonly Effect[]] => {
    if (event.type === 'heard')
      return [{ heard: [...new Set([...state.heard, event.from])].sort() }, [{ type: 'note', fact: event.from }]];
    return [
      state,
      [
        { type: 'tell', to: 'b' },
        { type: 'wake', ticks: 2 },
      ],
    ];
  };
  const protocol = defineProtocol({
    name: 'core',
    nodes: ['a', 'b'],
    state: (): State => ({ heard: [] }),
    actor: (id) =>
      sansIo<State, Event, Effect, 'hi', string>({
        step,
        start: () => (id === 'a' ? { type: 'start' } : undefined),
        onMessage: (from) => ({ type: 'heard', from }),
        onTimer: () => ({ type: 'tick' }),
        perform: (ctx, effect) => {
          if (effect.type === 'tell') ctx.send(effect.to, 'hi');
          else if (effect.type === 'wake') ctx.setTimer('tick', effect.ticks);
          else ctx.log(effect.fact);
        },
      }),
    check: (world) => (world.state('b').heard.includes('a') ? 'holds' : { violated: 'b has not heard of a' }),
  });

  it('runs as an actor: effects are sent, timers come back as events', async () => {
    const run = systemOf(protocol, { eot: 6, eff: 0, crashes: 0 }).simulate([]);
    expect(run.messages.map(({ from, to, sent }) => [from, to, sent])).toEqual([
      ['a', 'b', 1],
      ['a', 'b', 3],
      ['a', 'b', 5],
    ]);
    expect(run.finals[1]?.log).toEqual(['a', 'a', 'a']);
    expect((await check(protocol, { eot: 6, eff: 4 })).kind).toBe('holds');
    const broken = await check(protocol, { eot: 6, eff: 6 });
    expect(broken.counterexamples.map(({ faults }) => faults.map(tickOf))).toEqual([[1, 3, 5]]);
  });
});

describe('effects that are not done when they return', () => {
  const parts = { name: 'later', nodes: ['a'], check: () => 'holds' as const };
  const cheats: Record<string, () => never> = {
    'async ones': (async () => undefined) as () => never,
    generators: function* () {} as () => never,
  };
  for (const [name, cheat] of Object.entries(cheats))
    it(`${name} are refused, of a core and of a machine`, async () => {
      const step = (state: null): [null, number[]] => [state, [1]];
      const event = (): number => 0;
      const core = sansIo({ step, start: event, onMessage: event, perform: cheat });
      await expect(check(defineProtocol({ ...parts, state: () => null, actor: () => core }))).rejects.toThrow(
        /^init of a at tick 1 (is async or returns a promise|is a generator or returns one)/,
      );
      const machine = setup({ actions: { tell: () => undefined } }).createMachine({ entry: 'tell' });
      const options = { onMessage: () => ({ type: 'x' }), actions: { tell: cheat } };
      const actor = () => machineActor({ initialTransition, transition }, machine, options);
      await expect(check(defineProtocol({ ...parts, actor }))).rejects.toThrow(
        /^init of a at tick 1 (is async or returns a promise|is a generator or returns one)/,
      );
    });
});

describe('an XState machine', () => {
  it.each(ping.checks.map((it) => [it.name, it] as const))('%s: as expected, by learned transitions', async (_, it) => {
    const system = systemOf(ping, it);
    system.simulate([]);
    expect(system.fallback).toBeUndefined();
    expect((await check(ping, it)).kind).toBe(it.expect);
  });

  it('refuses what cannot be kept as plain data', async () => {
    const machine = setup({}).createMachine({
      initial: 'one',
      states: { one: { initial: 'x', states: { x: {}, back: { type: 'history' } }, on: { go: 'two' } }, two: {} },
    });
    const protocol = defineProtocol({
      name: 'history',
      nodes: ['a', 'b'],
      actor: () =>
        machineActor<{ type: string }>({ initialTransition, transition }, machine, {
          onMessage: (_, message) => message,
        }),
      check: () => 'holds',
    });
    const actor = protocol.definition.actor('a');
    expect(actor.onTimer).toBeDefined();
    // Leaving a state with a history child is what makes XState keep one.
    const sends = defineProtocol({
      ...protocol.definition,
      actor: (id) => {
        const inner = protocol.definition.actor(id);
        return {
          ...inner,
          init: (ctx) => {
            inner.init?.(ctx);
            if (id === 'a') ctx.send('b', { type: 'go' });
          },
        };
      },
    });
    await expect(check(sends, { eot: 4, eff: 2 })).rejects.toThrow(/history states/);
  });
});
