/**
 * Values and states as people read them.
 */
import { describe, expect, it } from 'vitest';
import { entriesOf } from '../../../src/report/protocol/entries.js';
import { entryText } from '../../../src/report/protocol/facts.js';
import { readableMessage } from '../../../src/report/protocol/readable.js';

describe('messages', () => {
  it('are named by their tag', () => {
    expect(readableMessage({ kind: 'ack' })).toBe('ack');
    expect(readableMessage({ type: 'vote', yes: true })).toBe('vote { yes: true }');
    expect(readableMessage({ kind: 1 })).toBe('{ kind: 1 }');
    expect(readableMessage({ kind: 'a b' })).toBe('{ kind: "a b" }');
    expect(readableMessage('hello')).toBe('"hello"');
  });
});

describe('entries', () => {
  const texts = (state: unknown, log: unknown[] = []): string[] =>
    entriesOf({ alive: true, state, log, failure: undefined }).map(entryText);

  it('take large containers apart and leave small ones whole', () => {
    expect(texts({ has: true, yes: ['p', 'q'] })).toEqual(['has = true', 'yes = ["p", "q"]']);
    const long = 'x'.repeat(40);
    expect(texts({ log: [{ term: 1, value: long }], of: new Map([[long, 1]]), seen: new Set([long]) })).toEqual([
      'log[0].term = 1',
      `log[0].value = "${long}"`,
      `of["${long}"] = 1`,
      `seen has "${long}"`,
    ]);
  });

  it('cover states that are no objects, logs and failures', () => {
    expect(texts(3, [{ a: 1 }])).toEqual(['state = 3', 'logged[0] = { a: 1 }']);
    expect(
      entriesOf({ alive: true, state: undefined, log: [], failure: 'onMessage threw Error: x' }).map(entryText),
    ).toEqual(['onMessage threw Error: x']);
  });
});
