/**
 * Plain data: texts tell apart what handlers can, and copies share nothing.
 */
import { runInNewContext, runInThisContext } from 'node:vm';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clonePlain, NotPlain, Snapshot, samePlain, snapshot } from '../../src/protocol/data/plain.js';
import { parsePlain, textOf } from '../../src/protocol/data/plain-text.js';

import { objectsIn, plain, same } from './arbitraries.js';

const RUNS = { numRuns: 2_000 };

test('texts are equal exactly where values are, order included', () => {
  fc.assert(
    fc.property(plain, plain, (a, b) => {
      expect(snapshot(a).text === snapshot(b).text).toBe(same(a, b));
    }),
    RUNS,
  );
});

test('copies are equal, and share nothing', () => {
  fc.assert(
    fc.property(plain, (value) => {
      const { text, copy } = snapshot(value);
      const clone = clonePlain(value);
      expect(same(copy, value)).toBe(true);
      expect(same(clone, value)).toBe(true);
      expect(snapshot(clone).text).toBe(text);
      const all = [value, copy, clone].flatMap((one) => [...objectsIn(one)]);
      expect(new Set(all).size).toBe(all.length);
    }),
    RUNS,
  );
});

test('comparisons say what texts say', () => {
  fc.assert(
    fc.property(plain, plain, (a, b) => {
      expect(samePlain(a, b)).toBe(same(a, b));
      expect(samePlain(a, snapshot(a).copy)).toBe(true);
    }),
    RUNS,
  );
});

test('texts can be read back', () => {
  fc.assert(
    fc.property(plain, (value) => {
      const { text } = snapshot(value);
      expect(same(parsePlain(text), value)).toBe(true);
      expect(Snapshot.fromText(text).text).toBe(text);
      expect(same(Snapshot.fromText(text).copy, value)).toBe(true);
    }),
    RUNS,
  );
});

test('what differs only a little', () => {
  const values = [
    {},
    [],
    new Map(),
    new Set(),
    Object.create(null),
    '',
    '{}',
    '[]',
    0,
    -0,
    '0',
    0n,
    null,
    undefined,
    Number.NaN,
    'NaN',
    [undefined],
    [null],
    [[]],
    { a: undefined },
    { a: 1, b: 2 },
    { b: 2, a: 1 },
    new Set([1, 2]),
    new Set([2, 1]),
    new Map([[1, 2]]),
    new Map([['1', 2]]),
    [1, 2],
    [12],
    ['1,2'],
  ];
  expect(new Set(values.map((value) => snapshot(value).text)).size).toBe(values.length);
});

test('data of another realm is as plain as that of this one', () => {
  const make = "({ a: [1, { b: null }], m: new Map([['k', new Set([1])]]) })";
  const foreign: unknown = runInNewContext(make);
  const own: unknown = runInThisContext(make);
  expect(Object.getPrototypeOf(foreign)).not.toBe(Object.prototype);
  expect(snapshot(foreign).text).toBe(snapshot(own).text);
  expect(same(snapshot(foreign).copy, own)).toBe(true);
  expect(() => snapshot(runInNewContext('new (class Object {})()'))).toThrow('is an instance of class Object');
  expect(() => snapshot(runInNewContext('new Date(0)'))).toThrow('is a Date');
});

test('the path to what is not plain', () => {
  const at = (value: unknown): string => {
    try {
      snapshot(value);
    } catch (error) {
      if (error instanceof NotPlain) return error.path;
    }
    return 'none';
  };
  const bad = (): void => undefined;
  expect(at(bad)).toBe('');
  expect(at({ peers: [1, { 'a b': bad }] })).toBe('.peers[1]["a b"]');
  expect(at(new Map([['k', [bad]]]))).toBe('.k[0]');
  expect(at([new Set([1, bad])])).toBe('[0][1]');
});

test('a getter is refused, not called', () => {
  const value = {
    get x(): never {
      throw new Error('called');
    },
  };
  expect(() => snapshot({ a: 1, value })).toThrow('.value.x is a getter');
});

test('one object in two places of what was taken before has a text', () => {
  const fact = { said: 'hello' };
  expect(textOf([fact, fact])).toBe('[{"said":"hello",},{"said":"hello",}]');
});

test('too deep and too large', () => {
  let deep: unknown = 0;
  for (let i = 0; i < 5_000; i++) deep = [deep];
  expect(() => snapshot(deep)).toThrow('nested deeper than 100 levels');
  expect(() => snapshot(['x'.repeat(1_100_000)])).toThrow('is larger than');
  expect(() => snapshot(Array.from({ length: 1_100_000 }, () => ({})))).toThrow('is larger than');
});
