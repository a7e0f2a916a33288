/**
 * Frontiers of one end of time in tests, and what each of their cells ought to say.
 */
import type { Bounds, Scenario } from '../../src/faults/fault.js';
import type { Axis, Family } from '../../src/frontier/axes.js';
import { endless, type FrontierSlice, frontier } from '../../src/frontier/frontier.js';
import type { System } from '../../src/lineage/port.js';
import { search } from '../../src/search/search.js';

/** A verdict, and how many faults the smallest counterexample has. */
export interface Said {
  readonly verdict: string;
  readonly smallest: number | undefined;
}

export const upTo = (most: number): number[] => Array.from({ length: most + 1 }, (_, i) => i);

const familyOf = (base: Bounds, axes: readonly Axis[]): Family => ({
  checks: [{ name: 'check', bounds: base, expect: undefined }],
  base,
  eots: [base.eot],
  axes,
});

/** The only slice of a frontier. */
export async function sliceOf(
  base: Bounds,
  axes: readonly Axis[],
  open: (bounds: Bounds) => System,
  signal = new AbortController().signal,
): Promise<FrontierSlice> {
  const [slice] = await frontier(familyOf(base, axes), open, endless(signal));
  if (!slice) throw new Error('there is one slice');
  return slice;
}

/** What a cell says, and the bounds that it is about. */
export function* cellsOf({ cells, axes, counterexamples }: FrontierSlice, base: Bounds) {
  for (const { at, verdict, counterexample, isSmallest } of cells) {
    const bounds: Bounds = { ...base, ...Object.fromEntries(axes.map(({ name }, i) => [name, at[i]])) };
    const smallest = counterexamples[counterexample ?? -1]?.faults.length;
    yield { bounds, said: { verdict, smallest } satisfies Said, isSmallest };
  }
}

/** What a search within some bounds says. */
export async function searched(system: System): Promise<Said> {
  for await (const event of search(system))
    if (event.kind === 'verdict') {
      const sizes = event.verdict.counterexamples.map(({ faults }) => faults.length);
      return { verdict: event.verdict.kind, smallest: sizes.length > 0 ? Math.min(...sizes) : undefined };
    }
  throw new Error('the last event is the verdict');
}

/** What brute force says of bounds, by the minimal sets within larger ones. */
export function forced(minimal: readonly Scenario[], failureFree: string, { eff, crashes }: Bounds): Said {
  if (failureFree === 'violated') return { verdict: 'violated-failure-free', smallest: 0 };
  const own = minimal.filter(
    (set) =>
      set.every((fault) => fault.kind !== 'omission' || fault.tick < eff) &&
      set.filter(({ kind }) => kind === 'crash').length <= crashes,
  );
  if (own.length === 0) return { verdict: failureFree, smallest: undefined };
  return { verdict: 'violated', smallest: Math.min(...own.map(({ length }) => length)) };
}
