/**
 * From what a search has learned to what its result keeps of it.
 */
import { groupBy } from '../../core/memo.js';
import type { Experiment, LiveFault } from '../../experiments/experiment.js';
import type { LiveVerdict } from '../../experiments/verdict.js';
import { toRanges } from './places.js';
import { MOST, type Recorded, type RecordedExperiment } from './schema.js';

/**
 * The experiments of a verdict, those that are alike as one. Where there are too many, or too many calls in them, whole
 * experiments are left out, the good ones first: one with calls missing would seem to explain what it does not.
 */
export function recordedOf({ learned, unresolved }: Pick<LiveVerdict, 'learned' | 'unresolved'>): Recorded {
  const places = new Map<string, number>();
  const kept: { readonly order: number; readonly experiment: Experiment }[] = [];
  const isBad = ({ outcome }: Experiment): boolean => outcome.kind === 'bad';
  const urgent = [...learned.entries()].sort(([a, x], [b, y]) => Number(isBad(y)) - Number(isBad(x)) || a - b);
  for (const [order, experiment] of urgent) {
    const fresh = experiment.calls.filter(({ id }) => !places.has(id));
    if (places.size + fresh.length > MOST.calls || kept.length >= MOST.experiments) continue;
    for (const { id } of fresh) places.set(id, places.size);
    kept.push({ order, experiment });
  }
  kept.sort((a, b) => a.order - b.order);
  // In the order in which they were seen, so that neighbours are neighbours.
  const inOrder = new Map<string, Set<string>>();
  for (const { experiment } of kept)
    for (const { id, kinds } of experiment.calls) inOrder.set(id, new Set([...(inOrder.get(id) ?? []), ...kinds]));
  for (const [place, id] of [...inOrder.keys()].entries()) places.set(id, place);
  const alike = groupBy(
    kept.map(({ experiment }) => one(experiment, places)),
    (experiment) => JSON.stringify(experiment),
  );
  const experiments = [...alike.values()].map((same): RecordedExperiment => ({ ...same[0], times: same.length }));
  return {
    calls: [...inOrder].map(([id, kinds]) => ({ id, kinds: [...kinds] })),
    experiments,
    left: learned.length - kept.length,
    unresolved: unresolved.map((faults) => faults.map(({ call, kind }) => ({ call, kind }))),
  };
}

function one(
  { faults, fired, calls, support, outcome, weakened }: Experiment,
  places: ReadonlyMap<string, number>,
): RecordedExperiment {
  const inText = (set: readonly LiveFault[]): string[] =>
    set.flatMap(({ call, kind }) => (places.has(call) ? [`${kind} ${places.get(call)}`] : []));
  const placesOf = (ids: readonly string[]): string => toRanges(ids.flatMap((id) => places.get(id) ?? []));
  const isGood = outcome.kind === 'good';
  return {
    faults: inText(faults),
    fired: inText(fired),
    calls: placesOf(calls.map(({ id }) => id)),
    restsOn: isGood ? placesOf(support) : '',
    good: isGood,
    ...(weakened && { weakened }),
    why: isGood ? [] : outcome.why.slice(0, MOST.reasons).map((text) => text.slice(0, MOST.reason)),
    times: 1,
  };
}
