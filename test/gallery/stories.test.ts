/** What makes the difference between two specs of a pair: the same faults, another outcome. */
import { expect, test } from 'vitest';
import type { Scenario } from '../../src/faults/fault.js';
import { runOf } from './support.js';

const kindOf = async (path: string, scenario: Scenario = []): Promise<string> =>
  (await runOf(path, scenario)).outcome.kind;

test('file system: a primary that crashes as soon as the client is told', async () => {
  const crashed = async (path: string, tick: number) => kindOf(path, [{ kind: 'crash', node: 's1', tick }]);
  expect(await crashed('specs/storage/gfs-early-ack.ded', 5)).toBe('violated');
  expect(await crashed('specs/storage/gfs-one-replica.ded', 6)).toBe('violated');
  for (let tick = 1; tick < 10; tick++) expect(await crashed('specs/storage/gfs.ded', tick)).not.toBe('violated');
});

test('registers without a tie-break differ for ever, and nothing has gone wrong', async () => {
  expect(await kindOf('specs/kvs/lww-no-tie-break.ded')).toBe('violated');
  expect(await kindOf('specs/kvs/lww.ded')).toBe('holds');
  const run = await runOf('specs/kvs/lww-no-tie-break.ded');
  const shown = (node: string) => run.rows('shows', run.eot).flatMap(([at, , value]) => (at === node ? [value] : []));
  expect([shown('a'), shown('b')]).toEqual([['red'], ['blue']]);
});

test('both sets converge, and still a reference leads nowhere', async () => {
  const run = await runOf('specs/integrity/references.ded');
  for (const node of ['a', 'b', 'c']) {
    expect(run.rows('employee', run.eot)).toContainEqual([node, 'ann', 'sales']);
    expect(run.rows('department', run.eot)).not.toContainEqual([node, 'sales']);
  }
  const mended = await runOf('specs/integrity/references-kept.ded');
  for (const node of ['a', 'b', 'c']) expect(mended.rows('department', mended.eot)).toContainEqual([node, 'sales']);
});

test('elections: of all nodes only the storage stops one by its crash', async () => {
  const storage: Scenario = [{ kind: 'crash', node: 'storage', tick: 2 }];
  expect(await kindOf('specs/election/storage-is-not-available.ded', storage)).toBe('violated');
  for (const node of ['a', 'b', 'c'])
    for (const path of ['specs/election/direct.ded', 'specs/election/storage-is-not-available.ded'])
      expect(await kindOf(path, [{ kind: 'crash', node, tick: 2 }])).toBe('holds');
});
