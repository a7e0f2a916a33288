/**
 * Bounds: what there is to bound, and validation.
 */
import { LdfiError } from '../core/invariant.js';
import type { Bounds, KindBounds } from './fault.js';
import type { BoundRange } from './kind.js';
import { kinds } from './kinds.js';

/** The largest values accepted; beyond them nothing here ends in useful time. */
export const BOUND_LIMITS = { nodes: 64, faults: 500_000 } as const;

const EOT: BoundRange = {
  least: 1,
  most: 1000,
  default: 6,
  value: 'ticks',
  help: 'end of time: the last tick',
  inWords: (eot) => `eot ${eot}`,
};

/** The name of a bound that is an integer: all but the nodes. */
export type BoundName = 'eot' | keyof KindBounds;

/** Every bound that is an integer, by name: the end of time, then those of the kinds. */
export const boundRanges = (): Readonly<Record<BoundName, BoundRange>> =>
  Object.assign({ eot: EOT }, ...kinds().map(({ bounds }) => bounds)) as Record<BoundName, BoundRange>;

/** Their names. */
export const boundNames = (): BoundName[] => Object.keys(boundRanges()) as BoundName[];

/** Each of these bounds that is known, made something of. */
export const mapBounds = <T>(make: (name: BoundName, range: BoundRange) => T): Record<BoundName, T> =>
  Object.fromEntries(
    Object.entries(boundRanges()).map(([name, range]) => [name, make(name as BoundName, range)]),
  ) as Record<BoundName, T>;

/** The integers of bounds, in order, as in `6/3/1`; what each of them is says `boundNames`. */
export const boundValues = (bounds: Omit<Bounds, 'nodes'>): number[] => Object.values(firstGiven(bounds));

/** Bounds by what is given first among several, else by default. */
export const firstGiven = (
  ...given: readonly (Readonly<Partial<Record<BoundName, number | undefined>>> | undefined)[]
): Omit<Bounds, 'nodes'> =>
  mapBounds((name, range) => given.find((one) => one?.[name] !== undefined)?.[name] ?? range.default);

/** Bounds that ask for more than there can be, each in a sentence. */
export const excessiveBounds = (bounds: Bounds): string[] =>
  Object.values(mapBounds((name, range) => range.excess?.(bounds[name], bounds))).filter(
    (found) => found !== undefined,
  );

/**
 * Bounds with sorted, distinct nodes.
 * @throws LdfiError 'bad-bounds' that lists every problem
 */
export function makeBounds(bounds: Bounds): Bounds {
  const values = firstGiven(bounds);
  const problems = Object.entries(boundRanges()).flatMap(([name, { least, most }]) => {
    const value = values[name as BoundName];
    const fits = Number.isInteger(value) && value >= least && value <= most;
    return fits ? [] : [`${name} must be an integer from ${least} to ${most}, not ${value}`];
  });
  const nodes = [...new Set(bounds.nodes)].sort();
  if (nodes.length === 0) problems.push('there must be at least one node');
  if (nodes.length > BOUND_LIMITS.nodes) problems.push(`at most ${BOUND_LIMITS.nodes} nodes, not ${nodes.length}`);
  const all = { ...values, nodes };
  const faults = kinds().reduce((sum, kind) => sum + kind.size(all), 0);
  if (faults > BOUND_LIMITS.faults)
    problems.push(`${faults} faults are possible, the limit is ${BOUND_LIMITS.faults}: lower eff or use fewer nodes`);
  if (problems.length > 0) throw new LdfiError('bad-bounds', problems.join('; '));
  return all;
}
