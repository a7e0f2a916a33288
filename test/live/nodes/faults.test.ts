import { expect, test } from 'vitest';
import { faultsFrom, faultText, kindsFrom } from '../../../src/live/nodes/faults.js';

test('a list of kinds; a delay of up to two ticks is one of one tick, too', () => {
  expect(kindsFrom('omission, crash,delay:2,partition')).toEqual([
    ...['omission', 'crash', 'delay:1', 'delay:2', 'partition:10'],
  ]);
});

test.each(['', 'omision', 'crash:2', 'delay:0', 'delay:99', 'delay:2:3', 'omission,omission', 'delay:1,delay:2'])(
  'is refused: %s',
  (list) => {
    expect(() => kindsFrom(list)).toThrow(expect.objectContaining({ code: 'bad-options' }));
  },
);

test('faults are read as they are printed', () => {
  const faults = [
    { kind: 'omission', call: 'n0 > n1 add 5c1e22b0 #1' },
    { kind: 'delay:2', call: 'n1 > seq-kv read #2' },
  ];
  expect(faultsFrom(faults.map(faultText).join('; '))).toEqual(faults);
  expect(faultsFrom('partition @ a > b c #1')).toEqual([{ kind: 'partition:10', call: 'a > b c #1' }]);
});

test.each(['omission', 'omission @', 'loss @ n0 > n1 a #1', 'crash @ n0 > n1 a #1; omission @ n0 > n1 a #1'])(
  'or refused: %s',
  (text) => {
    expect(() => faultsFrom(text)).toThrow(expect.objectContaining({ code: 'bad-options' }));
  },
);
