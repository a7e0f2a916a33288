import { expect, test } from 'vitest';
import { ranges } from '../../src/core/ranges.js';

test.each([
  [[], ''],
  [[4], '4'],
  [[3, 4], '3, 4'],
  [[3, 4, 5], '3–5'],
  [[1, 3, 4, 5, 6, 9, 10], '1, 3–6, 9, 10'],
] as const)('%j reads %s', (numbers, words) => expect(ranges(numbers)).toBe(words));
