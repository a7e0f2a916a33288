import { describe, expect, test } from 'vitest';
import type { Body } from '../../../src/live/nodes/message.js';
import { freshServices, isService } from '../../../src/live/nodes/services/index.js';
import type { Answer } from '../../../src/live/nodes/services/service.js';

/** A fresh service, and how it answers a client. */
function service(name: string, client = 'n0') {
  const found = freshServices().get(name);
  if (!found) throw new Error(`no service ${name}`);
  return { handle: (body: Body): Answer => found.handle(body, client) };
}

describe.each(['seq-kv', 'lin-kv', 'lww-kv'])('%s', (name) => {
  test('reads what was written; a key that is not there is error 20', () => {
    const kv = service(name);
    expect(kv.handle({ type: 'read', key: 'x' })).toMatchObject({ type: 'error', code: 20 });
    expect(kv.handle({ type: 'write', key: 'x', value: [1] })).toEqual({ type: 'write_ok' });
    expect(kv.handle({ type: 'read', key: 'x' })).toEqual({ type: 'read_ok', value: [1] });
    expect(kv.handle({ type: 'read', key: ['x'] })).toMatchObject({ code: 20 });
  });

  test('cas replaces the value it expects, and no other', () => {
    const kv = service(name);
    const cas = { type: 'cas', key: 1, from: { a: 1 }, to: 2 };
    expect(kv.handle(cas)).toMatchObject({ type: 'error', code: 20 });
    expect(kv.handle({ ...cas, create_if_not_exists: true, to: { a: 1 } })).toEqual({ type: 'cas_ok' });
    expect(kv.handle(cas)).toEqual({ type: 'cas_ok' });
    expect(kv.handle(cas)).toMatchObject({ type: 'error', code: 22 });
    expect(kv.handle({ ...cas, create_if_not_exists: true })).toMatchObject({ type: 'error', code: 22 });
    expect(kv.handle({ type: 'read', key: 1 })).toEqual({ type: 'read_ok', value: 2 });
  });

  test('refuses what it does not know, and what is not whole', () => {
    expect(service(name).handle({ type: 'delete', key: 1 })).toMatchObject({ code: 10 });
    expect(service(name).handle({ type: 'write', key: 1 })).toMatchObject({ code: 12, text: 'write needs value' });
  });
});

test('lin-tso gives numbers that grow', () => {
  const tso = service('lin-tso');
  expect([1, 2, 3].map(() => tso.handle({ type: 'ts' }).ts)).toEqual([0, 1, 2]);
  expect(tso.handle({ type: 'read' })).toMatchObject({ code: 10 });
});

test('each experiment has services of its own', () => {
  service('lin-kv').handle({ type: 'write', key: 'x', value: 1 });
  expect(service('lin-kv').handle({ type: 'read', key: 'x' })).toMatchObject({ code: 20 });
  expect([isService('seq-kv'), isService('constructor'), isService('n0')]).toEqual([true, false, false]);
});
