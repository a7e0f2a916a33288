/**
 * Bounds: what there is to bound, and validation.
 */
import { LdfiError } from '../core/invariant.js';
import { getOrMake } from '../core/memo.js';
import type { Bounds, KindBounds } from './fault.js';
import { type BoundRange, NO_LIMIT, type NodeList } from './kind.js';
import { kinds } from './kinds.js';
import { listNames, type NamedBounds, nameProblems, namesGiven } from './names.js';
import { type FaultList, selectFaults } from './selection.js';

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

const PER_MESSAGE: BoundRange = {
  least: 0,
  most: 8,
  default: 0,
  optional: true,
  value: 'n',
  help: 'so many messages of a slot have fates of their own (default 0: all share one)',
  inWords: (n) => `fates of their own for ${n} ${n === 1 ? 'message' : 'messages'} of a slot`,
};

const MAX_COST: BoundRange = {
  least: 0,
  most: NO_LIMIT,
  default: NO_LIMIT,
  optional: true,
  value: 'n',
  help: 'what the faults of a scenario may cost together, each 1 if --cost does not say otherwise (default: anything)',
  inWords: (most) => `cost at most ${most}`,
};

/** The name of a bound that is an integer. */
export type BoundName = 'eot' | 'maxCost' | 'perMessage' | Exclude<keyof KindBounds, NodeList>;

type BoundRanges = Readonly<Record<BoundName, BoundRange>>;

const known = new WeakMap<object, BoundRanges>();

/** Every bound that is an integer, by name: the end of time, then those of the kinds; those that are optional last. */
export const boundRanges = (): BoundRanges => getOrMake(known, kinds(), rangesNow);

function rangesNow(): BoundRanges {
  const all: [string, BoundRange][] = Object.entries(
    Object.assign({ eot: EOT }, ...kinds().map(({ bounds }) => bounds), { perMessage: PER_MESSAGE, maxCost: MAX_COST }),
  );
  const usual = all.filter(([, { optional }]) => !optional);
  return Object.fromEntries([...usual, ...all.filter((one) => !usual.includes(one))]) as BoundRanges;
}

/** Their names. */
export const boundNames = (): BoundName[] => Object.keys(boundRanges()) as BoundName[];

/** The names of those that every check has. */
export const usualBoundNames = (): BoundName[] => boundNames().filter((name) => !boundRanges()[name].optional);

/** Each of these bounds that is known, made something of. */
export const mapBounds = <T>(make: (name: BoundName, range: BoundRange) => T): Record<BoundName, T> =>
  Object.fromEntries(
    Object.entries(boundRanges()).map(([name, range]) => [name, make(name as BoundName, range)]),
  ) as Record<BoundName, T>;

/** Bounds in short: `6/3/1`, in the order of `usualBoundNames`; what only some checks have by name: `6/3/0 dup 2`. */
export const boundsInShort = (bounds: Omit<Bounds, 'nodes'>, slash = '/'): string => {
  const all = boundValues(bounds);
  const isUsual = ([name]: [BoundName, number]): boolean => !boundRanges()[name].optional;
  const others = all.filter((one) => !isUsual(one)).map(([name, value]) => `${name} ${value}`);
  return [
    all
      .filter(isUsual)
      .map(([, value]) => value)
      .join(slash),
    ...others,
  ].join(' ');
};

/** Bounds as people give them. */
export type GivenBounds = Readonly<Partial<Record<BoundName, number | undefined>>> &
  NamedBounds & {
    /** The kinds of faults, as in `omission,crash,delay:2`. */
    readonly faults?: FaultList | undefined;
    /** What a fault costs, by kind: a positive integer; 1 if it is left out. */
    readonly costs?: Readonly<Record<string, number>> | undefined;
  };

/** The names of all that may be given. */
export const givenNames = (): string[] => [...boundNames(), 'faults', ...listNames(), 'groups', 'costs'];

/**
 * Bounds by what is given first among several, else by default; optional ones that are the default are left out. A list
 * of kinds goes before what later ones say of the bounds of kinds.
 * @throws LdfiError 'bad-bounds' if that is no list of kinds
 */
export const firstGiven = (...given: readonly (GivenBounds | undefined)[]): Omit<Bounds, 'nodes'> => {
  const lists = given.findIndex((one) => one?.faults !== undefined);
  const selection = lists < 0 ? undefined : selectFaults(given[lists]?.faults ?? '');
  const all = selection ? given.toSpliced(lists + 1, 0, selection.fixed).concat(selection.usual) : given;
  const values = mapBounds((name, range) => all.find((one) => one?.[name] !== undefined)?.[name] ?? range.default);
  const kept = Object.entries(boundRanges()).filter(
    ([name, it]) => !it.optional || values[name as BoundName] !== it.default,
  );
  const costs = given.find((one) => one?.costs !== undefined)?.costs;
  return {
    ...(Object.fromEntries(kept.map(([name]) => [name, values[name as BoundName]])) as unknown as Omit<
      Bounds,
      'nodes'
    >),
    ...namesGiven(...given),
    ...(costs && Object.keys(costs).length > 0 && { costs }),
  };
};

/** The bounds that are integers, with their values. */
export function boundValues(bounds: GivenBounds): [BoundName, number][] {
  const values = firstGiven(bounds);
  return boundNames().flatMap((name) => (values[name] === undefined ? [] : [[name, values[name]]]));
}

/** Bounds that ask for more than there can be, each in a sentence. */
export const excessiveBounds = (bounds: Bounds): string[] =>
  Object.values(mapBounds((name, range) => range.excess?.(bounds[name] ?? range.default, bounds))).filter(
    (found) => found !== undefined,
  );

/**
 * Bounds with sorted, distinct nodes.
 * @throws LdfiError 'bad-bounds' that lists every problem
 */
export function makeBounds(bounds: Bounds): Bounds {
  const values = firstGiven(bounds);
  const problems = Object.entries(boundRanges()).flatMap(([name, { least, most }]) => {
    const value = values[name as BoundName] ?? least;
    const fits = Number.isInteger(value) && value >= least && value <= most;
    return fits ? [] : [`${name} must be an integer from ${least} to ${most}, not ${value}`];
  });
  const nodes = [...new Set(bounds.nodes)].sort();
  if (nodes.length === 0) problems.push('there must be at least one node');
  if (nodes.length > BOUND_LIMITS.nodes) problems.push(`at most ${BOUND_LIMITS.nodes} nodes, not ${nodes.length}`);
  problems.push(...nameProblems(values, nodes));
  for (const [kind, cost] of Object.entries(values.costs ?? {}))
    if (!kinds().some((known) => known.kind === kind) || !Number.isInteger(cost) || cost < 1 || cost > 100)
      problems.push(`costs are of kinds of faults, integers from 1 to 100; not ${kind}=${cost}`);
  const all = { ...values, nodes };
  const faults = problems.length > 0 ? 0 : kinds().reduce((sum, kind) => sum + kind.size(all), 0);
  if (faults > BOUND_LIMITS.faults)
    problems.push(
      `${faults} faults are possible, the limit is ${BOUND_LIMITS.faults}: lower eff or use fewer nodes${all.perMessage ? ', or a smaller perMessage (granularity slot has none)' : ''}`,
    );
  if (problems.length > 0) throw new LdfiError('bad-bounds', problems.join('; '));
  return all;
}

/**
 * Bounds that admit all that some bounds admit, and every kind of fault, at every tick. @throws LdfiError 'bad-bounds'
 * if that is too much
 */
export function underAllKinds(bounds: Bounds): Bounds {
  const all: Record<string, number> = { eff: bounds.eot };
  for (const { chosen } of kinds()) Object.assign(all, chosen.in());
  const { nodes, perMessage } = bounds;
  const given = bounds as Bounds & Record<string, unknown>;
  const most = Object.entries(all).map(([name, value]) => [name, Math.max(value, Number(given[name] ?? 0))]);
  return makeBounds({
    eot: bounds.eot,
    nodes,
    ...(perMessage && { perMessage }),
    ...Object.fromEntries(most),
  } as Bounds);
}
