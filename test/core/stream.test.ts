/** Streams of random numbers: uniform, the same each time, and none a part of another. */
import { expect, test } from 'vitest';
import { uniformStream } from '../../src/core/stream.js';

const drawn = (seed: number, stream: number, length: number): number[] =>
  Array.from({ length }, uniformStream(seed, stream));

test('the same seed and stream give the same, every other others', () => {
  expect(drawn(1, 2, 100)).toEqual(drawn(1, 2, 100));
  const firsts = [0, 1, 2, 3, 2 ** 32 - 1].flatMap((seed) =>
    [0, 1, 2, 3, 999].map((stream) => drawn(seed, stream, 1)[0]),
  );
  expect(new Set(firsts).size).toBe(firsts.length);
});

test('numbers are between 0 and 1, and fill it evenly, along a stream and across streams', () => {
  const along = drawn(1, 1, 100_000);
  const across = Array.from({ length: 100_000 }, (_, stream) => drawn(1, stream, 1)[0] as number);
  for (const numbers of [along, across]) {
    expect(Math.min(...numbers.slice(0, 10_000))).toBeGreaterThan(0);
    const counts = new Array<number>(100).fill(0);
    for (const number of numbers) counts[Math.floor(number * 100)] = (counts[Math.floor(number * 100)] ?? 0) + 1;
    expect(counts.length).toBe(100);
    // Chi square with 99 degrees of freedom: beyond 160 once in ten thousand.
    expect(counts.reduce((sum, count) => sum + (count - 1_000) ** 2 / 1_000, 0)).toBeLessThan(160);
  }
});
