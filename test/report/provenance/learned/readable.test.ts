/**
 * Values and states as people read them.
 */
import { describe, expect, it } from 'vitest';
import { entriesOf } from '../../../../src/report/provenance/learned/entries.js';
import { entryText } from '../../../../src/report/provenance/learned/facts.js';
import { readableMessage } from '../../../../src/report/provenance/learned/readable.js';

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
    entriesOf({ alive: true, state, log, history: [], failure: undefined }).map(entryText);

  it('take containers apart whatever their size, so that runs that grow alike have the same entries', () => {
    expect(texts({ has: true, yes: ['p', 'q'], none: [] })).toEqual([
      'has = true',
      'yes[0] = "p"',
      'yes[1] = "q"',
      'none = []',
    ]);
    const long = 'x'.repeat(40);
    expect(texts({ of: new Map([[long, 1]]), seen: new Set([long, 'a']), votes: { a: true } })).toEqual([
      `of["${long}"] = 1`,
      `seen has "${long}"`,
      'seen has "a"',
      'votes.a = true',
    ]);
    const [first, second] = [{ term: 1 }, { term: 2 }];
    const one = texts({ log: [first] });
    expect(texts({ log: [first, second] }).slice(0, 1)).toEqual(one);
    expect(one).toEqual(['log[0] = { term: 1 }']);
  });

  it('take a record that is an item apart only if it is deep or long', () => {
    expect(texts({ log: [{ term: 1, of: { a: 1 } }] })).toEqual(['log[0].term = 1', 'log[0].of.a = 1']);
    const long = 'x'.repeat(130);
    expect(texts({ log: [{ value: long, term: 1 }] })).toEqual([`log[0].value = "${long}"`, 'log[0].term = 1']);
  });

  it('cover states that are no objects, logs and failures', () => {
    expect(texts(3, [{ a: 1 }])).toEqual(['state = 3', 'logged[0] = { a: 1 }']);
    expect(
      entriesOf({ alive: true, state: undefined, log: [], history: [], failure: 'onMessage threw Error: x' }).map(
        entryText,
      ),
    ).toEqual(['onMessage threw Error: x']);
  });
});
