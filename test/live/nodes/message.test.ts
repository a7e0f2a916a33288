import { describe, expect, test } from 'vitest';
import {
  familyOf,
  type Message,
  MOST_CHARACTERS,
  Namer,
  nameOf,
  parseMessage,
} from '../../../src/live/nodes/message.js';

const message = (body: Record<string, unknown>, src = 'n0', dest = 'n1'): Message => ({
  src,
  dest,
  body: { type: 'add', ...body },
});

describe('a line of a program', () => {
  test('is a message', () => {
    const line = '{"id":3,"src":"n0","dest":"c1","body":{"type":"read_ok","in_reply_to":2,"value":[1,{"a":null}]}}';
    expect(parseMessage(line)).toEqual({
      message: { src: 'n0', dest: 'c1', body: { type: 'read_ok', in_reply_to: 2, value: [1, { a: null }] } },
    });
  });

  test.each([
    ['hello', 'it is not JSON'],
    ['[1]', 'it is no message'],
    ['{"src":"n0","dest":"n1"}', 'body'],
    ['{"src":"n0","dest":"n1","body":{"type":7}}', 'body.type'],
    ['{"src":"n0","dest":"n1","body":{"type":"x","msg_id":"one"}}', 'body.msg_id'],
    [`{"src":"n0","dest":"n1","body":{"type":"x","v":${'['.repeat(200)}${']'.repeat(200)}}}`, 'nested more than 100'],
    [`"${'x'.repeat(MOST_CHARACTERS)}"`, 'longer than'],
  ])('or is refused: %.60s', (line, problem) => {
    const parsed = parseMessage(line);
    expect('problem' in parsed && parsed.problem).toContain(problem);
  });
});

describe('the name of a message', () => {
  test('does not hang on numbers of messages, nor on the order of fields', () => {
    const name = nameOf(message({ msg_id: 1, element: 4, by: 'x' }));
    expect(nameOf(message({ by: 'x', msg_id: 9, in_reply_to: 3, element: 4 }))).toBe(name);
    expect(nameOf(message({ msg_id: 1, element: 5, by: 'x' }))).not.toBe(name);
    expect(name).toMatch(/^n0 > n1 add [0-9a-f]{8}$/);
    expect(nameOf(message({ msg_id: 1 }))).toBe('n0 > n1 add');
  });

  test('counts equal ones, so that a retry is a message of its own', () => {
    const namer = new Namer();
    expect([message({}), message({}), message({}, 'n1', 'n0')].map((it) => namer.idOf(it))).toEqual([
      'n0 > n1 add #1',
      'n0 > n1 add #2',
      'n1 > n0 add #1',
    ]);
  });

  test('is that of its family where that is grouped', () => {
    const namer = new Namer(new Set([familyOf(message({}))]));
    expect([message({ a: 1 }), message({ a: 2 })].map((it) => namer.idOf(it))).toEqual([
      'n0 > n1 add *',
      'n0 > n1 add *',
    ]);
  });
});
