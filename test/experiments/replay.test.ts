/**
 * Counterexamples once more: what a replay concludes, and above all what it does not.
 */
import { expect, test } from 'vitest';
import { type Experiment, type LiveFault, type LiveSystem, SystemFailure } from '../../src/experiments/experiment.js';
import { replayFaults } from '../../src/experiments/replay.js';

const FAULT: LiveFault = { call: 'a', kind: 'status' };

/** A system in which all faults happen and the promise is kept, but for the changes. */
const system = (
  change: (faults: readonly LiveFault[], run: number) => Partial<Experiment>,
  doubts: readonly string[] = [],
): LiveSystem => {
  let runs = 0;
  return {
    parallel: 1,
    doubts: () => doubts,
    async run(faults, signal) {
      signal?.throwIfAborted();
      const usual: Experiment = {
        ...{ faults, fired: faults, calls: [], support: [], outcome: { kind: 'good' }, problems: [] },
      };
      return { ...usual, ...change(faults, ++runs) };
    },
  };
};

const BAD: Partial<Experiment> = { outcome: { kind: 'bad', why: ['no'] } };
const replay = (of: LiveSystem, signal?: AbortSignal) =>
  replayFaults(of, [[FAULT], [{ ...FAULT, call: 'b' }]], { times: 3, baselines: 2, signal });

test('kept: all faults happened, and the promise held, every time', async () => {
  const { replayed, experiments, broken, reasons } = await replay(system(() => ({})));
  expect(replayed.map(({ standing, times }) => [standing, times])).toEqual([
    ['kept', 3],
    ['kept', 3],
  ]);
  expect({ experiments, broken, reasons }).toEqual({ experiments: 8, broken: [], reasons: [] });
});

test('broken: once is enough, and what did not all happen breaks it, too', async () => {
  const once = await replay(system((faults, run) => (faults.length > 0 && run === 4 ? BAD : {})));
  expect(once.replayed[0]).toMatchObject({ standing: 'broken', broken: 1, missed: 0, times: 3, why: ['no'] });
  expect(once.replayed[1]).toMatchObject({ standing: 'kept' });
  const without = await replay(system(({ length }) => (length > 0 ? { ...BAD, fired: [] } : {})));
  expect(without.replayed[0]).toMatchObject({ standing: 'broken', broken: 3 });
});

test('missed: a fault that did not happen once, or a doubtful experiment, is not green', async () => {
  const unfired = await replay(system((_, run) => (run === 5 ? { fired: [] } : {})));
  expect(unfired.replayed.map(({ standing, missed }) => [standing, missed])).toEqual([
    ['missed', 1],
    ['kept', 0],
  ]);
  const doubtful = await replay(system(({ length }) => (length > 0 ? { ...BAD, problems: ['who?'] } : {})));
  expect(doubtful.replayed[0]).toMatchObject({ standing: 'missed', missed: 3 });
  const late = await replay(system(() => ({}), ['a late call']));
  expect(late.replayed.map(({ standing }) => standing)).toEqual(['missed', 'missed']);
  expect(late.reasons).toEqual(['a late call']);
});

test('not tried: the promise is broken without faults, or that is doubtful', async () => {
  const broken = await replay(system(({ length }) => (length === 0 ? BAD : {})));
  expect(broken).toMatchObject({ broken: ['no'], experiments: 2, isStopped: false });
  expect(broken.replayed.map(({ standing, times }) => [standing, times])).toEqual([
    ['not-tried', 0],
    ['not-tried', 0],
  ]);
  const moody = await replay(system(({ length }) => (length === 0 ? { problems: ['moody'] } : {})));
  expect(moody).toMatchObject({ broken: [], reasons: ['moody'], experiments: 2 });
});

test('what was tried before it was stopped is kept, and the rest is not green', async () => {
  const controller = new AbortController();
  const of = system((_, run) => {
    if (run === 6) controller.abort();
    return run === 3 ? BAD : {};
  });
  const stopped = await replay(of, controller.signal);
  expect(stopped).toMatchObject({ isStopped: true, reasons: [], experiments: 6 });
  expect(stopped.replayed.map(({ standing, times }) => [standing, times])).toEqual([
    ['broken', 3],
    ['not-tried', 1],
  ]);
  const failing = await replay(
    system((_, run) => {
      if (run === 4) throw new SystemFailure('it is gone');
      return {};
    }),
  );
  expect(failing).toMatchObject({ isStopped: true, reasons: ['it is gone'] });
  expect(failing.replayed.map(({ standing }) => standing)).toEqual(['not-tried', 'not-tried']);
  await expect(
    replay(
      system(() => {
        throw new Error('a bug');
      }),
    ),
  ).rejects.toThrow('a bug');
});
