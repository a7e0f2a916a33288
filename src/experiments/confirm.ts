/**
 * From an experiment that broke the promise to counterexamples: every subset of its faults is tried, the smallest ones
 * that break the promise are tried again, and how often they do is written down.
 */
import { subsetsOfSize } from '../core/subsets.js';
import type { Experiment } from './experiment.js';
import { type FaultSet, keyOf } from './fault-sets.js';
import { listInWords } from './knowledge.js';
import { type Laboratory, Stopped } from './laboratory.js';
import type { LiveCounterexample } from './verdict.js';

/**
 * Confirms each bad experiment, those with the fewest faults first, even if the search is stopped on the way: then each
 * is kept as it is.
 * @throws Stopped
 */
export async function confirmAll<E extends Experiment>(
  laboratory: Laboratory<E>,
  bad: readonly E[],
  found: LiveCounterexample<E>[],
): Promise<void> {
  let stopped: Stopped | undefined;
  for (const run of [...bad].sort((a, b) => a.fired.length - b.fired.length))
    await confirm(laboratory, run, found).catch((error: unknown) => {
      if (!(error instanceof Stopped)) throw error;
      stopped = error;
    });
  if (stopped) throw stopped;
}

/**
 * Adds to `found` every minimal counterexample within the faults that fired in a bad experiment. If the search is
 * stopped on the way, what is not known to be minimal is added as such.
 * @throws Stopped
 */
async function confirm<E extends Experiment>(
  laboratory: Laboratory<E>,
  experiment: E,
  found: LiveCounterexample<E>[],
): Promise<void> {
  const { knowledge } = laboratory;
  const { fired } = experiment;
  const isSettled = (): boolean => knowledge.includesFailing(fired) || laboratory.isUnresolved(fired);
  let minimal = false;
  try {
    for (let size = 1; size < fired.length; size++) {
      const bad: E[] = [];
      try {
        await laboratory.each([...subsetsOfSize(fired, size)], async (subset) => {
          if (knowledge.includesFailing(subset) || laboratory.isUnresolved(subset)) return;
          const run = knowledge.explanation(subset) ?? (await laboratory.learn(subset, 'subset'));
          if (run?.outcome.kind === 'bad') bad.push(run);
        });
      } finally {
        await confirmAll(laboratory, bad, found);
      }
    }
    minimal = true;
  } finally {
    if (!minimal && !isSettled()) add(laboratory, { faults: fired, experiment, minimal, ...NEVER }, found);
  }
  if (!isSettled()) await reproduce(laboratory, experiment, found);
}

const NEVER = { reproduced: 0, attempts: 0 };

async function reproduce<E extends Experiment>(
  laboratory: Laboratory<E>,
  experiment: E,
  found: LiveCounterexample<E>[],
): Promise<void> {
  const { fired } = experiment;
  let reproduced = 0;
  let attempts = 0;
  try {
    await laboratory.each(Array<FaultSet>(laboratory.settings.reproductions).fill(fired), async (faults) => {
      const again = await laboratory.make(faults, 'reproduction');
      attempts++;
      if (again.outcome.kind === 'bad' && keyOf(again.fired) === keyOf(fired)) reproduced++;
    });
  } finally {
    if (reproduced > 0 || attempts === 0)
      add(laboratory, { faults: fired, experiment, minimal: true, reproduced, attempts }, found);
    else
      laboratory.giveUp(fired, [
        `the faults (${listInWords(fired)}) broke the promise once, and not again in ${attempts} more experiments`,
      ]);
  }
}

function add<E extends Experiment>(
  { knowledge, settings }: Laboratory<E>,
  counterexample: LiveCounterexample<E>,
  found: LiveCounterexample<E>[],
): void {
  knowledge.fail(counterexample.faults);
  found.push(counterexample);
  settings.on?.({ kind: 'counterexample', counterexample });
}
