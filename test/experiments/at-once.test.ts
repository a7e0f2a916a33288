import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { atOnce } from '../../src/experiments/at-once.js';

test('no more at once than is allowed, and results in the order of the items', async () => {
  let running = 0;
  let most = 0;
  const results = await atOnce(3, [5, 1, 4, 2, 3], async (item) => {
    most = Math.max(most, ++running);
    await sleep(item);
    running--;
    return 10 * item;
  });
  expect(results).toEqual([50, 10, 40, 20, 30]);
  expect(most).toBe(3);
});

test('after a failure nothing is begun, and what is under way ends first', async () => {
  const begun: number[] = [];
  const ended: number[] = [];
  const work = atOnce(2, [1, 2, 3, 4], async (item) => {
    begun.push(item);
    if (item === 1) throw new Error('one');
    await sleep(20);
    ended.push(item);
  });
  await expect(work).rejects.toThrow('one');
  expect([begun, ended]).toEqual([[1, 2], [2]]);
});
