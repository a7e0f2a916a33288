import { expect, test } from 'vitest';
import { causalPast } from '../../../src/live/nodes/lineage.js';
import type { Sent } from '../../../src/live/nodes/record.js';

/** A message from one name to another, sent and handled at these moments. */
const sent = (id: string, from: string, to: string, order: number, arrival?: number): Sent => ({
  ...{ id, from, to, body: { type: 'm' }, sent: { tick: 0, order }, parent: undefined, kinds: [], fault: undefined },
  hasOlderAnswer: false,
  fate: arrival === undefined ? 'lost' : 'delivered',
  arrivals: arrival === undefined ? [] : [{ tick: 0, order: arrival }],
});

test('what a node had received before it answered, and what the senders had', () => {
  const messages = [
    sent('client asks a', 'c1', 'a', 0, 1),
    sent('a tells b', 'a', 'b', 2, 5),
    sent('lost', 'a', 'b', 3),
    sent('c tells a, too late for b', 'c', 'a', 4, 6),
    sent('c tells b', 'c', 'b', 7, 8),
    sent('answer of b', 'b', 'c2', 9, 10),
    sent('b hears more', 'a', 'b', 11, 12),
  ];
  const answer = messages.filter(({ id }) => id === 'answer of b');
  expect(causalPast(answer, messages)).toEqual(['client asks a', 'a tells b', 'c tells b']);
});

test('later answers of the same node rest on more, whichever is looked at first', () => {
  const messages = [
    sent('1', 'c', 'a', 0, 1),
    sent('first', 'a', 'c', 2, 3),
    sent('2', 'c', 'a', 4, 5),
    sent('second', 'a', 'c', 6, 7),
  ];
  const answers = messages.filter(({ from }) => from === 'a');
  expect(causalPast(answers, messages)).toEqual(['1', '2']);
  expect(causalPast([...answers].reverse(), messages)).toEqual(['1', '2']);
  expect(causalPast(answers.slice(0, 1), messages)).toEqual(['1']);
});

test('messages in a circle', () => {
  const messages = [
    ...[sent('a1', 'a', 'b', 0, 1), sent('b1', 'b', 'a', 2, 3), sent('a2', 'a', 'b', 4, 5)],
    sent('answer', 'b', 'c', 6, 7),
  ];
  expect(causalPast(messages.slice(-1), messages)).toEqual(['a1', 'b1', 'a2']);
});
