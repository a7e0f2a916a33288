/**
 * The frontier of a family of checks: how much is tolerated, EOT by EOT.
 *
 * ```ts
 * for (const family of familiesOf(checks, {})) await frontier(family, open, endless(signal));
 * ```
 * A cell has the verdict that a search within its bounds would give. What could not be settled in time is
 * `inconclusive`, never guessed.
 */
import { pause } from '../core/event-loop.js';
import { LdfiError } from '../core/invariant.js';
import type { VerdictKind } from '../dedalus/program.js';
import type { Bounds, Scenario } from '../faults/fault.js';
import type { System } from '../lineage/port.js';
import { type Axis, type Family, placeOf, sliceAxes } from './axes.js';
import { explore, type Tally } from './explore.js';
import { type Cell, Staircase } from './staircase.js';

/** Time to work in. Below the command line there is no clock, so it comes as signals. */
export interface Patience {
  /** Is aborted when the time is over. */
  readonly signal: AbortSignal;
  /** One of so many equal parts of what is left of the time. */
  part(of: number): Patience;
}

/** All the time there is until a signal is aborted. */
export const endless = (signal: AbortSignal): Patience => {
  const all: Patience = { signal, part: () => all };
  return all;
};

interface FrontierCell {
  /** The values of the bounds, in the order of the axes. */
  readonly at: readonly number[];
  readonly verdict: VerdictKind;
  /** The smallest counterexample that is known within its bounds: its position among those of the slice, from 0. */
  readonly counterexample?: number;
  /** Whether none has fewer faults. */
  readonly isSmallest?: boolean;
}

/** What is tolerated with one end of time. */
export interface FrontierSlice {
  readonly eot: number;
  readonly axes: readonly Axis[];
  /** The last axis fastest. */
  readonly cells: readonly FrontierCell[];
  readonly counterexamples: readonly { readonly faults: Scenario }[];
  readonly executions: number;
  /** Why some cells are not settled. */
  readonly stopped?: 'aborted' | 'limit';
  readonly detail?: string;
}

/** The share of a slice's time in which all of it is tried at once; the rest is for smaller parts of it. */
const AT_ONCE = 1.5;

/**
 * The slices in the order of their EOT.
 * @param open the system within some bounds
 * @throws LdfiError of the system, but for limits; never for a signal that is aborted
 */
export async function frontier(
  family: Family,
  open: (bounds: Bounds) => System,
  patience: Patience,
): Promise<FrontierSlice[]> {
  const slices: FrontierSlice[] = [];
  // Those that checks ask for come first; each may take twice its share of what is left.
  for (const [i, eot] of family.eots.entries())
    slices.push(await sliceOf(family, eot, open, patience.part(Math.max(1, (family.eots.length - i) / 2))));
  return slices.sort((a, b) => a.eot - b.eot);
}

async function sliceOf(
  family: Family,
  eot: number,
  open: (bounds: Bounds) => System,
  patience: Patience,
): Promise<FrontierSlice> {
  const axes = sliceAxes(family, eot);
  const staircase = new Staircase(family.base, eot, axes);
  const tally: Tally = { executions: 0, failureFree: undefined };
  let stopped: Pick<FrontierSlice, 'stopped' | 'detail'> = {};
  const tops = topsOf(family, eot, axes, staircase);
  const [whole = 0] = tops;
  for (const top of tops) {
    if (staircase.openWithin(top).length === 0) continue;
    const { signal } = top === whole && tops.length > 1 ? patience.part(AT_ONCE) : patience;
    try {
      await pause();
      signal.throwIfAborted();
      await explore(open((staircase.cells[top] as Cell).bounds), staircase, top, signal, tally);
      // What can be done at once leaves nothing to do.
      if (top === whole) break;
    } catch (error) {
      stopped = stopOf(error, signal);
    }
  }
  const { executions, failureFree } = tally;
  const isOpen = failureFree !== 'no-post' && staircase.openWithin(whole).length > 0;
  return {
    eot,
    axes,
    cells: cellsOf(staircase, failureFree),
    ...foundIn(staircase),
    executions,
    ...(isOpen && stopped),
  };
}

/** The whole; and for where that is too much, what the checks ask for, and half of everything. */
function topsOf({ checks }: Family, eot: number, axes: readonly Axis[], { cells }: Staircase): number[] {
  const own = checks.filter(({ bounds }) => bounds.eot === eot).map(({ bounds }) => placeOf(bounds, axes));
  const half = axes.map(({ values }) => values[(values.length - 1) >> 1] as number);
  const all = [cells.at(-1)?.at ?? [], ...own, half];
  const numbers = all.map((at) => cells.findIndex((cell) => cell.at.every((value, i) => value === at[i])));
  return [...new Set(numbers)].filter((number) => number >= 0);
}

/** @throws what is neither a limit nor the end of the time */
function stopOf(error: unknown, signal: AbortSignal): Pick<FrontierSlice, 'stopped' | 'detail'> {
  if (signal.aborted && error === signal.reason) return { stopped: 'aborted' };
  if (error instanceof LdfiError && error.code.startsWith('limit-')) return { stopped: 'limit', detail: error.message };
  throw error;
}

function cellsOf(staircase: Staircase, failureFree: Tally['failureFree']): FrontierCell[] {
  if (failureFree === 'no-post') return staircase.cells.map(({ at }) => ({ at, verdict: failureFree }));
  const verdicts = staircase.verdicts(failureFree === 'vacuous' ? 'vacuous' : 'holds');
  return staircase.cells.map(({ at }, cell) => {
    const verdict = verdicts[cell] as VerdictKind;
    if (verdict !== 'violated') return { at, verdict };
    const counterexample = staircase.smallestOf(cell) as number;
    const isSmallest = staircase.isSmallest(cell);
    return { at, verdict: failureFree === 'violated' ? 'violated-failure-free' : verdict, counterexample, isSmallest };
  });
}

/** The counterexamples in the order in which they were found. */
const foundIn = ({ found }: Staircase): Pick<FrontierSlice, 'counterexamples'> => ({
  counterexamples: found.map(({ faults }) => ({ faults })),
});
