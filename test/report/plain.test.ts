import { expect, test } from 'vitest';
import { plainInWords } from '../../src/report/plain.js';

test('plain data as people write it', () => {
  const value = {
    kind: 'write',
    'two words': [1, -0, 2n, null, undefined],
    seen: new Set(['a']),
    by: new Map([['b', {}]]),
  };
  expect(plainInWords(value, 500)).toBe(
    '{ kind: "write", "two words": [1, -0, 2n, null, undefined], seen: Set { "a" }, by: Map { "b" => {} } }',
  );
  expect([plainInWords('x'), plainInWords([]), plainInWords(new Map())]).toEqual(['"x"', '[]', 'Map {}']);
});

test('what is long is cut off', () => {
  const long = plainInWords({ list: Array.from({ length: 1_000_000 }, (_, i) => i) });
  expect(long).toHaveLength(121);
  expect(long.endsWith('…')).toBe(true);
});
