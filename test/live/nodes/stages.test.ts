import { expect, test } from 'vitest';
import type { LiveFault, LiveSystem } from '../../../src/experiments/experiment.js';
import type { RunRecord } from '../../../src/live/nodes/record.js';
import { searchInStages } from '../../../src/live/nodes/stages.js';
import type { NodesExperiment } from '../../../src/live/nodes/system.js';

/** Calls that are all needed, in pairs: only faults at both of two that belong together are bad. */
function paired(calls: readonly string[], bad: readonly [string, string] | undefined) {
  const runs: string[] = [];
  const system: LiveSystem<NodesExperiment> = {
    parallel: 1,
    run(faults: readonly LiveFault[]) {
      runs.push(faults.map(({ call }) => call).join());
      const isHit = (call: string): boolean => faults.some((fault) => fault.call === call);
      const isBad = bad?.every(isHit) ?? false;
      return Promise.resolve({
        ...{ faults, fired: faults, support: calls.filter((call) => !isHit(call)), problems: [] },
        calls: calls.map((id) => ({ id, parent: undefined, kinds: ['loss'] })),
        outcome: isBad ? { kind: 'bad', why: ['both'] } : { kind: 'good' },
        record: {} as RunRecord,
      });
    },
  };
  return { system, runs };
}

const stages = { exact: false, signal: new AbortController().signal, on: undefined };
const CALLS = ['a', 'b', 'c', 'd', 'e', 'f'];

test('pairs follow where no single fault does harm, and nothing is made twice', async () => {
  const { system, runs } = paired(CALLS, ['c', 'e']);
  const { verdict, maxFaults } = await searchInStages(system, { ...stages, maxFaults: undefined, maxRuns: 100 });
  expect(maxFaults).toBe(2);
  expect(verdict.counterexamples.map(({ faults }) => faults.map(({ call }) => call))).toEqual([['c', 'e']]);
  for (const call of CALLS) expect(runs.filter((run) => run === call)).toHaveLength(1);
  expect(verdict.experiments).toBe(runs.length);
});

test('without time for all pairs the verdict is about single faults, unless pairs were asked for', async () => {
  for (const [asked, expected] of [
    [undefined, { verdict: { kind: 'exact', exact: 1 }, maxFaults: 1, beyond: 5 }],
    [2, { verdict: { kind: 'stopped', stopped: 'runs', exact: 1 }, maxFaults: 2, beyond: 0 }],
  ] as const) {
    const { system, runs } = paired(CALLS, undefined);
    const staged = await searchInStages(system, { ...stages, maxFaults: asked, maxRuns: 5 + 6 + 5 });
    expect(staged).toMatchObject(expected);
    expect(runs).toHaveLength(16);
  }
});

test('with time for all pairs it holds under two', async () => {
  const { system } = paired(CALLS, undefined);
  const { verdict } = await searchInStages(system, { ...stages, maxFaults: undefined, maxRuns: 100 });
  expect(verdict).toMatchObject({ kind: 'exact', exact: 2, experiments: 5 + 6 + 15 });
});
