/**
 * Libraries from npm, unchanged, in a thread of their own: a raft over its callbacks, a CRDT over bytes.
 */
import { expect, test } from 'vitest';
import { check } from '../../../../src/index.js';

const moduleOf = (name: string): URL => new URL(`./${name}.ts`, import.meta.url);

test('raft: without a fault somebody leads, the same every time; a late crash of the leader leaves nobody', async () => {
  const bounds = { eot: 20, eff: 4, faults: 'crash', crashes: 1 };
  const { kind, counterexamples } = await check(moduleOf('raft'), bounds);
  expect(kind).toBe('violated');
  for (const { faults, witnesses } of counterexamples) {
    expect(faults).toMatchObject([{ kind: 'crash', node: 'a' }]);
    expect(witnesses).toEqual([['nobody leads']]);
  }
});

test('raft: losses within the first election do no harm', async () => {
  expect((await check(moduleOf('raft'), { eot: 30, eff: 12, omissions: 1 })).kind).toBe('holds');
});

test('yjs: an update that is sent once may be lost; one that is sent again heals', async () => {
  const bounds = { eot: 6, eff: 3 };
  const { kind, counterexamples } = await check(moduleOf('yjs'), bounds, { protocol: 'yjs-once' });
  expect(kind).toBe('violated');
  expect(counterexamples).toHaveLength(6);
  expect(counterexamples[0]?.faults).toMatchObject([{ kind: 'omission', tick: 1 }]);
  expect((await check(moduleOf('yjs'), { ...bounds, maxCost: 2 }, { protocol: 'yjs-again' })).kind).toBe('holds');
});
