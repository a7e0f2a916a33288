/**
 * Axes: the bounds over which a frontier is sought, and the values that are looked at.
 *
 * Within one EOT every other bound only adds scenarios as it grows. EOT does not: a longer run may mend what a shorter
 * one leaves broken. So each EOT is a slice of its own, and `eot` is no axis of it.
 */
import { LdfiError } from '../core/invariant.js';
import { type BoundName, boundNames, boundRanges, usualBoundNames } from '../faults/bounds.js';
import type { Bounds } from '../faults/fault.js';
import { NO_LIMIT } from '../faults/kind.js';
import type { Check } from '../search/check.js';

/** A bound, and its values in ascending order. */
export interface Axis {
  readonly name: BoundName;
  readonly values: readonly number[];
}

/** From the first to the last value. */
export type Range = readonly [least: number, most: number];

/** Ranges as people give them. */
export type GivenRanges = Partial<Readonly<Record<BoundName, Range | undefined>>>;

/** Checks that differ in nothing but where they are on the axes: one frontier answers them all. */
export interface Family {
  readonly checks: readonly Check[];
  /** The bounds of the first check, for all that is no axis. */
  readonly base: Bounds;
  /** The ends of time, those of the checks first. */
  readonly eots: readonly number[];
  readonly axes: readonly Axis[];
}

/** Most cells of one frontier. */
const MOST_CELLS = 2_000;

/** Cells beyond which fewer values are looked at, where nobody says which. */
const MANY_CELLS = 1_000;

/** EFF up to which all of it is looked at, whatever the check asks for. */
const WHOLE_EFF = 12;

/** Bounds that say how faults are counted or told apart, not how many there are. */
const NO_STRENGTH: readonly string[] = ['maxCost', 'perMessage'];

/** Whether a bound may vary in a frontier. */
export const mayVary = (name: BoundName): boolean => !NO_STRENGTH.includes(name);

/**
 * The checks as families, in the order in which they first occur.
 * @param given ranges instead of those around the bounds of the checks
 * @throws LdfiError 'bad-bounds' for more cells than can be looked at
 */
export function familiesOf(checks: readonly Check[], given: GivenRanges): Family[] {
  const families = new Map<string, Check[]>();
  for (const check of checks) {
    const key = JSON.stringify(withoutAxes(check.bounds, axisNames(check.bounds, given)));
    families.set(key, [...(families.get(key) ?? []), check]);
  }
  return [...families.values()].map((own) => familyOf(own, given));
}

/** The check that a command with bounds on the axes is about: of checks that those make equal the first one is left. */
export function askedAs(all: readonly Check[], { base, axes }: Pick<Family, 'base' | 'axes'>): string {
  const fixed = Object.fromEntries([['eot', 0], ...axes.map(({ name }) => [name, 0])]);
  const keyOf = (bounds: Bounds): string =>
    JSON.stringify(Object.entries({ ...bounds, ...fixed }).sort(([a], [b]) => (a < b ? -1 : 1)));
  return all.find(({ bounds }) => keyOf(bounds) === keyOf(base))?.name ?? '';
}

/** Of the usual bounds all; of the others those that the check has, or for which a range is given. */
function axisNames(bounds: Bounds, given: GivenRanges): BoundName[] {
  const usual = usualBoundNames();
  // A limit that limits nothing is no strength.
  const isStrength = (value = 0): boolean => value > 0 && value < NO_LIMIT;
  const isAxis = (name: BoundName): boolean =>
    name !== 'eot' && mayVary(name) && (usual.includes(name) || given[name] !== undefined || isStrength(bounds[name]));
  return boundNames().filter(isAxis);
}

function withoutAxes(bounds: Bounds, names: readonly BoundName[]): object {
  const rest = Object.entries(bounds).filter(([name]) => name !== 'eot' && !names.some((axis) => axis === name));
  return { axes: names, rest: rest.sort(([a], [b]) => (a < b ? -1 : 1)) };
}

function familyOf(checks: readonly Check[], given: GivenRanges): Family {
  const [{ bounds: base }] = checks as [Check, ...Check[]];
  const own = checks.map(({ bounds }) => bounds);
  const eots = given.eot ? numbers(given.eot) : around(own.map(({ eot }) => eot));
  const latest = Math.max(...eots);
  const isOwn = (name: BoundName, value: number): boolean => own.some((bounds) => (bounds[name] ?? 0) === value);
  const axes = axisNames(base, given).map((name) => {
    const range = given[name] ?? usualRange(name, Math.max(...own.map((bounds) => bounds[name] ?? 0)), latest);
    return { name, values: numbers(range) };
  });
  const count = (): number => axes.reduce((product, { values }) => product * values.length, eots.length);
  // Of many kinds together: each left out, or as the checks have it.
  for (const axis of [...axes].reverse())
    if (count() > MANY_CELLS && given[axis.name] === undefined && !usualBoundNames().includes(axis.name))
      axis.values = axis.values.filter((value) => value === 0 || isOwn(axis.name, value));
  const cells = count();
  if (cells > MOST_CELLS)
    throw new LdfiError(
      'bad-bounds',
      `these ranges have ${cells} cells, the limit is ${MOST_CELLS}: give smaller ranges, as in --eot 6..8 --eff 0..6`,
    );
  return { checks, base, eots: [...eots].sort((a, b) => distance(a, own) - distance(b, own) || a - b), axes };
}

/** A step more than the checks ask for; of EFF as much as there may be, where that is not much. */
function usualRange(name: BoundName, own: number, latest: number): Range {
  const { most } = boundRanges()[name];
  return [0, name === 'eff' ? Math.max(own, Math.min(latest, WHOLE_EFF)) : Math.min(own + 1, most)];
}

/** Each end of time, the one before and the one after. */
const around = (eots: readonly number[]): number[] => {
  const { least, most } = boundRanges().eot;
  const all = eots.flatMap((eot) => [eot - 1, eot, eot + 1]).filter((eot) => eot >= least && eot <= most);
  return [...new Set(all)];
};

const distance = (eot: number, own: readonly Bounds[]): number =>
  Math.min(...own.map((bounds) => Math.abs(bounds.eot - eot)));

const numbers = ([least, most]: Range): number[] => Array.from({ length: most - least + 1 }, (_, i) => least + i);

/** The values of the axes that mean something with an end of time: those beyond it are the same as the last one. */
export const sliceAxes = ({ axes, base }: Pick<Family, 'axes' | 'base'>, eot: number): Axis[] =>
  axes.map(({ name, values }) => {
    const { excess } = boundRanges()[name];
    const meant = values.filter((value) => excess?.(value, { ...base, eot }) === undefined);
    return { name, values: meant.length > 0 ? meant : values.slice(0, 1) };
  });

/** Where a check is on the axes of a slice, whether there is a cell or not. */
export const placeOf = (bounds: Bounds, axes: readonly Axis[]): number[] =>
  axes.map(({ name }) => {
    const { excess } = boundRanges()[name];
    let value = bounds[name] ?? 0;
    // More than there is room for means the same as all of it.
    while (value > 0 && excess?.(value, bounds) !== undefined) value--;
    return value;
  });
