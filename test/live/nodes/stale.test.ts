/**
 * Old states: what the stores show is what their contracts allow.
 */
import { describe, expect, test } from 'vitest';
import { prng } from '../../../src/core/prng.js';
import { freshServices } from '../../../src/live/nodes/services/index.js';
import type { Answer, Service } from '../../../src/live/nodes/services/service.js';
import { type Asked, hasOrder, step } from './orders.js';

const HISTORIES = 1_500;
const KEYS = ['x', 'y'];

interface Told extends Asked {
  readonly isStale: boolean;
  /** Whether the store said before that an old state would give another answer. */
  readonly isOther: boolean;
}

function storeOf(name: string): Service {
  const store = freshServices().get(name);
  if (!store) throw new Error(`no service ${name}`);
  return store;
}

function toldBy({ type, value, code }: Answer): Asked['told'] {
  if (type === 'error') return code === 20 ? 'none' : 'other';
  return type === 'read_ok' ? (value as number) : 'ok';
}

/** Random requests of three clients to a store; half of them are stale. */
function randomHistory(name: string, seed: number): Told[] {
  const below = prng(seed);
  const store = storeOf(name);
  return Array.from({ length: 4 + below(7) }, (): Told => {
    const client = `n${below(3)}`;
    const key = KEYS[below(2)] as string;
    const isStale = below(2) === 0;
    const type = (['read', 'read', 'write', 'cas'] as const)[below(4)] ?? 'read';
    const creates = below(2) === 0;
    const asked = {
      read: { client, type, key },
      write: { client, type, key, value: below(4) },
      cas: { client, type, key, from: below(4), to: below(4), creates },
    }[type];
    const body = { ...asked, ...(creates && { create_if_not_exists: true }) };
    const isOther = store.hasOlderAnswer(body, client);
    return { ...asked, told: toldBy(store.handle(body, client, isStale)), isStale, isOther };
  });
}

/** What one copy would have answered. */
function strict(history: readonly Asked[]): Asked['told'][] {
  let state = {};
  return history.map((asked) => {
    const [told, next] = step(state, asked);
    state = next;
    return told;
  });
}

const seeds = Array.from({ length: HISTORIES }, (_, i) => i + 1);

describe('seq-kv', () => {
  const histories = seeds.map((seed) => randomHistory('seq-kv', seed));

  test('is sequentially consistent in every history, by brute force', () => {
    for (const history of histories) expect(hasOrder(history), JSON.stringify(history)).toBe(true);
  });

  test('shows old values in many', () => {
    const old = histories.filter((history) => strict(history).some((told, i) => told !== history[i]?.told));
    expect(old.length).toBeGreaterThan(HISTORIES / 10);
  });

  test('a client that is shown an old value is told what it must not have seen already', () => {
    // The check by brute force is one that can fail.
    const spoilt = histories.filter((history) =>
      history.some(
        ({ told }, i) => typeof told === 'number' && !hasOrder(history.with(i, { ...(history[i] as Told), told: 9 })),
      ),
    );
    expect(spoilt.length).toBeGreaterThan(HISTORIES / 10);
    const back = [
      { client: 'n0', type: 'write', key: 'x', value: 1, told: 'ok' },
      { client: 'n1', type: 'read', key: 'x', told: 1 },
      { client: 'n1', type: 'read', key: 'x', told: 'none' },
    ] as const;
    expect([hasOrder(back), hasOrder(back.slice(0, 2)), hasOrder([back[0], back[2]])]).toEqual([false, true, true]);
  });
});

describe('what a store says of an old answer is so', () => {
  test.each(['seq-kv', 'lww-kv', 'lin-kv'])('%s: where there is no other, a stale request changes nothing', (name) => {
    let others = 0;
    for (const seed of seeds) {
      const history = randomHistory(name, seed);
      others += history.filter(({ isOther, isStale }) => isOther && isStale).length;
      // The same requests, and those without an older answer as if they were not stale.
      const store = storeOf(name);
      for (const { told, isStale, isOther, creates, ...asked } of history) {
        const body = { ...asked, ...(creates && { create_if_not_exists: true }) };
        expect(toldBy(store.handle(body, asked.client, isStale && isOther))).toBe(told);
      }
    }
    if (name === 'lin-kv') expect(others).toBe(0);
    else expect(others).toBeGreaterThan(HISTORIES / 10);
  });
});

describe('lww-kv', () => {
  test('shows what a key held at some time, and in the end what was written last', () => {
    let forgotten = 0;
    for (const seed of seeds) {
      const past = new Map<string, (number | 'none')[]>(KEYS.map((key) => [key, ['none']]));
      for (const { type, key, told, value, from, to, creates, isStale } of randomHistory('lww-kv', seed)) {
        const held = past.get(key) ?? [];
        const now = held.at(-1);
        const seen = isStale && type !== 'write' ? held : [now];
        if (type === 'read') expect(seen).toContain(told);
        if (type === 'cas' && told === 'none') expect(seen).toContain('none');
        if (type === 'cas' && told === 'other') expect(seen.some((it) => it !== from && it !== 'none')).toBe(true);
        if (type === 'cas' && told === 'ok')
          expect(seen.some((it) => it === from || (creates && it === 'none'))).toBe(true);
        if (type === 'cas' && told === 'ok' && now !== from && now !== 'none') forgotten++;
        if (type === 'write') held.push(value as number);
        if (type === 'cas' && told === 'ok') held.push(to as number);
      }
    }
    expect(forgotten).toBeGreaterThan(0);
  });

  test('may hide from a client what it wrote itself, as seq-kv never does', () => {
    const read = { type: 'read', key: 'x' };
    const told = ['lww-kv', 'seq-kv'].map((name) => {
      const store = storeOf(name);
      store.handle({ type: 'write', key: 'x', value: 1 }, 'n0');
      return store.handle(read, 'n0', true).type;
    });
    expect(told).toEqual(['error', 'read_ok']);
  });
});
