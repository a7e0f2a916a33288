/**
 * The one way from a question about programs to its result: experiments without faults, the search or the faults that
 * were asked for, and what came of it.
 *
 * ```ts
 * const result = await askNodes({ question, version, parallel: 2, maxFaults: 2, maxRuns: 200 });
 * ```
 */
import { atOnce } from '../../experiments/at-once.js';
import type { Experiment, LiveFault } from '../../experiments/experiment.js';
import type { LiveEvent } from '../../experiments/options.js';
import type { LiveCounterexample, LiveVerdict } from '../../experiments/verdict.js';
import { faultText } from './faults.js';
import { resultOf } from './report/result.js';
import type { NodesResult } from './report/schema.js';
import { REPRODUCTIONS, searchInStages } from './stages.js';
import { BASELINES, type NodesExperiment, type NodesQuestion, NodesSystem } from './system.js';

export interface NodesOptions {
  readonly question: NodesQuestion;
  /** Of `ldfi`, for the result. */
  readonly version: string;
  /** How many experiments may run at once. */
  readonly parallel: number;
  /** Most faults at once; undefined: as many as there is time for, up to two. */
  readonly maxFaults?: number | undefined;
  readonly maxRuns: number;
  /** Every set is tried that no experiment explains, however many experiments that takes. */
  readonly exact?: boolean;
  /** Stop at the first counterexample. */
  readonly first?: boolean;
  /** No search: these faults. */
  readonly inject?: readonly LiveFault[];
  readonly signal?: AbortSignal | undefined;
  readonly on?: (event: LiveEvent<NodesExperiment>) => void;
}

/** @throws LdfiError 'bad-program', 'bad-options'; the signal's reason if it is aborted before the search */
export async function askNodes(options: NodesOptions): Promise<NodesResult> {
  const { question, version, parallel, maxFaults, maxRuns, inject, signal, exact = false } = options;
  const system = await NodesSystem.prepare(question, parallel, signal, inject);
  if (inject)
    return resultOf(
      version,
      system,
      await injected(system, inject, signal),
      { maxFaults: inject.length, maxRuns, beyond: 0 },
      { injected: inject },
    );
  const found = new AbortController();
  let one: LiveCounterexample<NodesExperiment> | undefined;
  const { verdict, ...scope } = await searchInStages(system, {
    ...{ maxFaults, maxRuns, exact },
    signal: signal ? AbortSignal.any([signal, found.signal]) : found.signal,
    on: (event) => {
      options.on?.(event);
      if (!options.first || event.kind !== 'counterexample') return;
      one ??= event.counterexample;
      found.abort();
    },
  });
  // What was being confirmed meanwhile was given up.
  const shown = one ? { ...verdict, counterexamples: [one] } : verdict;
  return resultOf(version, system, shown, { ...scope, maxRuns }, { first: found.signal.aborted });
}

/** What some faults do, as often as a counterexample would have been tried. */
async function injected(
  system: NodesSystem,
  faults: readonly LiveFault[],
  signal: AbortSignal | undefined,
): Promise<LiveVerdict<NodesExperiment>> {
  const runsOf = (set: readonly LiveFault[], count: number): Promise<NodesExperiment[]> =>
    atOnce(system.parallel, Array<readonly LiveFault[]>(count).fill(set), (one) => system.run(one, signal));
  const baselines = await runsOf([], BASELINES);
  const runs = await runsOf(faults, 1 + REPRODUCTIONS);
  const bad = runs.filter(({ outcome }) => outcome.kind === 'bad');
  const [experiment] = bad;
  // What happens once and not again hangs on something else than the faults.
  const isLone = bad.length === 1;
  const lone = `the faults broke the promise once, and not again in ${REPRODUCTIONS} more experiments`;
  const doubts = [
    ...baselines.flatMap(({ problems }) => problems),
    ...runs.flatMap(unfired),
    ...(isLone ? [lone] : []),
  ];
  const reasons = [...new Set(doubts)];
  const isBroken = baselines.some(({ outcome }) => outcome.kind === 'bad');
  const isFound = !isBroken && bad.length > 1;
  return {
    kind: isBroken ? 'broken' : isFound ? 'counterexamples' : reasons.length > 0 ? 'unreliable' : 'exact',
    counterexamples:
      experiment && isFound
        ? [{ faults, experiment, minimal: false, reproduced: bad.length - 1, attempts: REPRODUCTIONS }]
        : [],
    ...{ exact: 0, monotone: undefined, stopped: undefined, needed: undefined, reasons },
    baseline: baselines.find(({ outcome }) => outcome.kind === 'bad') ?? baselines[0],
    experiments: baselines.length + runs.length,
  };
}

/** Faults whose message did not occur, or met another fate. */
const unfired = ({ faults, fired }: Experiment): string[] =>
  faults
    .filter(({ call }) => !fired.some((other) => other.call === call))
    .map((fault) => `the fault did not happen: ${faultText(fault)}; is there such a message?`);
