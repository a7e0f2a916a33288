import { expect, test } from 'vitest';
import { hashOf } from '../../src/core/hash.js';

test('the published values of FNV-1a, 64 bits', () => {
  expect(['', 'a', 'foobar'].map(hashOf)).toEqual(['cbf29ce484222325', 'af63dc4c8601ec8c', '85944171f73967e8']);
});
