/**
 * A fault that keeps a promise from being made: what is good with it says nothing of other faults.
 */
import { expect, test } from 'vitest';
import type { Experiment, LiveFault, LiveSystem } from '../../src/experiments/experiment.js';
import { searchLive } from '../../src/experiments/search.js';

/**
 * A request `ask`, a message `tell` that is repeated until the sender is stopped at `next`. Whoever does not get to ask
 * is promised nothing.
 */
const system = (saysSo: boolean): LiveSystem => ({
  parallel: 1,
  run(faults: readonly LiveFault[]): Promise<Experiment> {
    const isHit = (call: string): boolean => faults.some((fault) => fault.call === call);
    const ids = isHit('ask') ? ['ask', 'other'] : ['ask', 'other', 'tell', 'next'];
    const isBad = !isHit('ask') && isHit('tell') && isHit('next');
    return Promise.resolve({
      faults,
      fired: faults.filter(({ call }) => ids.includes(call)),
      calls: ids.map((id) => ({ id, parent: undefined, kinds: ['fault'] })),
      support: ids.filter((id) => !isHit(id)),
      ...(saysSo && { weakened: isHit('ask') }),
      outcome: isBad ? { kind: 'bad', why: ['not told'] } : { kind: 'good' },
      problems: [],
    });
  },
});

const found = async (saysSo: boolean) => {
  const { counterexamples, kind } = await searchLive(system(saysSo), { maxFaults: 2, exact: 0 });
  return { kind, calls: counterexamples.map(({ faults }) => faults.map(({ call }) => call).sort()) };
};

test('the loop finds what the weaker promise would have hidden', async () => {
  expect(await found(true)).toEqual({ kind: 'counterexamples', calls: [['next', 'tell']] });
});

test('and would miss it if nobody said so', async () => {
  expect((await found(false)).calls).toEqual([]);
});
