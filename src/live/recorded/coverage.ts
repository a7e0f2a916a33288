/**
 * How far a search has come: of all sets of so many faults, how many were tried, how many an experiment explains, and how
 * many nobody knows of.
 */
import { subsetsOfSize } from '../../core/subsets.js';
import type { LiveFault } from '../../experiments/experiment.js';
import { type Recalled, whatIf } from './recall.js';

export interface Coverage {
  readonly size: number;
  /** All sets of so many faults, at calls that were seen in any experiment. */
  readonly sets: number;
  /** Of which each: undefined where there are too many sets to ask of each. */
  readonly known: Known | undefined;
}

export interface Known {
  readonly kept: number;
  readonly broken: number;
  /** By the number of the experiment that explains them. */
  readonly explained: ReadonlyMap<number, number>;
  /** They include a counterexample, and were left out for it. */
  readonly within: number;
  readonly unresolved: number;
  readonly open: number;
}

/** Most sets that are asked of one by one. */
const MOST_SETS = 20_000;

export function coverageOf(recalled: Recalled, size: number): Coverage {
  const { kinds } = recalled.knowledge;
  const sets = countOf(
    [...kinds.values()].map(({ length }) => length),
    size,
  );
  return { size, sets, known: sets > MOST_SETS ? undefined : knownOf(recalled, size) };
}

/** How many sets of one kind at each of `size` calls there are. */
function countOf(kinds: readonly number[], size: number): number {
  const counts = [1, ...Array.from({ length: size }, () => 0)];
  for (const count of kinds) for (let i = size; i > 0; i--) counts[i] = (counts[i] ?? 0) + (counts[i - 1] ?? 0) * count;
  return counts[size] ?? 0;
}

function knownOf(recalled: Recalled, size: number): Known {
  let [kept, broken, within, unresolved, open] = [0, 0, 0, 0, 0];
  const explained = new Map<number, number>();
  const faults = [...recalled.knowledge.kinds].flatMap(([call, kinds]) =>
    kinds.map((kind): LiveFault => ({ call, kind })),
  );
  const fits = (members: readonly LiveFault[], { call }: LiveFault): boolean => members.at(-1)?.call !== call;
  for (const set of subsetsOfSize(faults, size, fits)) {
    const answer = whatIf(recalled, set);
    if (answer.kind === 'tried') answer.experiment.outcome.kind === 'good' ? kept++ : broken++;
    else if (answer.kind === 'explained')
      explained.set(answer.experiment.number, (explained.get(answer.experiment.number) ?? 0) + 1);
    else if (answer.within !== undefined) within++;
    else if (answer.isUnresolved) unresolved++;
    else open++;
  }
  return { kept, broken, explained, within, unresolved, open };
}
