import { expect, test } from 'vitest';
import { callsOf } from '../../../src/live/nodes/calls.js';
import type { RunRecord, Sent } from '../../../src/live/nodes/record.js';

let order = 0;
const sent = (id: string, from: string, to: string, tick: number, change: Partial<Sent> = {}): Sent => ({
  ...{ id, from, to, body: { type: 'm' }, sent: { tick, order: order++ }, parent: undefined, fault: undefined },
  ...{ kinds: ['omission', 'crash'], fate: 'delivered', hasOlderAnswer: false },
  arrivals: [{ tick: tick + 1, order: order++ }],
  ...change,
});

const record = (messages: readonly Sent[], fired: RunRecord['fired'] = []): RunRecord => ({
  ...{ fired, messages, happenings: [], history: [], live: [], end: 9, stderr: {}, misconduct: [] },
});

const kindsOf = (messages: readonly Sent[], fired?: RunRecord['fired']) =>
  Object.fromEntries(callsOf(record(messages, fired)).map(({ id, kinds }) => [id, kinds]));

test('a crash is offered where the node has said something since the one before', () => {
  const messages = [
    ...[
      sent('first', 'b', 'a', 1),
      sent('answer', 'a', 'b', 2),
      sent('second', 'b', 'a', 3),
      sent('third', 'b', 'a', 5),
    ],
    sent('fourth', 'b', 'a', 5),
  ];
  expect(kindsOf(messages)).toMatchObject({
    first: ['omission', 'crash'],
    second: ['omission', 'crash'],
    third: ['omission'],
    // At the same tick as the one before: an answer to that may be on its way.
    fourth: ['omission', 'crash'],
  });
  const fault = { call: 'third', kind: 'crash' };
  expect(kindsOf(messages, [fault])).toMatchObject({ third: ['omission', 'crash'] });
});

test('what was cut off, not handled or on its way at the end is no call, unless a fault has hit it', () => {
  const lost = { call: 'lost', kind: 'omission' };
  const messages = [
    sent('cut', 'a', 'b', 1, { fate: 'cut', arrivals: [] }),
    sent('down', 'a', 'b', 1, { fate: 'down', arrivals: [] }),
    sent('flying', 'a', 'b', 1, { fate: 'flying', arrivals: [] }),
    sent('lost', 'a', 'b', 1, { fate: 'lost', arrivals: [], fault: lost }),
    sent('answer', 'a', 'c1', 1, { kinds: [] }),
    sent('told', 'a', 'b', 1),
  ];
  expect(Object.keys(kindsOf(messages, [lost]))).toEqual(['lost', 'told']);
});

test('an old state is a fault where it gives another answer, or where it lasts', () => {
  const kinds = ['omission', 'stale', 'stale:5'];
  const read = (id: string, change: Partial<Sent>) => sent(id, 'n0', 'seq-kv', 1, { kinds, ...change });
  const calls = [read('a', { hasOlderAnswer: true }), read('b', {}), read('c', {})];
  expect(kindsOf(calls, [{ call: 'c', kind: 'stale' }])).toEqual({ a: kinds, b: ['omission', 'stale:5'], c: kinds });
});
