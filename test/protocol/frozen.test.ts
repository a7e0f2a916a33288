/**
 * Frozen data: as much a part of a state as its values are, because a handler that changes it throws.
 */
import { describe, expect, test } from 'vitest';
import { clonePlain, snapshot } from '../../src/protocol/data/plain.js';
import { parsePlain, textOf } from '../../src/protocol/data/plain-text.js';
import { type Ctx, complaint, found, type Loose, onMessage, WHERE } from './cheats.js';

const MODULE = Object.freeze({ k: 0 });

describe('a handler that changes what is frozen throws, at whatever tick', () => {
  const THREW = /^onMessage threw TypeError: Cannot assign to read only property 'k'/;

  test.each<[string, (ctx: Ctx) => unknown]>([
    ['the state', (ctx) => Object.assign(Object.freeze(ctx.state), { k: 1 })],
    ['a part of the state', (ctx) => (ctx.state.f.k = 1)],
    ['a constant of the module', () => ((MODULE as Loose).k = 1)],
  ])('%s', async (_, change) => {
    for (const lineage of ['auto', 'run'] as const) {
      const state = () => ({ n: 0, k: 0, f: Object.freeze({ k: 0 }) });
      const { verdict, error } = await found({ state, ...onMessage((ctx) => void change(ctx)) }, lineage);
      expect(error?.message).toBeUndefined();
      expect(verdict?.kind).toBe('violated-failure-free');
      expect(verdict?.counterexamples[0]?.witnesses[0]).toEqual(['b', expect.stringMatching(THREW)]);
    }
  });

  test('where it takes a loss: found by transitions that were only tried', async () => {
    const state = () => ({ n: 0, f: Object.freeze({ k: 0 }) });
    const gap = onMessage((ctx, message) => {
      if (message.n > ctx.state.n + 1) ctx.state.f.k = 1;
      ctx.state.n = message.n;
    });
    const [learned, whole] = [await found({ state, ...gap }), await found({ state, ...gap }, 'run')];
    expect(learned.system.fallback).toBeUndefined();
    expect(learned.verdict?.statistics.lineage?.mode).toBe('learned');
    expect(learned.verdict?.kind).toBe('violated');
    const faults = (it: typeof learned) => it.verdict?.counterexamples.map((one) => one.faults);
    expect(faults(learned)).toEqual(faults(whole));
  });
});

describe('frozen data that is left alone', () => {
  test('a state that is frozen and replaced', async () => {
    const { verdict, system } = await found({
      state: () => Object.freeze({ n: 0, log: Object.freeze([]) }),
      actor: () => ({
        onTimer(ctx: Ctx) {
          ctx.state = Object.freeze({ ...ctx.state, n: ctx.state.n + 1 });
          ctx.send('b', ctx.state);
        },
        onMessage(ctx: Ctx, _from: string, message: Loose) {
          ctx.state = Object.freeze({ n: message.n, log: Object.freeze([...ctx.state.log, message.n]) });
        },
      }),
    });
    expect([verdict?.kind, system.fallback]).toEqual(['holds', undefined]);
  });

  test('a message is the receiver\u2019s own', async () => {
    const { verdict, system } = await found({
      actor: () => ({
        onTimer: (ctx: Ctx) => ctx.send('b', Object.freeze({ n: ++ctx.state.n })),
        onMessage(ctx: Ctx, _from: string, message: Loose) {
          message.n++;
          ctx.state.n = message.n;
        },
      }),
    });
    expect([verdict?.kind, system.fallback]).toEqual(['holds', undefined]);
  });

  test('what is neither frozen nor open is refused', async () => {
    const words = await complaint(
      onMessage((ctx) => {
        ctx.state.f = Object.seal({ k: 0 });
      }),
    );
    expect(words).toMatch(/^not-plain: .*ctx\.state\.f is sealed: freeze it, or leave it open/);
    expect(words).toMatch(WHERE);
  });

  test('texts and copies tell', () => {
    const value = { list: Object.freeze([1, Object.freeze(new Map([['k', {}]]))]), open: {} };
    const { text, copy } = snapshot(value, true);
    expect(text).toBe('{"list":F[1,FM["k":{},]],"open":{},}');
    expect(snapshot(value).text).toBe('{"list":[1,M["k":{},]],"open":{},}');
    expect(textOf(parsePlain(text))).toBe(text);
    expect(textOf(copy)).toBe(text);
    const again = clonePlain(copy);
    expect([again, again.list, again.list[1], again.open].map(Object.isFrozen)).toEqual([false, true, true, false]);
  });
});
