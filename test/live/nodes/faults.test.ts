import { describe, expect, test } from 'vitest';
import { faultsFrom, faultText, kindsAt, kindsFrom } from '../../../src/live/nodes/faults.js';

test('a list of kinds; a delay of up to two ticks is one of one tick, too', () => {
  expect(kindsFrom('omission, crash,delay:2,partition')).toEqual([
    ...['omission', 'crash', 'delay:1', 'delay:2', 'partition:10'],
  ]);
});

test.each([
  '',
  'omision',
  'crash:2',
  'delay:0',
  'delay:99',
  'delay:2:3',
  'omission,omission',
  'delay:1,delay:2',
  'split:5:n0',
])('is refused: %s', (list) => {
  expect(() => kindsFrom(list)).toThrow(expect.objectContaining({ code: 'bad-options' }));
});

test('faults are read as they are printed', () => {
  const faults = [
    { kind: 'omission', call: 'n0 > n1 add 5c1e22b0 #1' },
    { kind: 'delay:2', call: 'n1 > seq-kv read #2' },
  ];
  expect(faultsFrom(faults.map(faultText).join('; '))).toEqual(faults);
  expect(faultsFrom('partition @ a > b c #1')).toEqual([{ kind: 'partition:10', call: 'a > b c #1' }]);
  expect(faultsFrom('split:20:n0+n3 @ n0 > n1 c #1')).toEqual([{ kind: 'split:20:n0+n3', call: 'n0 > n1 c #1' }]);
});

test.each([
  'omission',
  'omission @',
  'loss @ n0 > n1 a #1',
  'split:20:n0+ @ n0 > n1 a #1',
  'crash @ n0 > n1 a #1; omission @ n0 > n1 a #1',
])('or refused: %s', (text) => {
  expect(() => faultsFrom(text)).toThrow(expect.objectContaining({ code: 'bad-options' }));
});

describe('old states', () => {
  const at = (to: string, type: string) => kindsAt(['stale', 'stale:9'], { from: 'n0', to, type }, ['n0', 'n1']);

  test('are shown to reads of seq-kv, and to reads and compare-and-sets of lww-kv', () => {
    const stale = ['stale', 'stale:9'];
    expect(['read', 'write', 'cas'].map((type) => at('seq-kv', type))).toEqual([stale, [], []]);
    expect(['read', 'write', 'cas'].map((type) => at('lww-kv', type))).toEqual([stale, [], stale]);
    for (const to of ['lin-kv', 'lin-tso', 'n1', 'c1', 'constructor']) expect(at(to, 'read')).toEqual([]);
  });
});

describe('splits', () => {
  const at = (count: number) => {
    const nodes = Array.from({ length: count }, (_, i) => `n${i}`);
    return kindsAt(['split:20'], { from: 'n1', to: 'n0', type: 'm' }, nodes);
  };

  test('are those that the message does not get across, the smallest first, each once', () => {
    expect(at(2)).toEqual(['split:20:n1']);
    expect(at(3)).toEqual(['split:20:n0', 'split:20:n1']);
    expect(at(4)).toEqual(['split:20:n0', 'split:20:n1', 'split:20:n1+n2', 'split:20:n1+n3']);
    expect(at(5)).toHaveLength(8);
    expect(at(5).slice(0, 3)).toEqual(['split:20:n0', 'split:20:n1', 'split:20:n0+n2']);
  });

  test('of more than five nodes set the sender or the addressee apart', () => {
    expect(at(9)).toEqual(['split:20:n0', 'split:20:n1']);
  });

  test('that name their side are at messages across it', () => {
    const kinds = ['split:20', 'split:20:n0+n2', 'split:7:n0', 'split:7:n2', 'split:7:n9'];
    const route = { from: 'n0', to: 'n1', type: 'm' };
    expect(kindsAt(kinds, route, ['n0', 'n1', 'n2'])).toEqual(['split:20:n0', 'split:20:n1', 'split:7:n0']);
    expect(kindsAt(kinds, { ...route, to: 'seq-kv' }, ['n0', 'n1', 'n2'])).toEqual([]);
  });
});
